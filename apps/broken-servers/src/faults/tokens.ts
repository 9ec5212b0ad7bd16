import type { Fault } from '../faults.js';
import { sound } from '../sound.js';

/** What goes wrong in how a server verifies tokens. */
export const tokenFaults: Readonly<Record<string, Fault>> = {
  'audience-not-compared': {
    says: 'takes tokens that were issued for other servers',
    caughtBy: 'audience-other',
    change: { hasRightAudience: () => true },
  },
  'audience-may-be-absent': {
    says: 'takes tokens that were issued for nobody',
    caughtBy: 'audience-missing',
    change: {
      hasRightAudience: (audience, setup) =>
        audience === undefined || sound.hasRightAudience(audience, setup),
    },
  },
  'audience-begins-alike': {
    says: 'compares the beginning of the audience',
    caughtBy: 'audience-below',
    change: {
      hasRightAudience: (audience, setup) =>
        sound.hasRightAudience(audience, setup) ||
        (typeof audience === 'string' && audience.startsWith(setup.resource)),
    },
  },
  'issuer-not-compared': {
    says: 'takes tokens in the name of any issuer, as long as the signature is good',
    caughtBy: 'issuer-foreign-name',
    change: { trustsIssuer: () => true, keysAt: (_issuer, setup) => `${setup.issuer}/keys` },
  },
  'issuer-of-the-token': {
    says: 'fetches the keys of whatever issuer a token names',
    caughtBy: 'issuer-foreign',
    change: { trustsIssuer: () => true },
  },
  'issuer-slash': {
    says: 'forgives a slash at the end of the issuer',
    caughtBy: 'issuer-slash',
    change: {
      trustsIssuer: (issuer, setup) =>
        typeof issuer === 'string' && issuer.replace(/\/$/, '') === setup.issuer,
      keysAt: (_issuer, setup) => `${setup.issuer}/keys`,
    },
  },
  'expiry-ignored': {
    says: 'takes tokens that have expired',
    caughtBy: 'time-expired',
    change: {
      isCurrent: ({ nbf, iat }, now) => [nbf, iat].every((each) => each === undefined || each <= now + 60),
    },
  },
  'start-ignored': {
    says: 'takes tokens whose time has not come',
    caughtBy: 'time-not-yet',
    change: { isCurrent: ({ exp }, now) => exp !== undefined && exp > now },
  },
  'decodes-alone': {
    says: 'decodes tokens and verifies no signature',
    caughtBy: 'forged-unknown-key',
    change: { checksSignature: () => false },
  },
  'alg-none': {
    says: 'believes a token that says it has no signature',
    caughtBy: 'forged-unsigned',
    change: { checksSignature: ({ alg }) => alg !== 'none' },
  },
  'key-of-the-token': {
    says: 'verifies a token with the key that it brings',
    caughtBy: 'forged-key-in-header',
    change: { keyFromHeader: ({ jwk }) => jwk },
  },
  'guessable-secret': {
    says: 'verifies HS256 with a secret that everybody can guess',
    caughtBy: 'forged-hmac',
    change: {
      algorithms: [...sound.algorithms, 'HS256'],
      keyFromHeader: ({ alg }) =>
        alg === 'HS256' ? { kty: 'oct', k: Buffer.from('secret').toString('base64url') } : undefined,
    },
  },
  'id-token-accepted': {
    says: 'takes ID tokens and logout tokens for access tokens',
    caughtBy: 'kind-id-token-nonce',
    change: { isAccessToken: () => true },
  },
  'binding-ignored': {
    says: 'takes a token that is bound to a key from whoever has it',
    caughtBy: 'bound-dpop',
    change: { isBound: () => false },
  },
  'fails-at-garbage': {
    says: 'fails at what is no token',
    caughtBy: 'hostile-not-utf8',
    change: { onUnreadable: () => 500 },
  },
  '401-for-outage': {
    says: 'calls tokens invalid while it cannot fetch keys',
    caughtBy: 'outage-unknown-key',
    change: { outageStatus: 401 },
  },
  'keys-never-fetched-again': {
    says: 'fetches the keys once in its life',
    caughtBy: 'rotation',
    slow: true,
    change: { refetchesKeys: false },
  },
  'introspection-outage': {
    says: 'calls tokens invalid while the introspection endpoint is down',
    caughtBy: 'introspection-outage-fails',
    change: { introspectionOutage: 401 },
  },
  'active-like-true': {
    says: 'takes whatever looks like true for an active token',
    caughtBy: 'introspection-answer-active-text',
    change: { isActive: ({ active }) => Boolean(active) },
  },
};
