import type { RevocationPage, RevocationStore, SharedRevocation } from '@mcp-auth/core';
import type { Commands } from './commands.js';

/** Most entries; beyond it those go that nobody needs any more, and where there are none nothing is added. */
const maxEntries = 100_000;
/** For one answer, which takes about 300 bytes each. */
const entriesPerPage = 500;

/** What is longer was not written by a process, and is read as an entry without anything in it. */
const maxEntryCharacters = 66_000;

/**
 * Three keys in one slot: entries by name, names by the order in which they were added, names by when they end. With the entries are the
 * last number and a word that is made with the list: where it is another one, or where one of the keys is gone or not as long as the
 * others, the list has begun anew.
 *
 * Numbers are never lower than the time in microseconds: a Redis that was restored from a snapshot has the same word and an earlier last
 * number, and must not give one again that readers have passed.
 */
const shared = `
local entries, order, ends = KEYS[1], KEYS[2], KEYS[3]
local epoch = redis.call('HGET', entries, '!epoch')
local latest = tonumber(redis.call('HGET', entries, '!last') or '')
local count = redis.call('ZCARD', order)
if epoch and (not latest or redis.call('HLEN', entries) ~= count + 2 or redis.call('ZCARD', ends) ~= count) then epoch = false end`;

const addScript = `#!lua${shared}
local name, entry, rank, expires = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if not epoch then
  redis.call('DEL', entries, order, ends)
  redis.call('HSET', entries, '!epoch', ARGV[6], '!last', '0')
  latest, count = 0, 0
end
local former = redis.call('HGET', entries, name)
if former and tonumber(string.match(former, '^[^ ]+')) >= tonumber(rank) then return 'known' end
local time = redis.call('TIME')
if not former and count >= tonumber(ARGV[5]) then
  local old = redis.call('ZRANGEBYSCORE', ends, '-inf', time[1] * 1000, 'LIMIT', 0, 1000)
  if #old == 0 then return 'full' end
  redis.call('HDEL', entries, unpack(old))
  redis.call('ZREM', order, unpack(old))
  redis.call('ZREM', ends, unpack(old))
end
local number = string.format('%.0f', math.max(latest + 1, time[1] * 1000000 + time[2]))
redis.call('HSET', entries, '!last', number, name, rank .. ' ' .. entry)
redis.call('ZADD', order, number, name)
redis.call('ZADD', ends, expires, name)
return 'added'`;

// Where Redis is full too
const readScript = `#!lua flags=no-writes${shared}
if not epoch then return {'', '0', '1', '0'} end
local from, limit = '-inf', tonumber(ARGV[3])
local same = ARGV[1] == epoch and tonumber(ARGV[2]) <= latest
if same then from = '(' .. ARGV[2] end
local names = redis.call('ZRANGEBYSCORE', order, from, '+inf', 'LIMIT', 0, limit + 1)
local more = #names > limit
if more then names[#names] = nil end
local last = same and ARGV[2] or '0'
if #names > 0 then last = redis.call('ZSCORE', order, names[#names]) end
local page = {epoch, last, same and '0' or '1', more and '1' or '0'}
for _, name in ipairs(names) do
  local entry = redis.call('HGET', entries, name)
  page[#page + 1] = entry and #entry <= tonumber(ARGV[4]) and string.match(entry, ' (.*)$') or ''
end
return page`;

/** The list of revocations. */
export class RedisRevocations implements RevocationStore {
  readonly #commands: Commands;
  readonly #keys: readonly [string, string, string];
  readonly #maxEntries: number;

  constructor(commands: Commands, prefix: string, limit = maxEntries) {
    this.#commands = commands;
    const key = `{${prefix}:revocations}`;
    this.#keys = [`${key}:entries`, `${key}:order`, `${key}:ends`];
    this.#maxEntries = limit;
  }

  async add({ name, entry, order, expiresAt }: SharedRevocation): Promise<void> {
    const numbers = [String(order), String(Math.ceil(expiresAt)), String(this.#maxEntries)];
    const result = await this.#commands.run(
      addScript,
      this.#keys,
      name,
      entry,
      ...numbers,
      crypto.randomUUID(),
    );
    if (result === 'full')
      throw new Error(`${this.#maxEntries} revocations are in force, and Redis takes no more`);
    if (result !== 'added' && result !== 'known')
      throw new Error('Redis answered a revocation with something else');
  }

  async read(cursor: string | undefined): Promise<RevocationPage> {
    const [epoch = '', last = '0'] = (cursor ?? '').split(' ');
    const bounds = [String(entriesPerPage), String(maxEntryCharacters)];
    const page = await this.#commands.run(readScript, this.#keys, epoch, last, ...bounds);
    if (!Array.isArray(page)) throw new Error('Redis answered with no list of revocations');
    const [now, number, isFromStart, hasMore, ...entries] = page as readonly unknown[];
    return {
      // Whoever reads looks at each of them
      entries: entries as readonly string[],
      cursor: now === '' ? undefined : `${String(now)} ${String(number)}`,
      isFromStart: isFromStart === '1',
      hasMore: hasMore === '1',
    };
  }
}
