import type { AnswerStore } from '../stores/answer-store.js';
import type { ClaimStore } from '../stores/claim-store.js';
import type { RevocationStore } from '../stores/revocation-store.js';
import { type Described, object } from './check-options.js';
import { kind, number, oneOf } from './kinds.js';
import { secretList } from './secrets.js';

/**
 * What processes share. Keys and metadata are never among it: each process fetches its own, so that whoever writes to a store makes no
 * token pass.
 *
 * @see RFC 7662 §4
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
  /**
   * Answers of introspection, of each authorization server with `keepAnswers`. Default: each process keeps its own, as it does while the
   * store does not answer.
   */
  readonly answers?: AnswerStore | undefined;
  /**
   * Revocations: `revoke` reaches all processes within a second. Default: it reaches this one, as it does while the store does not answer;
   * then the others hear of it afterwards.
   */
  readonly revocations?: RevocationStore | undefined;
  /**
   * Which DPoP proofs were used: each passes once in all processes together. Nonces are demanded then, with `proofs.nonceSecrets` or else
   * with these `secrets`. Default: the memory of each process, so that a proof passes once in each.
   */
  readonly claims?: ClaimStore | undefined;
  /**
   * What becomes of proofs while the store of `claims` does not answer. `refuse`: none passes, the answer is 503. `local`: the memory of
   * each process decides, so a proof that was stolen passes once more in each of the others. Default: `refuse`.
   */
  readonly whenClaimsUnavailable?: 'refuse' | 'local' | undefined;
  /** Milliseconds that a command may take. 1 to 1000. Default: 50. */
  readonly timeoutMs?: number | undefined;
}

/** An object with these methods. */
function store<T extends object>(...methods: readonly (keyof T & string)[]) {
  return kind<T>(`a store with the method${methods.length > 1 ? 's' : ''} ${methods.join(', ')}`, (value) =>
    methods.every((name) => typeof (value as Partial<T> | null)?.[name] === 'function'),
  );
}

export const storeMembers = {
  secrets: { ...secretList, required: true },
  answers: store<AnswerStore>('get', 'set', 'delete'),
  revocations: store<RevocationStore>('add', 'read'),
  claims: store<ClaimStore>('claim'),
  whenClaimsUnavailable: { ...oneOf<'refuse' | 'local'>(['refuse', 'local']), default: 'refuse' },
  timeoutMs: number({ unit: 'milliseconds', min: 1, max: 1000, default: 50 }),
} satisfies Described<StoreOptions>;

export const storeOptions = object<StoreOptions>(storeMembers);
