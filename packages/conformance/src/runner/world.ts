import type { IssuerName } from '../issuer/issuer-name.js';
import type { PublishedKey } from '../issuer/keys.js';
import type { Placeholders } from '../issuer/placeholders.js';

/** What a configuration says of an issuer. */
export interface IssuerFacts {
  readonly identifier: string;
  readonly type: 'oauth' | 'oidc';
  /** Keys that a configuration may hold. */
  readonly soundKeys: readonly PublishedKey[];
}

/** What is around a server under test, as data. */
export interface World {
  readonly issuers: Readonly<Record<IssuerName, IssuerFacts>>;
  readonly placeholders: Placeholders;
}
