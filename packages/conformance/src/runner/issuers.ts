import type { IssuerName } from '../issuer/issuer-name.js';
import type { TestIssuer } from '../issuer/test-issuer.js';

export type Issuers = Readonly<Record<IssuerName, TestIssuer>>;

/** Identifiers of the issuers by name, for placeholders. */
export function toPlaceholders(issuers: Issuers): Readonly<Record<IssuerName, string>> {
  return {
    primary: issuers.primary.identifier,
    secondary: issuers.secondary.identifier,
    foreign: issuers.foreign.identifier,
  };
}
