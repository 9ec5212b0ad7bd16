// What the cache keeps of as many tokens as are in use: half of its bound, all of it, a fifth more, twice as many.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { duration } from '../lib/report.mjs';

const bound = 10_000;
const shares = [0.5, 1, 1.2, 2];
const quickShares = [0.5, 1, 1.2];
const orders = { 'in turn': 'the worst order for a cache', 'at random': 'every token with equal chance' };
const program = fileURLToPath(new URL('../lib/scale/working-set-child.mjs', import.meta.url));

async function measure(order, count, rounds) {
  const child = fork(program, [order, String(count), String(rounds)]);
  const found = [];
  child.on('message', (message) => found.push(message));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('working-set-child fails');
  return found[0];
}

/** Runs the suite. */
export async function run({ quick, report }) {
  const rows = [];
  for (const [order, description] of Object.entries(orders)) {
    if (quick && order !== 'in turn') continue;
    for (const share of quick ? quickShares : shares) {
      const count = bound * share;
      const { hits, nanoseconds } = await measure(order, count, quick ? 1 : 2);
      rows.push({ order, share, count, hits, nanoseconds });
    }
    const own = rows.filter((row) => row.order === order);
    report.table(`Tokens asked ${order}, ${description}, under the default bound of 10,000`, [
      ['tokens in use', 'remembered', 'processor time of a request'],
      ...own.map(({ count, hits, nanoseconds }) => [
        count.toLocaleString('en-US'),
        `${(100 * hits).toFixed(1)} %`,
        duration(nanoseconds),
      ]),
    ]);
  }
  report.figures.rows = rows;
  const missesOf = (share) =>
    100 * (1 - Math.min(...rows.filter((row) => row.share === share).map(({ hits }) => hits)));
  report.promises.push(
    {
      what: 'half as many tokens in use as the cache may hold: requests whose token is verified again',
      value: missesOf(0.5),
      atMost: 0,
      unit: '%',
    },
    {
      what: 'as many tokens in use as the cache may hold: requests whose token is verified again',
      value: missesOf(1),
      atMost: 0,
      unit: '%',
    },
    {
      what: 'a fifth more tokens in use than the cache may hold, in turn: requests whose token is remembered',
      value: 100 * rows.find(({ order, share }) => order === 'in turn' && share === 1.2).hits,
      atLeast: 50,
      unit: '%',
    },
  );
}
