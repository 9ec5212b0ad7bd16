import type { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import type { DependencyPurpose } from '../events/dependency-event.js';
import { toFault } from '../events/server-events.js';
import type { ServerEnvironment } from '../net/environment.js';

/** Tells the owner that something of an authorization server fails, each time, and when it began and ended. */
export class OutageReport {
  readonly #issuer: string;
  readonly #purpose: DependencyPurpose;
  readonly #environment: ServerEnvironment;
  #since: number | undefined;

  constructor(issuer: string, purpose: DependencyPurpose, environment: ServerEnvironment) {
    this.#issuer = issuer;
    this.#purpose = purpose;
    this.#environment = environment;
  }

  failed(error: MCPAuthAuthServerError): void {
    const { events, now } = this.#environment;
    events.emit(toFault(this.#issuer, this.#purpose, error));
    if (this.#since !== undefined) return;
    this.#since = now();
    events.emit({ ...this.#common, phase: 'begin' });
  }

  succeeded(): void {
    if (this.#since === undefined) return;
    const { events, now } = this.#environment;
    // A clock that was set back says nothing about how long it was
    const durationMs = Math.max(0, now() - this.#since);
    this.#since = undefined;
    events.emit({ ...this.#common, phase: 'end', durationMs });
  }

  get #common() {
    return { type: 'outage', issuer: this.#issuer, purpose: this.#purpose } as const;
  }
}
