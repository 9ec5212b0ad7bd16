import type { AnswerStore, ClaimStore, RevocationStore, StoreOptions } from '@mcp-auth/core';
import { RedisAnswers } from './answers.js';
import { RedisClaims } from './claims.js';
import { readClient, type RedisClient } from './client.js';
import { Commands } from './commands.js';
import { RedisRevocations } from './revocations.js';

/** What stores in Redis are made of. */
export interface RedisStoreOptions {
  /** A client of `redis` or `ioredis`, single or cluster. Yours: it is neither connected nor closed here. */
  readonly client: RedisClient;
  /**
   * Secrets of 32 bytes or more, the same in all processes: the first one seals, all open. They are what keeps those who can write to
   * Redis from making tokens pass or revoking them. To change one, first add the new one at the end everywhere, then move it to the front.
   */
  readonly secrets: readonly (string | Uint8Array)[];
  /** What the names of all keys begin with. Processes with the same one are one server. Default: `mcp-auth`. */
  readonly prefix?: string | undefined;
  /** Milliseconds that a command may take. 1 to 1000. Default: 50. */
  readonly commandTimeoutMs?: number | undefined;
  /** Proofs of one key that are remembered at a time; beyond it this key alone has to wait. Default: 1000. */
  readonly maxClaimsPerHolder?: number | undefined;
  /**
   * What becomes of proofs while Redis does not answer. `refuse`: none passes, the answer is 503. `local`: the memory of each process
   * decides, so a proof that was stolen passes once more in each of the others. Default: `refuse`.
   */
  readonly whenClaimsUnavailable?: StoreOptions['whenClaimsUnavailable'];
}

/** Stores in Redis: the option `stores` of `MCPAuth`. */
export interface RedisStores extends StoreOptions {
  readonly answers: AnswerStore;
  readonly revocations: RevocationStore;
  /** What was used once: one that no command answers for was not claimed for certain, and rejects. */
  readonly claims: ClaimStore;
  /** Sends nothing more. Call it after `mcpAuth.close()`, then close the client. */
  close(): void;
}

const optionNames: ReadonlySet<string> = new Set([
  'client',
  'secrets',
  'prefix',
  'commandTimeoutMs',
  'maxClaimsPerHolder',
  'whenClaimsUnavailable',
] satisfies readonly (keyof RedisStoreOptions)[]);

/**
 * Stores that processes share, in Redis 7 or Valkey: what the option `stores` takes.
 *
 * Checks: its options; what `stores` checks, it checks there. Each command has its own time limit, no matter how the client is set.
 * Does not check: that Redis can be reached, who else may write there, or that it keeps what it was given until it ends
 * (`maxmemory-policy` must be `noeviction`).
 *
 * @throws {TypeError} for an unknown option, or one that is none
 * @see {@link https://redis.io/docs/latest/operate/oss_and_stack/management/security/ | Redis security}
 * @example
 * ```ts
 * import { MCPAuth } from '@mcp-auth/express';
 * import { createRedisStores, type RedisClient } from '@mcp-auth/redis';
 *
 * export const protect = (client: RedisClient, secret: string) =>
 *   new MCPAuth({
 *     resource: 'https://api.example.com/mcp',
 *     authorizationServers: ['https://auth.example.com'],
 *     stores: createRedisStores({ client, secrets: [secret] }),
 *   });
 * ```
 */
export function createRedisStores(options: RedisStoreOptions): RedisStores {
  for (const name of Object.keys(Object(options) as object)) {
    if (!optionNames.has(name)) {
      throw new TypeError(
        `createRedisStores: ${JSON.stringify(name)} is unknown. The options are ${[...optionNames].join(', ')}.`,
      );
    }
  }
  return new Stores(options);
}

/** Its own members are what the option `stores` takes, all but the secrets, which a log of the stores must not show. */
class Stores implements RedisStores {
  readonly answers: AnswerStore;
  readonly revocations: RevocationStore;
  readonly claims: ClaimStore;
  readonly whenClaimsUnavailable: StoreOptions['whenClaimsUnavailable'];
  readonly timeoutMs: number;
  readonly #secrets: StoreOptions['secrets'];
  readonly #commands: Commands;

  constructor({
    client,
    secrets,
    prefix = 'mcp-auth',
    commandTimeoutMs = 50,
    maxClaimsPerHolder = 1000,
    whenClaimsUnavailable,
  }: RedisStoreOptions) {
    if (typeof prefix !== 'string' || !/^[\w:.-]{1,100}$/.test(prefix)) {
      throw new TypeError(
        'createRedisStores: prefix must be 1 to 100 letters, digits and characters of _ - . :',
      );
    }
    checkNumber('commandTimeoutMs', commandTimeoutMs, 1000);
    checkNumber('maxClaimsPerHolder', maxClaimsPerHolder, 1_000_000);
    this.#secrets = secrets;
    this.whenClaimsUnavailable = whenClaimsUnavailable;
    this.timeoutMs = commandTimeoutMs;
    this.#commands = new Commands(readClient(client), commandTimeoutMs);
    this.answers = new RedisAnswers(this.#commands, prefix);
    this.claims = new RedisClaims(this.#commands, prefix, maxClaimsPerHolder);
    this.revocations = new RedisRevocations(this.#commands, prefix);
  }

  get secrets(): StoreOptions['secrets'] {
    return this.#secrets;
  }

  close(): void {
    this.#commands.close();
  }
}

function checkNumber(name: string, value: unknown, max: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= max) return;
  throw new TypeError(`createRedisStores: ${name} must be a whole number from 1 to ${max}.`);
}
