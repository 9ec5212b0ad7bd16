import { describe, expect, test } from 'vitest';
import { createKey } from '../support/keys.js';
import { remoteKeys } from '../support/remote-keys.js';
import type { Responder } from '../support/test-issuer.js';

const json = (body: unknown, init: ResponseInit = {}) => Response.json(body, init);
const drip = () =>
  new Response(
    new ReadableStream({
      pull: async (controller) => {
        await new Promise((resolve) => setTimeout(resolve, 2));
        controller.enqueue(new Uint8Array([0x20]));
      },
    }),
    { headers: { 'content-type': 'application/json' } },
  );
const endless = () =>
  new Response(
    new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(0x20)) }),
    { headers: { 'content-type': 'application/json' } },
  );

const broken: readonly (readonly [what: string, code: string, respond: Responder])[] = [
  ['an empty key set', 'invalid_key_set', () => json({ keys: [] })],
  ['a document without keys', 'invalid_key_set', () => json({})],
  ['null', 'invalid_key_set', () => json(null)],
  ['only symmetric keys', 'invalid_key_set', () => json({ keys: [{ kty: 'oct', k: 'AAAA', kid: 'k' }] })],
  ['thousands of keys', 'invalid_key_set', () => json({ keys: new Array(5000).fill({ kty: 'EC' }) })],
  [
    'an HTML page with status 200',
    'unexpected_content_type',
    () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
  ],
  [
    'HTML that says it is JSON',
    'invalid_json',
    () => new Response('<html>', { headers: { 'content-type': 'application/json' } }),
  ],
  [
    'an empty answer',
    'invalid_json',
    () => new Response('', { headers: { 'content-type': 'application/json' } }),
  ],
  ['no content', 'unexpected_status', () => new Response(null, { status: 204 })],
  [
    'bytes that are no UTF-8',
    'invalid_json',
    () =>
      new Response(new Uint8Array([0x22, 0xff, 0x22]), { headers: { 'content-type': 'application/json' } }),
  ],
  ['megabytes', 'response_too_large', () => json({ keys: [], filler: 'x'.repeat(600_000) })],
  ['an endless answer', 'response_too_large', endless],
  ['a slow drip', 'request_timeout', drip],
  ['silence', 'request_timeout', () => new Promise(() => undefined)],
  [
    'a redirect to another host',
    'redirect_refused',
    () => new Response(null, { status: 302, headers: { location: 'https://evil.example/jwks' } }),
  ],
  [
    'a redirect to plain http',
    'redirect_refused',
    () => new Response(null, { status: 301, headers: { location: 'http://as.example.com/jwks' } }),
  ],
  [
    'a redirect to itself',
    'redirect_refused',
    () => new Response(null, { status: 307, headers: { location: '/jwks' } }),
  ],
  ['a redirect to nowhere', 'redirect_refused', () => new Response(null, { status: 302 })],
  [
    'a redirect to nonsense',
    'redirect_refused',
    () => new Response(null, { status: 302, headers: { location: 'https://[' } }),
  ],
  ['a server error', 'unexpected_status', () => json({}, { status: 500 })],
  ['not found', 'unexpected_status', () => json({}, { status: 404 })],
  ['too many requests', 'unexpected_status', () => json({}, { status: 429 })],
  ['a partial answer', 'unexpected_status', () => json({ keys: [] }, { status: 206 })],
];

describe('a broken key set is a fault, never a withdrawal', () => {
  test.each(broken)('%s', async (_what, code, respond) => {
    const { clock, issuer, ask, faults } = await remoteKeys({ timeoutMs: 30 });
    await ask(issuer.key);
    issuer.overrides.set('/jwks', respond);
    clock.advance(700);
    expect(await ask(issuer.key)).toBe('found');
    expect(await ask('unknown')).toBe('unavailable');
    expect(faults.map((fault) => fault.code)).toEqual([code]);
    expect(issuer.requests.every((url) => url === `${issuer.issuer}/jwks`)).toBe(true);
    issuer.overrides.delete('/jwks');
    clock.advance(1);
    const key = await issuer.rotate();
    expect(await ask(key)).toBe('found');
  });

  test.each(broken)('[RFC9068-4-07] from the start: %s', async (_what, code, respond) => {
    const { issuer, lookup } = await remoteKeys({ timeoutMs: 30 });
    issuer.overrides.set('/jwks', respond);
    expect(await lookup(issuer.key)).toMatchObject({ kind: 'unavailable', error: { code } });
  });

  test('a fetch function that throws something that is no error', async () => {
    const { source } = await remoteKeys({
      fetch: async () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- not every fetch keeps to errors
        throw 'network';
      },
    });
    expect(await source.lookup({ kid: 'a', alg: 'ES256' })).toMatchObject({
      kind: 'unavailable',
      error: { code: 'request_failed' },
    });
  });
});

describe('what is odd but sound is accepted', () => {
  test('application/jwk-set+json, a byte order mark, a redirect within the origin', async () => {
    const { issuer, ask } = await remoteKeys();
    const body = `\ufeff${JSON.stringify({ keys: [issuer.key.publicJwk] })}`;
    const headers = { 'content-type': 'application/jwk-set+json; charset=utf-8' };
    issuer.overrides.set(
      '/jwks',
      () => new Response(null, { status: 302, headers: { location: '/keys?v=2' } }),
    );
    issuer.overrides.set('/keys', () => new Response(body, { headers }));
    expect(await ask(issuer.key)).toBe('found');
  });

  test('duplicate identifiers beside each other', async () => {
    const { issuer, lookup } = await remoteKeys();
    const other = await createKey({ kid: issuer.key.kid ?? '' });
    issuer.keys.push(other);
    expect(await lookup(issuer.key)).toMatchObject({ kind: 'found', keys: [{}, {}] });
  });

  test('further request fields are sent along, with what we accept', async () => {
    let sent: Readonly<Record<string, string>> = {};
    const { issuer, ask } = await remoteKeys({ headers: { 'x-api-key': 'k' } });
    const { key } = issuer;
    issuer.overrides.set('/jwks', (_url, init) => {
      sent = init.headers;
      return json({ keys: [key.publicJwk] });
    });
    await ask(key);
    expect(sent).toEqual({ accept: 'application/json, application/jwk-set+json', 'x-api-key': 'k' });
  });
});
