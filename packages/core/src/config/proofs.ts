import { isSupportedAlgorithm, type SigningAlgorithm, supportedAlgorithms } from '../token/algorithms.js';
import { isSecureUrl } from '../net/secure-url.js';
import { normalizeHtu } from '../sender/htu.js';
import { type Described, object } from './check-options.js';
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

/** What all routes that take proofs share. */
export interface ProofOptions {
  /**
   * Secrets of at least 32 bytes for the nonces that proofs must hold (RFC 9449 §9): the first one makes, all verify. Give all replicas the
   * same. Default: `stores.secrets` where there are `stores.claims`; otherwise none, and no nonce is demanded.
   */
  readonly nonceSecrets?: readonly (string | Uint8Array)[] | undefined;
  /**
   * Most proofs of one key that this process remembers at a time; one more is answered with 429. Default: 1000. Not where a store that is
   * down refuses proofs: `stores: { claims }` without `whenClaimsUnavailable: 'local'`.
   */
  readonly maxPerKey?: number | undefined;
  /** Most proofs of all keys that this process remembers at a time; beyond it the answer is 503. Default: 1000000. Where `maxPerKey` may be. */
  readonly maxEntries?: number | undefined;
}

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
      store: 'Write stores: { claims } next to the resources.',
    },
  },
);

export const proofMembers = {
  nonceSecrets: secretList,
  maxPerKey: number({ min: 1, max: 65_535, whole: true, default: 1000 }),
  maxEntries: number({ min: 1, max: 10_000_000, whole: true, default: 1_000_000 }),
} satisfies Described<ProofOptions>;

export const proofOptions = object<ProofOptions>(proofMembers, {
  renamed: { nonceSecret: 'nonceSecrets', secrets: 'nonceSecrets' },
  elsewhere: { store: 'Write stores: { claims }.' },
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
