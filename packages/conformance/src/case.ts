import type { Expectation } from './expectation.js';
import type { IssuerBehaviour, IssuerName } from './issuer/issuer-name.js';
import type { ProfileName } from './profiles/profiles.js';
import type { RequestSpec } from './request-spec.js';

/** One exchange: what is sent, and what must come back. */
export interface Step {
  /** Seconds by which the server's clock moves on before the request. */
  readonly advanceSeconds?: number;
  /** How issuers behave from here on. */
  readonly issuers?: Readonly<Partial<Record<IssuerName, IssuerBehaviour>>>;
  readonly request: RequestSpec;
  readonly expect: Expectation;
}

/** A rule that every adapter must show, as plain data: it survives a round trip through JSON. */
export interface ConformanceCase extends Step {
  /** Stable and unique. */
  readonly id: string;
  /** The behaviour a user would lose. */
  readonly title: string;
  /** Identifiers in `data/requirements.json`. */
  readonly requirements: readonly string[];
  /** The configuration of the server. */
  readonly profile: ProfileName;
  /** Exchanges that come before, over the same connection. */
  readonly before?: readonly Step[];
}
