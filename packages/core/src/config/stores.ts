import type { AnswerStore } from '../stores/answer-store.js';
import type { ClaimStore } from '../stores/claim-store.js';
import type { RevocationStore } from '../stores/revocation-store.js';
import type { WhenUnavailable } from '../stores/store-guard.js';
import { type Described, object } from './check-options.js';
import { kind, number, oneOf } from './kinds.js';
import { secretList } from './secrets.js';

/**
 * What processes share. Keys and metadata are never among it: each process fetches its own, so that whoever writes to a store makes no
 * token pass.
 *
 * @see RFC 7662 §4
 * @see RFC 9449 §11.1
 * @example
 * ```ts
 * import type { AnswerStore, StoreOptions } from '@mcp-auth/core';
 *
 * export const share = (answers: AnswerStore, secret: string): StoreOptions => ({ secrets: [secret], answers });
 * ```
 */
export interface StoreOptions {
  /**
   * Secrets of 32 bytes or more, the same in all processes: the first one seals, all open. They are what keeps those who can write to a
   * store from making tokens pass or revoking them. To change one, first add the new one at the end everywhere, then move it to the front.
   */
  readonly secrets: readonly (string | Uint8Array)[];
  /** Answers of introspection, of each authorization server with `keepAnswers`. Default: each process keeps its own. */
  readonly answers?: AnswerStore | undefined;
  /** Proofs that were used. Default: each process remembers its own. */
  readonly claims?: ClaimStore | undefined;
  /** Revocations: `revoke` reaches all processes within a second. Default: it reaches this one. */
  readonly revocations?: RevocationStore | undefined;
  /** Milliseconds that a command may take. 1 to 1000. Default: 50. */
  readonly timeoutMs?: number | undefined;
  /**
   * What stands while `claims` does not answer. `'refuse'`: requests with a proof are answered with 503. `'local'`: each process refuses
   * what it has seen itself, so a proof that was stolen may pass once in each. Default: `'refuse'`.
   *
   * `answers` and `revocations` have no choice: without them each process asks the authorization server, and knows its own revocations.
   */
  readonly claimsUnavailable?: WhenUnavailable | undefined;
}

/** An object with these methods. */
function store<T extends object>(...methods: readonly (keyof T & string)[]) {
  return kind<T>(`a store with the methods ${methods.join(', ')}`, (value) =>
    methods.every((name) => typeof (value as Partial<T> | null)?.[name] === 'function'),
  );
}

export const storeMembers = {
  secrets: { ...secretList, required: true },
  answers: store<AnswerStore>('get', 'set', 'delete'),
  claims: store<ClaimStore>('claim'),
  revocations: store<RevocationStore>('add', 'read'),
  timeoutMs: number({ unit: 'milliseconds', min: 1, max: 1000, default: 50 }),
  claimsUnavailable: { ...oneOf<WhenUnavailable>(['refuse', 'local']), default: 'refuse' },
} satisfies Described<StoreOptions>;

export const storeOptions = object<StoreOptions>(storeMembers);
