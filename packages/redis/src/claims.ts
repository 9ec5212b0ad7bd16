import type { Claim, ClaimOutcome, ClaimStore } from '@mcp-auth/core';
import type { Commands } from './commands.js';

/**
 * How far the clocks of processes may differ: an identifier is kept for as long as the slowest of them would take it. No less than
 * `aheadMs` in packages/core/src/sender/nonce.ts: a process so far behind takes a nonce of one that is ahead.
 */
const clockToleranceMs = 60_000;

/**
 * One sorted set for each holder: its identifiers by when they end. All of it is one key, so it is in one slot of a cluster, and one
 * script, so that nothing comes between looking and writing. Times are counted from now by the clock of Redis, because those of
 * processes differ.
 */
// Refused as a whole where Redis is full: https://redis.io/docs/latest/develop/programmability/lua-api/#script_flags
const script = `#!lua
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ends = now + ARGV[2]
local known = redis.call('ZSCORE', KEYS[1], ARGV[1])
if known and tonumber(known) > now then return 'known' end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 'holder-full' end
redis.call('ZADD', KEYS[1], ends, ARGV[1])
local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', tonumber(last[2]) + 1))
return 'claimed'`;

const outcomes: ReadonlySet<unknown> = new Set<ClaimOutcome>(['claimed', 'known', 'holder-full']);

/** Identifiers that were used once. */
export class RedisClaims implements ClaimStore {
  readonly #commands: Commands;
  readonly #prefix: string;
  readonly #maxPerHolder: number;

  constructor(commands: Commands, prefix: string, maxPerHolder: number) {
    this.#commands = commands;
    this.#prefix = `${prefix}:claims:`;
    this.#maxPerHolder = maxPerHolder;
  }

  async claim({ holder, id, expiresAt }: Claim): Promise<ClaimOutcome> {
    // One that has ended by this clock may still be taken by another process
    const remainingMs = Math.max(0, Math.ceil(expiresAt - Date.now())) + clockToleranceMs;
    const key = this.#prefix + holder;
    const outcome = await this.#commands.run(
      script,
      [key],
      id,
      String(remainingMs),
      String(this.#maxPerHolder),
    );
    if (!outcomes.has(outcome)) throw new Error('Redis answered a claim with something else');
    return outcome as ClaimOutcome;
  }
}
