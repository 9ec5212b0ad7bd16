import type { ServerResponse } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { fetchServerConfig } from '../../src/index.js';
import type { FetchFunction } from '../../src/net/fetch-json.js';
import { MisbehavingIssuer, type Misbehaviour } from './misbehaving-issuer.js';
import { expectOutage, expectRecovery, underFault, type UnderFault } from './under-fault.js';

/** Milliseconds: enough for an answer from this very process on a busy machine. */
const timeoutDuration = 3000;
const type = { 'content-type': 'application/json' };

/** One byte at a time: always some progress, never an end. */
function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => clearInterval(timer));
}

const slowAnswers: Readonly<Record<string, Misbehaviour>> = {
  'never answers': () => undefined,
  'sends its fields and no document': (response) => {
    response.writeHead(200, type);
    response.flushHeaders();
  },
  'drips its document': (response) => {
    response.writeHead(200, type);
    drip(response);
  },
  'drips its fields': (response) => {
    response.socket?.write('HTTP/1.1 200 OK\r\n');
    const { socket } = response;
    const timer = setInterval(() => socket?.write('x-filler: x\r\n'), 10);
    socket?.on('close', () => clearInterval(timer));
  },
  'stops in the middle of its document': (response) => {
    response.writeHead(200, type);
    response.write('{"keys":[');
  },
  'redirects, then never answers': (response, { url = '' }) => {
    if (url.includes('?')) return;
    response.writeHead(302, { location: `${url}?again` });
    response.end();
  },
};

/** Connections end on both sides: a slow issuer must not hold ours. */
async function expectHungUp({ issuer }: UnderFault): Promise<void> {
  await vi.waitFor(() => expect(issuer.openConnections).toBe(0), { timeout: 5000 });
}

describe.concurrent('a key set endpoint', () => {
  test.for(Object.entries(slowAnswers))(
    'that %s is given up after the timeout, by all who wait at once [MCP-2026-07-28-RS-020] [RFC9728-7.7-01]',
    async ([, misbehave], { onTestFinished }) => {
      const server = await underFault({ timeoutDuration }, onTestFinished);
      server.issuer.misbehaviour.keys = misbehave;
      const token = await server.token();
      const responses = await Promise.all(Array.from({ length: 100 }, () => server.send(token)));
      const promises = await Promise.all(responses.map(expectOutage));
      expect(server.faults()).toEqual(['request_timeout']);
      server.issuer.misbehaviour.keys = undefined;
      await expectRecovery(server, Math.max(...promises));
      await server.issuer.stop();
      await expectHungUp(server);
    },
  );

  test('that becomes slow keeps nobody waiting who has a known key [RFC9068-4-07]', async ({
    onTestFinished,
  }) => {
    const server = await underFault({ timeoutDuration }, onTestFinished);
    expect(await server.ask()).toBe(200);
    server.issuer.misbehaviour.keys = () => undefined;
    // refreshed ahead, in the background
    server.clock.advance(500);
    expect(await server.ask()).toBe(200);
    server.clock.advance(200);
    expect(await server.ask()).toBe(200);
    expect(server.issuer.requests.keys).toBe(2);
  });
});

describe.concurrent('a metadata endpoint', () => {
  test('that drips is given up by a server after five seconds [MCP-2026-07-28-RS-020]', async ({
    onTestFinished,
  }) => {
    const server = await underFault(undefined, onTestFinished);
    server.issuer.misbehaviour.metadata = slowAnswers['drips its document'];
    const token = await server.token();
    const responses = await Promise.all([server.send(token), server.send(token)]);
    const [retryAfter = 0] = await Promise.all(responses.map(expectOutage));
    expect(server.issuer.requests.metadata).toBe(1);
    server.issuer.misbehaviour.metadata = undefined;
    await expectRecovery(server, retryAfter);
  });

  test('that is slow at every place where it may publish has one time limit for all of them', async ({
    onTestFinished,
  }) => {
    const issuer = await MisbehavingIssuer.start();
    onTestFinished(() => issuer.stop());
    const asked: string[] = [];
    // Says after two thirds of the time that the document is not here, at each of the three places; the next is asked meanwhile
    const slow: FetchFunction = async (url, init) => {
      asked.push(url);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return fetch(`${url}-not-here`, init);
    };
    await expect(
      fetchServerConfig(`${issuer.issuer}/tenant`, { timeoutMs: 1500, fetch: slow }),
    ).rejects.toMatchObject({
      code: 'request_timeout',
      message: expect.stringContaining('none of its 3 places within 1500 ms, all places together') as string,
    });
    expect(asked).toHaveLength(3);
  });

  test.for(Object.entries(slowAnswers))(
    'that %s is given up by fetchServerConfig after the timeout [MCP-2026-07-28-MC-013]',
    async ([, misbehave], { onTestFinished }) => {
      const issuer = await MisbehavingIssuer.start();
      onTestFinished(() => issuer.stop());
      issuer.misbehaviour.metadata = misbehave;
      await expect(fetchServerConfig(issuer.issuer, { type: 'oauth', timeoutMs: 200 })).rejects.toMatchObject(
        {
          code: 'request_timeout',
        },
      );
    },
  );
});
