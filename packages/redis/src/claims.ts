import type { Claim, ClaimOutcome, ClaimStore } from '@mcp-auth/core';
import type { Commands } from './commands.js';

/**
 * How far the clocks of processes may differ: an identifier is kept for as long as the slowest of them would take it. No less than
 * `aheadMs` in packages/core/src/sender/nonce.ts: a process so far behind takes a nonce of one that is ahead.
 */
const clockToleranceMs = 60_000;
/** Holders are spread over so many slots of a cluster. */
const parts = 64;

/**
 * The era of one part: another one where its mark is gone, as after a restart without data, and where another server answers or the same
 * one was started again, which may have lost the last writes. A user that may not send INFO has the mark alone.
 */
const eraLines = `
local info = redis.pcall('INFO', 'server')
local run = type(info) == 'string' and string.match(info, 'run_id:(%x+)') or ''
local time = redis.call('TIME')
local mark = redis.call('GET', KEYS[1])
if not mark then
  mark = time[1] .. '.' .. time[2]
  redis.call('SET', KEYS[1], mark)
end
local era = string.sub(redis.sha1hex(run .. ' ' .. mark), 1, 20)`;

const eraScript = `#!lua${eraLines}
return era`;

/**
 * One sorted set for each holder: its identifiers by when they end. With the era of its part it is in one slot of a cluster, and all is one
 * script, so that nothing comes between looking and writing. Times are counted from now by the clock of Redis, because those of
 * processes differ.
 */
// Refused as a whole where Redis is full: https://redis.io/docs/latest/develop/programmability/lua-api/#script_flags
const claimScript = `#!lua${eraLines}
if ARGV[4] and ARGV[4] ~= era then return {'forgotten', era} end
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ends = now + ARGV[2]
local known = redis.call('ZSCORE', KEYS[2], ARGV[1])
if known and tonumber(known) > now then return {'known', era} end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[3]) then return {'holder-full', era} end
redis.call('ZADD', KEYS[2], ends, ARGV[1])
local last = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')
redis.call('PEXPIREAT', KEYS[2], string.format('%.0f', tonumber(last[2]) + 1))
return {'claimed', era}`;

const outcomes: ReadonlySet<unknown> = new Set<ClaimOutcome>([
  'claimed',
  'known',
  'holder-full',
  'forgotten',
]);

/** Identifiers that were used once. */
export class RedisClaims implements ClaimStore {
  readonly #commands: Commands;
  readonly #prefix: string;
  readonly #maxPerHolder: string;
  /** As it was told last, by part. */
  readonly #eras = new Map<string, string>();

  constructor(commands: Commands, prefix: string, maxPerHolder: number) {
    this.#commands = commands;
    this.#prefix = prefix;
    this.#maxPerHolder = String(maxPerHolder);
  }

  async claim({ holder, id, expiresAt, era }: Claim): Promise<ClaimOutcome> {
    // One that has ended by this clock may still be taken by another process
    const remainingMs = Math.max(0, Math.ceil(expiresAt - Date.now())) + clockToleranceMs;
    const part = this.#partOf(holder);
    const args = [id, String(remainingMs), this.#maxPerHolder];
    if (era !== undefined) args.push(era);
    const answer = await this.#commands.run(claimScript, [`${part}:era`, `${part}:${holder}`], ...args);
    const [outcome, now] = Array.isArray(answer) ? (answer as readonly unknown[]) : [];
    if (!outcomes.has(outcome)) throw new Error('Redis answered a claim with something else');
    this.#remember(part, now);
    return outcome as ClaimOutcome;
  }

  /** Asks where no answer has told so far. */
  era(holder: string): string | Promise<string> {
    const part = this.#partOf(holder);
    return this.#eras.get(part) ?? this.#askForEra(part);
  }

  async #askForEra(part: string): Promise<string> {
    return this.#remember(part, await this.#commands.run(eraScript, [`${part}:era`]));
  }

  #remember(part: string, era: unknown): string {
    if (typeof era !== 'string') throw new Error('Redis answered with no era of claims');
    this.#eras.set(part, era);
    return era;
  }

  /** What the keys of a holder begin with; the braces hold what the slot is made of. */
  #partOf(holder: string): string {
    return `${this.#prefix}:{claims-${holder.charCodeAt(0) % parts}}`;
  }
}
