import { expect, test } from 'vitest';
import { toSend } from '../../src/audit/to-send.js';
import { createDoor } from '../../src/net/door.js';
import { serve } from '../support/serve.js';

async function ask(body: string, headers: Readonly<Record<string, string>> = {}) {
  const origin = await serve((_, response) => response.writeHead(200, headers).end(body));
  const door = createDoor({ named: [origin], timeoutMs: 4000 });
  try {
    return await toSend(door)({ method: 'GET', url: origin, headers: [] });
  } finally {
    await door.close();
  }
}

test('a stream of many lines and no event blocks nothing', async () => {
  expect(await ask('data\n'.repeat(50_000))).toMatchObject({ status: 200 });
});

test.each([
  ['is longer than anybody reads', 'a'.repeat(3_000_000), {}],
  ['is not what it says', 'plain', { 'content-encoding': 'br' }],
])('an open door is seen, although its answer %s', async (_what, body, headers) => {
  expect(await ask(body, headers)).toMatchObject({ status: 200 });
});
