export { hosts } from './hosts/hosts.js';
export { makeKeyPair, mintToken, type PemKeyPair, type TokenClaims } from './key-pair.js';
export { resourceAt, type LocalConfig } from './trust-anchor.js';
