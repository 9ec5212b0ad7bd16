import { Connection, type RawRequest, type RawResponse } from '../http/send-request.js';
import { Emissions } from '../secrets/emissions.js';
import { describeLeak } from '../secrets/secret-search.js';
import type { ConformanceSubject, RunningSubject } from '../subject.js';
import type { ControlCase } from './control-group.js';
import { resource } from './facts.js';
import { policyCall } from './engine-policy.js';
import type { ExpectedRefusal, HostileCase, HostileRequest } from './hostile-case.js';
import { HostileWorld } from './hostile-world.js';
import { judgeAdmission, judgeRefusal, type Outcome } from './judge.js';
import type { Mint } from './mint.js';
import { createStorm, judgeStorm } from './storm.js';

/** Fetches of one issuer while the clock stands still: metadata once, keys once and once more for signatures that no known key made. */
const budgets: readonly (readonly [target: RegExp, fetches: number])[] = [
  [/^\/\.well-known\//, 1],
  [/\/keys$/, 2],
];

/** Connections that Node's listening queue of 511 takes at the same time. */
const maxConnections = 500;

/** What a trial is about. */
export interface HostileTrialOptions {
  /** Whether a policy decides behind the gate. Default: false, scopes alone do. */
  readonly withPolicy?: boolean;
}

/**
 * One server under test, and everything hostile that is done to it.
 *
 * @see RFC 8725 §3
 * @example
 * ```ts
 * import { controlCases, hostileCases, HostileTrial, type ConformanceSubject } from '@mcp-auth/conformance';
 *
 * export async function attack(subject: ConformanceSubject) {
 *   const trial = await HostileTrial.begin(subject);
 *   try {
 *     for (const attempt of hostileCases) console.log(attempt.id, await trial.attempt(attempt));
 *     for (const control of controlCases) console.log(control.id, await trial.admit(control));
 *     console.log(await trial.storm(1000), trial.findOverspending(), trial.findLeaks());
 *   } finally {
 *     await trial.end();
 *   }
 * }
 * ```
 */
export class HostileTrial {
  readonly #world: HostileWorld;
  readonly #subject: RunningSubject;
  readonly #emissions: Emissions;

  private constructor(world: HostileWorld, subject: RunningSubject, emissions: Emissions) {
    this.#world = world;
    this.#emissions = emissions;
    this.#subject = subject;
  }

  /**
   * Generates keys, starts the authorization servers and the server under test.
   *
   * @param options - `withPolicy`: an engine that answers later, and lets everybody do everything, decides behind the gate
   */
  static async begin(
    subject: ConformanceSubject,
    { withPolicy = false }: HostileTrialOptions = {},
  ): Promise<HostileTrial> {
    const { emissions = new Emissions() } = subject;
    const world = await HostileWorld.open(emissions, withPolicy);
    const trial = new HostileTrial(world, await subject.start(world.setup), emissions);
    // Keys that are left out of a set are told when it comes, which must not count as caused by the first attack
    await trial.#exchange({ authorization: [`Bearer ${trial.mint.token()}`] });
    return trial;
  }

  async end(): Promise<void> {
    await this.#subject.close();
    await this.#world.close();
  }

  get mint(): Mint {
    return this.#world.mint;
  }

  /** Attacks once, and says what was wrong with the answer. No string holds a token. */
  async attempt({ recipe, expected }: HostileCase): Promise<readonly string[]> {
    const request = recipe(this.mint);
    const failures = judgeRefusal(request, expected, await this.#exchange(request));
    return [...failures, ...this.#findUnverified(expected)];
  }

  /** Sends a request of the control group, and says why it did not pass. */
  async admit({ recipe }: ControlCase): Promise<readonly string[]> {
    const request = recipe(this.mint);
    return judgeAdmission(request, await this.#exchange(request));
  }

  /** Fetches beyond the budget, over all that was done so far. */
  findOverspending(): readonly string[] {
    const { visits, attackerVisits } = this.#world;
    const beyond = Object.entries(visits)
      .filter(([target, count]) => count > (budgets.find(([pattern]) => pattern.test(target))?.[1] ?? 0))
      .map(([target, count]) => `${count} requests for ${target}`);
    return [
      ...beyond,
      ...Object.keys(attackerVisits).map((target) => `a request to the attacker: ${target}`),
    ];
  }

  /** Places in events and lines of the log that hold a part of a token, over all that was done so far. */
  findLeaks(): readonly string[] {
    return this.#emissions.findLeaks().map(describeLeak);
  }

  /** Sends many requests of many users at the same time, and says which of them ended in a wrong way. */
  async storm(requests: number): Promise<readonly string[]> {
    const storm = createStorm(this.mint, requests);
    const connections = Array.from(
      { length: Math.min(maxConnections, requests) },
      () => new Connection(this.#subject.origin),
    );
    this.#world.events.length = 0;
    try {
      const responses = await Promise.all(
        storm.map(({ request }, index) =>
          this.#send(connections[index % connections.length] as Connection, request),
        ),
      );
      return judgeStorm(storm, responses);
    } finally {
      for (const connection of connections) connection.close();
    }
  }

  /** A policy hears of verified callers alone. */
  #findUnverified({ event }: ExpectedRefusal): readonly string[] {
    const asked = this.#world.policy?.asked.filter((caller) => caller !== undefined) ?? [];
    return event !== 'insufficient_scope' && asked.length > 0
      ? ['the policy was asked about a caller whom nobody has verified']
      : [];
  }

  async #exchange(request: HostileRequest): Promise<Outcome> {
    const { events, callers } = this.#world;
    events.length = 0;
    callers.length = 0;
    if (this.#world.policy !== undefined) this.#world.policy.asked.length = 0;
    // A server that refuses the size of a head (RFC 6585 §5) drops the connection as well
    const connection = new Connection(this.#subject.origin);
    const response = await this.#send(connection, request).finally(() => connection.close());
    return { response, events: [...events], handled: callers.length };
  }

  #send(connection: Connection, request: HostileRequest): Promise<RawResponse> {
    const raw = toRaw(request, this.#world.policy === undefined ? '{}' : policyCall);
    this.#emissions.send(raw);
    return connection.send(raw);
  }
}

function toRaw(
  { path = '/mcp', query = '', authorization, headers = [], body }: HostileRequest,
  usual: string,
): RawRequest {
  return {
    method: 'POST',
    target: path + query,
    headers: [
      ['Host', new URL(resource).host],
      ...authorization.map((value) => ['Authorization', value] as const),
      ...headers,
      ['Content-Type', body?.type ?? 'application/json'],
    ],
    body: body?.text ?? usual,
  };
}
