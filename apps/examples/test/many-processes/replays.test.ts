import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Answer } from './support/bound-client.js';
import { Fleet, isFull, missing, longest, soakRequests } from './support/fleet.js';
import { tell, times } from './support/many.js';

const proofs = isFull ? soakRequests / 50 : 200;
/** Of each. */
const replays = 5;
/** Each key has at most 1,000 live proofs. */
const clients = Math.ceil(proofs / 500);

let fleet: Fleet;
beforeAll(async () => {
  if (missing === undefined) fleet = await Fleet.start();
});
afterAll(() => (fleet as Fleet | undefined)?.close());
beforeEach(({ skip }) => skip(missing !== undefined, missing ?? ''));

test(
  'a proof passes once at two processes behind nginx, sent to both at the same time or one after the other',
  async () => {
    const connections = fleet.connect();
    const each = await Promise.all(
      Array.from({ length: clients }, (_each, index) => fleet.createClient(`user-${index}`)),
    );
    for (const client of each) expect((await client.call(connections)).answer.status).toBe(200);

    const all: Answer[][] = [];
    await times(proofs, 16, async (index) => {
      const client = each[index % clients];
      if (client === undefined) throw new Error('there is no such client');
      const headers = client.prove(connections.htu);
      const send = async () => client.learn(await connections.get(headers));
      const answers: Answer[] = [];
      if (index % 2 === 0) answers.push(...(await Promise.all(Array.from({ length: 1 + replays }, send))));
      else for (let time = 0; time <= replays; time++) answers.push(await send());
      all.push(answers);
    });

    const passed = all.map((answers) => answers.filter(({ status }) => status === 200));
    const refused = all.flatMap((answers) => answers.filter(({ status }) => status !== 200));
    const elsewhere = all.flatMap((answers, index) =>
      answers.filter(({ status, by }) => status !== 200 && by !== passed[index]?.[0]?.by),
    );
    tell('replays', {
      proofs,
      replays: refused.length,
      passedTwice: passed.filter(({ length }) => length > 1).length,
      firstUsesRefused: passed.filter(({ length }) => length === 0).length,
      sentToTheOtherProcess: elsewhere.length,
    });
    expect(passed.filter(({ length }) => length > 1)).toEqual([]);
    // A store that was late, on a machine that is busy, is no decision: 503
    const decided = all.filter((answers) => answers.every(({ status }) => status !== 503));
    expect(decided.filter((answers) => !answers.some(({ status }) => status === 200))).toEqual([]);
    const told = new Set(refused.map(({ status, error }) => `${status} ${error}`));
    told.delete('503 undefined');
    expect(told).toEqual(new Set(['401 invalid_dpop_proof']));
    expect(elsewhere.length).toBeGreaterThan(proofs);
  },
  longest,
);
