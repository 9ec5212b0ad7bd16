import type { IssuerName } from '../issuer/issuer-name.js';
import { getSenderKey } from '../proof/sender-keys.js';
import type { TestIssuer } from '../issuer/test-issuer.js';

export type Issuers = Readonly<Record<IssuerName, TestIssuer>>;

/** Identifiers of the issuers by name, and thumbprints of the keys of clients, for placeholders. */
export function toPlaceholders(
  issuers: Issuers,
): Readonly<Record<IssuerName | 'holder' | 'thief' | 'edwards' | 'rsa' | 'large', string>> {
  return {
    primary: issuers.primary.identifier,
    secondary: issuers.secondary.identifier,
    foreign: issuers.foreign.identifier,
    holder: getSenderKey('holder').thumbprint,
    thief: getSenderKey('thief').thumbprint,
    edwards: getSenderKey('ed25519').thumbprint,
    rsa: getSenderKey('rsa').thumbprint,
    large: getSenderKey('p384').thumbprint,
  };
}
