import { isSupportedAlgorithm, type SigningAlgorithm, supportedAlgorithms } from '../token/algorithms.js';
import { isSecureUrl } from '../net/secure-url.js';
import { normalizeHtu } from '../sender/htu.js';
import type { ClaimStore } from '../stores/claim-store.js';
import { object } from './check-options.js';
import { kind, number, oneOf } from './kinds.js';
import { secretList } from './secrets.js';

/**
 * Whether tokens must be bound to a key of their sender (RFC 9449). `bearer`: bound ones are denied. `dpop-optional`: bound ones need a
 * proof, others are bearer tokens. `dpop-required`: bearer tokens are denied.
 */
export type ProofMode = 'bearer' | 'dpop-optional' | 'dpop-required';

/** How a resource takes tokens that are bound to a key (DPoP, RFC 9449). Its metadata says so. */
export interface DpopOptions {
  /** Whether bearer tokens are taken too. A route may differ: `bearerAuth({ dpop })`. Default: none, it must be given. */
  readonly mode: Exclude<ProofMode, 'bearer'>;
  /**
   * The URL at which clients reach the endpoint, where a proxy changes its path: proofs must be for it. Default: the origin of the
   * resource identifier with the path of the request. Query and fragment never count; the `Host` header is never looked at.
   */
  readonly publicUrl?: string | undefined;
  /** Algorithms that proofs may be signed with, a subset of the asymmetric ones this library supports. Default: all of these. */
  readonly algorithms?: readonly SigningAlgorithm[] | undefined;
  /**
   * Seconds that the `iat` of a proof may be away from the clock of this server, before and behind. Default: 300. A longer time lets a
   * proof that was made in advance be used for longer. Where nonces are on, a fresh one counts instead.
   */
  readonly maxProofAgeSeconds?: number | undefined;
}

/** What was used once, in the memory of this process. */
export interface LocalProofOptions {
  /**
   * Secrets of at least 32 bytes for the nonces that proofs must hold (RFC 9449 §9): the first one makes, all verify. Give all replicas the
   * same. Default: none, and no nonce is demanded.
   */
  readonly nonceSecrets?: readonly (string | Uint8Array)[] | undefined;
  readonly store?: never;
  /** Most proofs of one key that are remembered at a time; one more is answered with 429. Default: 1000. Not with a `store` of your own. */
  readonly maxPerKey?: number | undefined;
  /** Most proofs of all keys that are remembered at a time; beyond it the answer is 503. Default: 1000000. Not with a `store` of your own. */
  readonly maxEntries?: number | undefined;
}

/** What was used once, in a store that several processes share. */
export interface SharedProofOptions {
  readonly nonceSecrets: readonly (string | Uint8Array)[];
  /**
   * Keeps which proofs were used, for all processes that share it. Default: the memory of this process. Needs `nonceSecrets`. Where it
   * fails or is late, no proof passes: 503.
   */
  readonly store: ClaimStore;
  readonly maxPerKey?: never;
  readonly maxEntries?: never;
}

/** What all routes that take proofs share. */
export type ProofOptions = LocalProofOptions | SharedProofOptions;

export const proofModes: readonly ProofMode[] = ['bearer', 'dpop-optional', 'dpop-required'];

/** More keeps proofs alive that were made in advance, and all of them in memory. */
const maxProofAge = 600;

export const dpopOptions = object<DpopOptions>(
  {
    mode: { ...oneOf<DpopOptions['mode']>(['dpop-optional', 'dpop-required']), required: true },
    publicUrl: kind<string>(
      'the absolute https URL at which clients reach the endpoint, without query, fragment and user name',
      (value) =>
        typeof value === 'string' &&
        !/[?#]/.test(value) &&
        normalizeHtu(value) !== undefined &&
        isSecureUrl(value, true),
      { shown: true },
    ),
    algorithms: kind<readonly SigningAlgorithm[]>(
      `a list of at least one of ${supportedAlgorithms.join(', ')}, and nothing else`,
      (value) => Array.isArray(value) && value.length > 0 && value.every(isSupportedAlgorithm),
    ),
    maxProofAgeSeconds: number({ unit: 'seconds', min: 1, max: maxProofAge, default: 300 }),
  },
  {
    renamed: { maxAgeSeconds: 'maxProofAgeSeconds', algs: 'algorithms', url: 'publicUrl' },
    elsewhere: {
      nonceSecret: 'Write proofs: { nonceSecrets: [secret] } next to the resources.',
      nonceSecrets: 'Write proofs: { nonceSecrets } next to the resources.',
      store: 'Write proofs: { store, nonceSecrets } next to the resources.',
    },
  },
);

export const proofMembers = {
  nonceSecrets: secretList,
  store: kind<ClaimStore>(
    'a store with the method claim',
    (value) => typeof (value as Partial<ClaimStore> | null)?.claim === 'function',
  ),
  maxPerKey: number({ min: 1, max: 65_535, whole: true, default: 1000 }),
  maxEntries: number({ min: 1, max: 10_000_000, whole: true, default: 1_000_000 }),
};

export const proofOptions = object<ProofOptions>(proofMembers, {
  renamed: { nonceSecret: 'nonceSecrets', secrets: 'nonceSecrets' },
});

/** What a resource takes, with its defaults. */
export interface ResolvedDpop {
  readonly mode: DpopOptions['mode'];
  readonly publicUrl: string | undefined;
  readonly algorithms: readonly string[];
  readonly maxAgeSeconds: number;
}

/** What checked options stand for. */
export function resolveDpop(options: DpopOptions): ResolvedDpop {
  const { mode, publicUrl, algorithms = supportedAlgorithms, maxProofAgeSeconds = 300 } = options;
  return { mode, publicUrl, algorithms: [...new Set(algorithms)], maxAgeSeconds: maxProofAgeSeconds };
}
