import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Fleet, isFull, missing } from './support/fleet.js';
import { tell } from './support/many.js';
import { readMilliseconds } from './support/moments.js';

const rounds = isFull ? 50 : 2;
/** Streams of one user, which nginx spreads over the processes. */
const streams = 6;

let fleet: Fleet;
beforeAll(async () => {
  if (missing === undefined) fleet = await Fleet.start();
});
afterAll(() => (fleet as Fleet | undefined)?.close());
beforeEach(({ skip }) => skip(missing !== undefined, missing ?? ''));

async function openStream(headers: Readonly<Record<string, string>>): Promise<IncomingMessage> {
  const request = get(fleet.resource, { headers: { ...headers, accept: 'text/event-stream' } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  // Its first bytes have come through the proxy
  await once(response, 'data');
  return response;
}

test('a revocation at one process ends the open streams of all, behind nginx without buffering', async () => {
  const connections = fleet.connect();
  const waits: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const subject = `user-${round}`;
    const token = await fleet.createToken(subject);
    const client = await fleet.createClient(subject);
    await client.call(connections);
    const asked = await Promise.all(
      Array.from({ length: streams }, (_each, index) =>
        openStream(index % 2 === 0 ? { authorization: `Bearer ${token}` } : client.prove(connections.htu)),
      ),
    );
    // A proof is answered with 503 where the machine is so busy that Redis is late
    const open = asked.filter(({ statusCode }) => statusCode !== 503);
    expect(new Set(open.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(new Set(open.map(({ headers }) => headers['x-process']))).toEqual(
      new Set(fleet.servers.map(({ pid }) => pid)),
    );
    const ended = open.map(async (response) => {
      response.resume();
      await once(response, 'end');
      return readMilliseconds();
    });
    const started = readMilliseconds();
    await fleet.servers[round % 2]?.revoke(subject);
    waits.push(Math.max(...(await Promise.all(ended))) - started);
    // Whichever process is asked
    for (let time = 0; time < 4; time++) {
      expect((await connections.get({ authorization: `Bearer ${token}` })).status).toBe(401);
    }
  }
  const sorted = waits.map(Math.round).sort((a, b) => a - b);
  tell('revocation to the last open stream, ms', {
    rounds,
    median: sorted[Math.floor(rounds / 2)],
    slowest: sorted.at(-1),
  });
});
