import type { AnswerStore } from '../stores/answer-store.js';
import type { RevocationStore } from '../stores/revocation-store.js';
import { type Described, object } from './check-options.js';
import { kind, number } from './kinds.js';
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
  /** Milliseconds that a command may take. 1 to 1000. Default: 50. */
  readonly timeoutMs?: number | undefined;
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
  revocations: store<RevocationStore>('add', 'read'),
  timeoutMs: number({ unit: 'milliseconds', min: 1, max: 1000, default: 50 }),
} satisfies Described<StoreOptions>;

export const storeOptions = object<StoreOptions>(storeMembers);
