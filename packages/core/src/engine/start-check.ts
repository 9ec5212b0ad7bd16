import { ignoreRejection } from '../errors/promises.js';
import { environment } from '../events/process-environment.js';
import { mayShareCalls } from '../net/fetch-json.js';

/** After the first route, so that the routes that follow it in the same program are there. */
const delayMs = 1000;

/** Tries once, while nobody waits, what tokens are verified with: an error is told before the first user meets it. */
export class StartCheck {
  readonly #run: () => Promise<void>;
  #isDue: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param option - `checkAtStart`, as configured */
  constructor(run: () => Promise<void>, option: boolean | undefined) {
    this.#run = run;
    this.#isDue = isWanted(option);
  }

  /** There is a route. */
  schedule(): void {
    if (!this.#isDue || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.begin(), delayMs);
    (this.#timer as { unref?: () => void }).unref?.();
  }

  /** There is a request: where processes sleep between requests, no timer comes first. */
  begin(): void {
    if (!this.#isDue) return;
    this.end();
    ignoreRejection(this.#run());
  }

  end(): void {
    this.#isDue = false;
    clearTimeout(this.#timer);
  }
}

/** On Workers nothing runs outside of a request. */
function isWanted(option: boolean | undefined): boolean {
  return mayShareCalls() && (option ?? !(isTest() || isBuild()));
}

function isTest(): boolean {
  return environment('NODE_ENV') === 'test' || environment('NODE_TEST_CONTEXT') !== undefined;
}

/** Frameworks load the program to build it. */
function isBuild(): boolean {
  return (
    environment('NEXT_PHASE') === 'phase-production-build' || environment('npm_lifecycle_event') === 'build'
  );
}
