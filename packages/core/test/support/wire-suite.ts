import type { Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StartBodySubject } from './body-suite.js';
import { closeServer } from './listen.js';

const resource = 'http://localhost/mcp';
const issuer = 'https://as.example.com';
const tools = { '*': [] };
const routes = [
  ['/mcp', { resource }],
  ['/judged', { resource, operations: { tools } }],
  ['/open', { resource, operations: { tools, methods: { 'tools/list': 'anonymous' } } }],
  ['/small', { resource, maxBodyBytes: 1024, operations: { tools } }],
] as const;

/** Routes that ask for a token in any case. */
const closed = ['/mcp', '/judged'] as const;

const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
const nested = (depth: number) => list.replace('}', `,"params":${'['.repeat(depth)}${']'.repeat(depth)}}`);

/** What is kept can only be told from what was dropped when the latter is gone. */
function measureMemory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What clients do that Fetch does not let them, on every framework and host: see the guide, Hosts. */
export function describeWire(title: string, start: StartBodySubject): void {
  describe(`${title}: what comes over the wire`, () => {
    const errors: unknown[] = [];
    let server: Server;
    let port: number;

    beforeAll(async () => {
      server = await start({
        config: {
          protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
          onEvent: () => undefined,
        },
        verify: () => ({ issuer, audience: resource, subject: 'alice', expiresAt: Date.now() / 1000 + 600 }),
        routes,
        failed: (error) => errors.push(error),
      });
      ({ port } = server.address() as AddressInfo);
    });
    beforeEach(() => (errors.length = 0));
    afterAll(() => closeServer(server));

    /** Writes these lines, and what follows them; the answer. */
    const write = (lines: readonly string[], rest: string | Uint8Array = '') =>
      new Promise<{ status: number; text: string }>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1');
        let text = '';
        const settle = () => {
          clearTimeout(timer);
          socket.destroy();
          resolve({ status: Number(text.split(' ', 2)[1]), text });
        };
        // Whoever waits for the body answers 408 after bodyTimeoutMs, or never
        const timer = setTimeout(settle, 60_000);
        socket.on('error', (error) => (text === '' ? reject(error) : settle()));
        socket.on('close', settle);
        socket.on('data', (chunk) => {
          text += chunk.toString();
          const length = /\r\ncontent-length: (\d+)\r\n/i.exec(text)?.[1];
          const body = text.indexOf('\r\n\r\n') + 4;
          if (body > 3 && length !== undefined && text.length >= body + Number(length)) settle();
          if (text.endsWith('\r\n0\r\n\r\n')) settle();
        });
        socket.write(`${lines.join('\r\n')}\r\n\r\n`);
        socket.write(rest);
      });
    const json = 'Content-Type: application/json';
    const post = (path: string, ...others: readonly string[]) => [
      `POST ${path} HTTP/1.1`,
      'Host: localhost',
      ...others,
    ];
    const ask = (
      path: string,
      body: string | Uint8Array<ArrayBuffer>,
      headers: Readonly<Record<string, string>> = {},
    ) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
    const token = { authorization: 'Bearer alice' };

    describe.each(closed)('at %s', (path) => {
      test.each([
        ['a length', 'Content-Length: 1000000', '{"a"'],
        ['chunks', 'Transfer-Encoding: chunked', '4\r\n{"a"\r\n'],
      ])(
        '[MCP-2026-07-28-RS-020] 40 callers without a token who never finish a body with %s are told 401 before it has come',
        async (_what, length, part) => {
          const answers = await Promise.all(
            Array.from({ length: 40 }, () => write(post(path, json, length), part)),
          );
          expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
          expect(errors).toEqual([]);
        },
      );

      test('what they send nevertheless is not kept', async () => {
        const part = Buffer.alloc(50_000);
        const before = measureMemory();
        const sockets = await Promise.all(
          Array.from({ length: 40 }, async () => {
            const socket = connect(port, '127.0.0.1').on('error', () => undefined);
            socket.resume();
            socket.write(`${post(path, json, 'Content-Length: 1000500').join('\r\n')}\r\n\r\n`);
            for (let sent = 0; sent < 20; sent++) {
              socket.write(part);
              await wait(1);
            }
            return socket;
          }),
        );
        // 40 MB came; what is on its way through a busy process goes, what is kept stays
        await vi.waitFor(() => expect(measureMemory() - before).toBeLessThan(15_000_000), {
          timeout: 60_000,
          interval: 100,
        });
        for (const socket of sockets) socket.destroy();
        expect(errors).toEqual([]);
      });

      test('[MCP-2026-07-28-RS-020] 8 MB without a token are answered with the challenge, and not cut off', async () => {
        const body = Buffer.alloc(8_000_000, 0x20);
        for (let round = 0; round < 3; round++) {
          const answer = await ask(path, body);
          expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
            401,
            expect.stringContaining('resource_metadata='),
          ]);
        }
      });

      test('[RFC6750-3.1-01] two Authorization headers are a malformed request', async () => {
        for (const [first, second] of [
          ['Bearer alice', 'Bearer bob'],
          ['Bearer alice', 'Basic YQ=='],
          ['Basic YQ==', 'Bearer alice'],
          ['Bearer alice', ''],
        ]) {
          const lines = [`Authorization: ${first ?? ''}`, `Authorization: ${second ?? ''}`];
          const { status, text } = await write(post(path, json, ...lines, 'Content-Length: 0'));
          expect([status, text]).toEqual([400, expect.stringContaining('error="invalid_request"')]);
        }
      });

      test.each([
        `TRACE ${path}`,
        `TRACK ${path}`,
        `POST http://localhost${path}`,
        `POST http://other.example${path}`,
        `POST http://[${path}`,
        `POST http://localhost:99999${path}`,
        `POST //other.example${path}`,
        `POST //[${path}`,
        `POST ${path}%`,
        `POST ${path}?%ff#[`,
        'OPTIONS *',
        'POST *',
        'GET *',
      ])('%s is answered, and no error of the server', async (line) => {
        const target = line.split(' ')[1] ?? '';
        const { status } = await write([`${line} HTTP/1.1`, 'Host: localhost', 'Content-Length: 0']);
        const isHere = target.split('?', 1)[0]?.endsWith(path) === true;
        expect([...(isHere ? [401] : []), 400, 401, 404, 405, 501]).toContain(status);
        expect(errors).toEqual([]);
      });

      test.each(['a b', '[', 'localhost:99999', '%%%', '[::1', 'x@y', '', '::', 'a/b', 'a?b', 'a#b', 'é'])(
        '[MCP-2026-07-28-RS-030] a request for the host %j is not an error of the server',
        async (host) => {
          const { status } = await write([`POST ${path} HTTP/1.1`, `Host: ${host}`, 'Content-Length: 0']);
          expect([400, 401]).toContain(status);
          expect(errors).toEqual([]);
        },
      );
    });

    test.each([
      ['5,000 levels (10 kB)', 5000],
      ['20,000 levels (40 kB)', 20_000],
      ['2,000,000 levels (4 MB)', 2_000_000],
    ])('[MCP-2026-07-28-RS-030] a body of %s is the client’s mistake', async (_what, depth) => {
      for (const path of ['/judged', '/open']) {
        const answer = await ask(path, nested(depth), token);
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: -32_600 } }]);
      }
      expect((await ask('/open', nested(depth))).status).toBe(401);
      expect((await ask('/judged', nested(depth))).status).toBe(401);
      expect(errors).toEqual([]);
    });

    test('half a megabyte in chunks does not pass a limit of 1,024 bytes', async () => {
      const chunk = `2000\r\n${' '.repeat(0x2000)}\r\n`.repeat(64);
      const lines = post('/small', json, 'Authorization: Bearer alice', 'Transfer-Encoding: chunked');
      const { status, text } = await write(lines, `${chunk}0\r\n\r\n`);
      expect([status, text.toLowerCase()]).toEqual([413, expect.stringContaining('cache-control: no-store')]);
      expect(errors).toEqual([]);
    });

    test('three megabytes pass where operations are judged', async () => {
      expect((await ask('/judged', list.padEnd(3_000_000), token)).status).toBe(200);
    });

    test.each<
      [
        what: string,
        status: number,
        body: Uint8Array<ArrayBuffer> | string,
        headers: Readonly<Record<string, string>>,
      ]
    >([
      ['nothing', 400, '', {}],
      ['no JSON', 400, '{', {}],
      ['a byte order mark', 400, `\ufeff${list}`, {}],
      [
        'a byte that is no UTF-8',
        400,
        Buffer.from(list.replace('tools/list', 'tools/list\u00ff'), 'latin1'),
        {},
      ],
      ['half a character', 400, Buffer.from([0x22, 0xe4, 0xb8, 0x22]), {}],
      ['a surrogate in UTF-8', 400, Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), {}],
      ['too much', 413, ' '.repeat(4 * 1024 * 1024 + 1), {}],
      ['another type', 415, list, { 'content-type': 'text/plain' }],
      ['gzip', 415, list, { 'content-encoding': 'gzip' }],
      ['br', 415, list, { 'content-encoding': 'br' }],
      ['two codings', 415, list, { 'content-encoding': 'identity, gzip' }],
      ['a coding that nobody knows', 415, list, { 'content-encoding': 'x-none' }],
    ])(
      '[MCP-2026-07-28-RS-030] a body of %s is answered with %d in the words of JSON-RPC, and nobody keeps the answer',
      async (_what, status, body, headers) => {
        for (const path of ['/judged', '/open']) {
          const answer = await ask(path, body, { ...token, ...headers });
          expect([
            answer.status,
            answer.headers.get('cache-control'),
            answer.headers.get('content-type'),
          ]).toEqual([status, 'no-store', 'application/json']);
          expect(await answer.json()).toMatchObject({ jsonrpc: '2.0', id: null });
        }
        for (const path of ['/judged', '/open', '/mcp']) {
          expect((await ask(path, body, headers)).status).toBe(401);
        }
        expect(errors).toEqual([]);
      },
    );

    test.each(['identity', 'Identity', ' identity '])('Content-Encoding: %s is accepted', async (coding) => {
      const headers = { ...token, 'content-encoding': coding };
      expect((await ask('/judged', list, headers)).status).toBe(200);
    });

    test.each(['Bearer', 'Bearer ', 'bearer   '])(
      '[RFC6750-3.1-04] Authorization: %j is no token: 401 without a code, so that the client logs in again',
      async (value) => {
        for (const path of ['/mcp', '/judged', '/open']) {
          const lines = post(path, json, `Authorization: ${value}`, `Content-Length: ${list.length}`);
          const { status, text } = await write(lines, list);
          expect([status, text]).toEqual([401, expect.not.stringContaining('error')]);
        }
      },
    );
  });
}
