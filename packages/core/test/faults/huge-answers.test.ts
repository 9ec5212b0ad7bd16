import type { ServerResponse } from 'node:http';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import type { AuthServerErrorCode } from '../../src/errors/auth-server-error.js';
import { createKey } from '../support/keys.js';
import type { Endpoint, Misbehaviour } from './misbehaving-issuer.js';
import { expectOutage, expectRecovery, underFault } from './under-fault.js';

const megabyte = 1024 * 1024;
const type = { 'content-type': 'application/json' };
const spaces = Buffer.alloc(megabyte, ' ');

/** Writes for as long as somebody reads. */
function pour(response: ServerResponse): void {
  while (!response.destroyed && response.write(spaces));
  if (!response.destroyed) response.once('drain', () => pour(response));
}

const bomb = Buffer.alloc(64 * megabyte, ' ');
const gzipped = gzipSync(bomb);

const compressed =
  (encoding: string, data: Buffer): Misbehaviour =>
  (response) => {
    response.writeHead(200, { ...type, 'content-encoding': encoding });
    response.end(data);
  };

/** With the fault that operators are told of. */
const hugeAnswers: Readonly<Record<string, readonly [code: AuthServerErrorCode, misbehave: Misbehaviour]>> = {
  'an endless document': [
    'response_too_large',
    (response) => {
      response.writeHead(200, type);
      pour(response);
    },
  ],
  'a document of gigabytes': [
    'response_too_large',
    (response) => {
      response.writeHead(200, { ...type, 'content-length': String(8192 * megabyte) });
      pour(response);
    },
  ],
  'a gzip bomb': ['response_too_large', compressed('gzip', gzipped)],
  'a deflate bomb': ['response_too_large', compressed('deflate', deflateSync(bomb))],
  'a brotli bomb': [
    'response_too_large',
    compressed('br', brotliCompressSync(bomb, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })),
  ],
  'a bomb within a bomb': ['response_too_large', compressed('gzip, gzip', gzipSync(gzipped))],
  'a damaged archive': [
    'request_failed',
    compressed('gzip', Buffer.from('1f8b0800000000000003ffffffff', 'hex')),
  ],
  'endless fields': [
    'request_failed',
    (response) => {
      response.writeHead(200, { ...type, 'x-filler': 'x'.repeat(200_000) });
      response.end('{}');
    },
  ],
  'endless interim answers': [
    'request_failed',
    (response) => {
      response.socket?.write('HTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\n'.repeat(2000));
      response.destroy();
    },
  ],
};

describe.each(['metadata', 'keys'] as const)('%s endpoint', (endpoint: Endpoint) => {
  test.each(Object.entries(hugeAnswers))(
    'that answers with %s costs one request, and no more is read than the limit [RFC9728-7.7-01] [RFC8725-3.6-01]',
    async (_what, [code, misbehave]) => {
      const server = await underFault();
      server.issuer.misbehaviour[endpoint] = misbehave;
      const retryAfter = await expectOutage(await server.send(await server.token()));
      expect(server.faults()).toEqual([code]);
      expect(server.issuer.requests[endpoint]).toBe(1);
      server.issuer.misbehaviour[endpoint] = undefined;
      await expectRecovery(server, retryAfter);
    },
  );

  test('that nests its document very deeply is at fault [RFC9728-7.7-01]', async () => {
    const server = await underFault();
    server.issuer.misbehaviour[endpoint] = (response) => {
      response.writeHead(200, type);
      response.end(`{"keys":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    };
    await expectOutage(await server.send(await server.token()));
  });

  test('that pours without end is hung up on [RFC9728-7.7-01]', async () => {
    const server = await underFault();
    let closed = 0;
    server.issuer.misbehaviour[endpoint] = (response) => {
      response.on('close', () => (closed += 1));
      response.writeHead(200, type);
      pour(response);
    };
    await expectOutage(await server.send(await server.token()));
    await vi.waitFor(() => expect(closed).toBe(1), { timeout: 5000 });
  });
});

describe('a key set', () => {
  test('of thousands of keys is a fault, known keys go on [RFC9068-4-07]', async () => {
    const server = await underFault();
    const [key] = server.issuer.keys;
    if (key === undefined) throw new Error('no key');
    server.issuer.keys = Array.from({ length: 5000 }, () => key);
    const retryAfter = await expectOutage(await server.send(await server.token()));
    server.issuer.keys = [key];
    await expectRecovery(server, retryAfter);
    server.issuer.keys = Array.from({ length: 5000 }, () => key);
    server.clock.advance(601);
    expect(await server.ask(key)).toBe(200);
  });

  test('of a hundred keys is used, whichever of them signed [RFC9068-4-07]', async () => {
    const server = await underFault();
    server.issuer.keys = await Promise.all(Array.from({ length: 100 }, () => createKey()));
    expect(await server.ask(server.issuer.keys[0])).toBe(200);
    expect(await server.ask(server.issuer.keys[99])).toBe(200);
  });

  const useless: Readonly<Record<string, unknown>> = {
    'no keys': [],
    'symmetric keys only': [{ kty: 'oct', kid: 'a', k: 'AAAA' }],
    'keys for encryption in other formats only': [{ kty: 'OKP', crv: 'X25519', x: 'AAAA' }],
    'an object in place of the list': { 0: { kty: 'EC' } },
    'a text in place of the list': 'keys',
    'null in place of the list': null,
    'nothing but rubbish': [null, 1, 'key', [], {}, { kty: 'RSA' }, { kty: 'RSA', n: 'AAAAA', e: 'AQAB' }],
  };

  test.each(Object.entries(useless))(
    'with %s is a fault, not a withdrawal [RFC9068-4-07] [MCP-2026-07-28-RS-020]',
    async (_what, keys) => {
      const server = await underFault();
      expect(await server.ask()).toBe(200);
      server.issuer.misbehaviour.keys = (response) => {
        response.writeHead(200, type);
        response.end(JSON.stringify({ keys }));
      };
      server.clock.advance(601);
      expect(await server.ask()).toBe(200);
      expect(server.faults()).toEqual(['invalid_key_set']);
    },
  );

  test('with rubbish beside a good key is used without the rubbish [RFC9068-4-07]', async () => {
    const server = await underFault();
    server.issuer.misbehaviour.keys = (response) => {
      const rubbish = Object.values(useless).flatMap((keys) =>
        Array.isArray(keys) ? (keys as unknown[]) : [],
      );
      response.writeHead(200, type);
      response.end(JSON.stringify({ keys: [...rubbish, ...server.issuer.keySet.keys] }));
    };
    expect(await server.ask()).toBe(200);
  });
});
