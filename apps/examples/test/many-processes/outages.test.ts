import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Fleet, isFull, missing } from './support/fleet.js';
import { Load, type Sent, type SentProof } from './support/load.js';
import { tally, tell } from './support/many.js';
import { tick } from './support/moments.js';
import type { Outage } from './support/server-process.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const seconds = isFull ? 5 : 1;
const clients = isFull ? 16 : 4;

interface Case {
  readonly begin: (fleet: Fleet) => unknown;
  readonly end: (fleet: Fleet) => unknown;
  /** Whether Redis has forgotten everything afterwards. */
  readonly forgets: boolean;
  /** Whether it can still be read meanwhile. */
  readonly isReadable: boolean;
  /** Whether anything is out of reach for longer than one command takes. */
  readonly lasts: boolean;
}

const lasting = { forgets: false, isReadable: false, lasts: true };

/** What happens to Redis while requests come. */
const cases: Readonly<Record<string, Case>> = {
  frozen: { ...lasting, begin: ({ redis }) => redis.freeze(), end: ({ redis }) => redis.thaw() },
  'cut off': { ...lasting, begin: ({ network }) => network.cut(), end: ({ network }) => network.join() },
  full: {
    ...lasting,
    isReadable: true,
    begin: (fleet) => fleet.command('CONFIG', 'SET', 'maxmemory', '1'),
    end: (fleet) => fleet.command('CONFIG', 'SET', 'maxmemory', '0'),
  },
  killed: {
    ...lasting,
    forgets: true,
    begin: ({ redis }) => redis.kill(),
    end: ({ redis }) => redis.restart(),
  },
  'restarted empty': {
    ...lasting,
    forgets: true,
    lasts: false,
    begin: async ({ redis }) => {
      await redis.kill();
      await redis.restart();
    },
    end: () => undefined,
  },
  emptied: {
    forgets: true,
    isReadable: true,
    lasts: false,
    begin: (fleet) => fleet.command('FLUSHALL'),
    end: () => undefined,
  },
};

/** What the page says of proofs, by what happens to Redis and what is chosen: a status. */
const page = new Map(
  readFileSync(new URL('../../../../docs/guide/redis-in-production.md', import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 7)
    .map(([, name = '', , , refuse = '', local = '']) => [name, { refuse, local }]),
);

/** In the gate each kind of outage comes once, and each choice with those that it decides about. */
const selected: readonly (readonly [keyof typeof cases, 'refuse' | 'local'])[] = isFull
  ? Object.keys(cases).flatMap((name) => [[name, 'refuse'] as const, [name, 'local'] as const])
  : [
      ['frozen', 'refuse'],
      ['full', 'refuse'],
      ['restarted empty', 'refuse'],
      ['cut off', 'local'],
    ];

let fleet: Fleet | undefined;
afterEach(() => fleet?.close());
beforeEach(({ skip }) => skip(missing !== undefined, missing ?? ''));

const accepted = ({ uses }: SentProof) => uses.filter(({ status }) => status === 200);
const describeAnswer = ({ status, error }: Sent) => `${status}${error === undefined ? '' : ` ${error}`}`;

/** What was answered, but for what a store that was late on a busy machine keeps from being decided. */
function expectOnly(sent: readonly Sent[], ...answers: readonly string[]): void {
  const decided = sent.filter(({ status }) => status !== 503).map(describeAnswer);
  expect(decided).not.toEqual([]);
  expect(decided.filter((answer) => !answers.includes(answer))).toEqual([]);
}

describe.each(selected)('Redis is %s under load, and the choice is %s', (name, choice) => {
  test('what the choice says is what happens, no decision is wrong, and each outage is told once', async () => {
    const { begin, end, forgets, isReadable, lasts } = cases[name] as Case;
    const running = (fleet = await Fleet.start({
      whenClaimsUnavailable: choice,
      ...(isFull && { commandTimeoutMs: 250 }),
    }));
    const revoked = await running.createToken('revoked');
    const load = await Load.start(running, clients);
    await pause(500);
    const before = load.proofs.filter((proof) => accepted(proof).length > 0);

    const began = tick();
    await begin(running);
    const down = tick();
    const told = () => Promise.all(running.servers.map((server) => server.outages()));
    const everybodyTold = (phase: Outage['phase']) =>
      vi.waitUntil(
        async () =>
          (await told()).every((each) =>
            each.some((outage) => outage.store === 'claims' && outage.phase === phase),
          ),
        { timeout: 60_000 },
      );
    // From then on the processes know that it is down
    if (lasts) await everybodyTold('begin');
    const settled = tick();
    const isShared = await running.servers[0]?.revoke('revoked');
    await pause(lasts ? seconds * 1000 : 0);
    if (lasts) await load.hasBegunSince(settled, clients);
    const ending = tick();
    await end(running);
    if (lasts) await everybodyTold('end');
    else await pause(1000);
    await pause(seconds * 1000);

    // Proofs that were accepted before come once more, when all is well again
    const late = tick();
    for (const proof of before.slice(-40)) await load.use(proof);
    await load.hasBegunSince(late, clients);
    const isOver = (outages: readonly Outage[]) =>
      [...new Map(outages.map(({ store, phase }) => [store, phase])).values()].every(
        (phase) => phase === 'end',
      );
    await vi.waitUntil(async () => (await told()).every(isOver), { timeout: 60_000 });
    await vi.waitUntil(
      async () => {
        const connections = running.connect();
        const answers = await Promise.all(
          Array.from({ length: 4 }, () => connections.get({ authorization: `Bearer ${revoked}` })),
        );
        return answers.every(({ status }) => status === 401);
      },
      { timeout: 60_000 },
    );
    await load.stop();

    // Nobody else is touched
    const others = load.sent.filter(({ kind }) => kind !== 'proof');
    expect(tally(others.map(({ kind, status }) => `${kind} ${status}`))).toEqual({
      'bearer 200': expect.any(Number) as number,
      'opaque 200': expect.any(Number) as number,
    });

    // No proof passes twice, but where the choice says so: once in each process while the store is down
    const twice = load.proofs.filter((proof) => accepted(proof).length > 1);
    if (choice === 'refuse') expect(twice).toEqual([]);
    for (const proof of twice) {
      const uses = accepted(proof);
      expect(new Set(uses.map(({ by }) => by)).size).toBe(uses.length);
      if (isFull) expect(uses.some(({ from, to }) => to >= began && from < late)).toBe(true);
    }

    const proofs = load.sent.filter(({ kind }) => kind === 'proof');
    const first = load.proofs.flatMap(({ uses }) => uses.slice(0, 1));
    const within = (from: number, to: number) => (sent: Sent) => sent.from >= from && sent.to < to;
    expectOnly(first.filter(within(0, began)), '200');
    const promised = page.get(name)?.[choice] ?? '';
    if (lasts) {
      const meanwhile = new Set(first.filter(within(settled, ending)).map(({ status }) => status));
      expect([...meanwhile]).toEqual([Number.parseInt(promised, 10)]);
      expect(isShared).toBe(false);
    } else {
      expect(promised).toBe('401 once, with a new nonce');
    }
    // A nonce from before is answered with a new one, and then all passes
    expectOnly(first.filter(within(late, Infinity)), '200');
    const replayed = before.slice(-40).flatMap(({ uses }) => uses.filter(within(late, Infinity)));
    if (forgets && choice === 'refuse') expectOnly(replayed, '401 use_dpop_nonce');
    else expectOnly(replayed, '401 invalid_dpop_proof', '401 use_dpop_nonce');

    const outages = await told();
    tell(`${name}, ${choice}`, {
      requests: load.sent.length,
      passedTwice: twice.length,
      proofs: tally(proofs.filter(within(began, late)).map(describeAnswer)),
      slowestMs: Math.round(Math.max(...load.sent.map(({ ms }) => ms))),
      slowestWhileDownMs: Math.round(
        Math.max(0, ...load.sent.filter(within(down, ending)).map(({ ms }) => ms)),
      ),
      events: tally(outages.flat().map(({ store, phase }) => `${store} ${phase}`)),
    });
    for (const each of outages) {
      for (const store of ['answers', 'claims', 'revocations'] as const) {
        const mine = each.filter((outage) => outage.store === store);
        if (mine.length === 0 && (!lasts || isReadable)) continue;
        const begun = mine.filter(({ phase }) => phase === 'begin');
        expect(mine.map(({ phase }) => phase)).toEqual(begun.flatMap(() => ['begin', 'end']));
        // On a machine that is busy Redis may be late once more
        const causes = begun.filter(({ reason = '' }) => isFull || !/answer in \d+ ms/.test(reason));
        expect(causes.length, JSON.stringify(mine)).toBeLessThanOrEqual(1);
      }
    }
  });
});
