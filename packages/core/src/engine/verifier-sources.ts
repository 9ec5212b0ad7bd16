import type { AuthorizationServer } from '../authorization-server/authorization-server.js';
import { resolveKeySetSettings } from '../config/jwt-verify-options.js';
import { MCPAuthError } from '../errors/mcp-auth-error.js';
import type { EventSink } from '../events/event-sink.js';
import { StartCheck } from './start-check.js';
import type { VerifierSource } from './verifier-factory.js';

/** What all verifiers of one configuration depend on: metadata, keys, credentials for introspection. */
export class VerifierSources {
  readonly #sources: VerifierSource[] = [];
  readonly #events: EventSink;
  readonly #startCheck: StartCheck;

  /** @param checkAtStart - as configured */
  constructor(events: EventSink, checkAtStart: boolean | undefined) {
    this.#events = events;
    this.#startCheck = new StartCheck(() => this.#check(), checkAtStart);
  }

  /** Of a verifier that was made. They are tried once, soon. */
  add(sources: readonly VerifierSource[]): void {
    this.#sources.push(...sources);
    this.#startCheck.schedule();
  }

  /**
   * Resolves when all of it is there. Before there was any verifier, that of all these servers.
   *
   * @throws {MCPAuthAuthServerError} the first failure
   */
  async ready(servers: readonly AuthorizationServer[]): Promise<void> {
    const settings = resolveKeySetSettings();
    const sources =
      this.#sources.length > 0
        ? this.#sources
        : servers
            .filter((server) => server.canHaveKeys)
            .map((server) => server.keys(settings, server.isIntrospected));
    await Promise.all(sources.map((source) => source.ready()));
  }

  /** Does not wait any longer to try them. */
  beginCheck(): void {
    this.#startCheck.begin();
  }

  close(): void {
    this.#startCheck.end();
  }

  /** Most errors tell themselves as they happen. */
  async #check(): Promise<void> {
    const events = this.#events;
    const outcomes = await Promise.allSettled(this.#sources.map((source) => source.ready()));
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      const error: unknown = outcome.reason;
      if (!(error instanceof MCPAuthError) || events.hasTold(error)) continue;
      events.warn(`${error.code}: ${error.message} → ${error.link}`);
    }
  }
}
