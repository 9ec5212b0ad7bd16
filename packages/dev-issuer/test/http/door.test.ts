import { request as sendRaw } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDevIssuer, type DevIssuer } from '../../src/index.js';
import { createRequest, register, registered } from '../support/client.js';

let issuer: DevIssuer;
let port: number;
beforeAll(async () => {
  issuer = await startDevIssuer({ port: 0 });
  port = Number(new URL(issuer.issuer).port);
});
afterAll(() => issuer.close());

interface Raw {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** A request whose every header is ours to choose. */
function send(
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const request = sendRaw({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
      // What was answered before the request was read to its end
      response.on('error', () => resolve({ status: response.statusCode ?? 0, headers: {}, body: text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const everything: readonly [method: string, path: string][] = [
  ['GET', '/'],
  ['GET', '/style.css'],
  ['GET', '/.well-known/oauth-authorization-server'],
  ['GET', '/.well-known/openid-configuration'],
  ['GET', '/jwks'],
  ['GET', '/auth'],
  ['GET', '/auth/abc'],
  ['GET', '/interaction/abc'],
  ['POST', '/interaction/abc'],
  ['POST', '/reg'],
  ['POST', '/token'],
  ['POST', '/token/introspection'],
  ['POST', '/token/revocation'],
  ['GET', '/me'],
];

describe('a page whose name was made to lead to this machine (DNS rebinding)', () => {
  it.each(everything)('gets nothing: %s %s', async (method, path) => {
    for (const host of ['attacker.example', `attacker.example:${port}`, `localhost:${port}`, '127.0.0.1']) {
      const { status, body } = await send(path, { method, headers: { host } });
      expect(status).toBe(421);
      expect(body).not.toContain('endpoint');
    }
  });
});

it('takes no request with two hosts, of which one is not its own', async () => {
  const socket = connect(port, '127.0.0.1');
  socket.end(
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: attacker.example\r\nConnection: close\r\n\r\n`,
  );
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  expect(text).toMatch(/^HTTP\/1\.1 400 /);
});

describe('a page on the web', () => {
  const isPublic = /^\/(\.well-known|jwks)/;

  it.each(everything.filter(([, path]) => !isPublic.test(path)))(
    'is refused: %s %s',
    async (method, path) => {
      for (const origin of [
        'https://attacker.example',
        'null',
        `http://127.0.0.1.attacker.example:${port}`,
      ]) {
        const { status, headers } = await send(path, { method, headers: { origin } });
        expect(status).toBe(403);
        expect(headers['access-control-allow-origin']).toBeUndefined();
      }
    },
  );

  it.each(['/reg', '/token', '/me', '/token/revocation'])('is refused its preflight: %s', async (path) => {
    const headers = { origin: 'https://attacker.example', 'access-control-request-method': 'POST' };
    const { status, headers: answered } = await send(path, { method: 'OPTIONS', headers });
    expect(status).toBe(403);
    expect(answered['access-control-allow-origin']).toBeUndefined();
  });

  it.each(everything.filter(([, path]) => isPublic.test(path)))(
    'may read what is public: %s %s',
    async (method, path) => {
      const origin = 'https://inspector.example';
      const { status, headers } = await send(path, { method, headers: { origin } });
      expect(status).toBe(200);
      expect(headers['access-control-allow-origin']).toBe(origin);
    },
  );

  it.each([
    ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image', 'sec-fetch-site': 'cross-site' }],
    ['a frame', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }],
    ['a script', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script', 'sec-fetch-site': 'same-site' }],
  ])(
    'cannot begin a login behind the back of its reader: by %s',
    async (_what, headers: Record<string, string>) => {
      const { url } = createRequest(issuer.issuer, await registered(issuer.issuer), { scope: 'a' });
      expect((await send(`${url.pathname}${url.search}`, { headers })).status).toBe(403);
    },
  );

  it('cannot send the form of the login, though its browser says no origin', async () => {
    const headers = {
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      'sec-fetch-site': 'cross-site',
    };
    expect((await send('/interaction/abc', { method: 'POST', headers })).status).toBe(403);
  });
});

describe('a client in a page on this machine', () => {
  const origin = 'http://localhost:6274';

  it('may register', async () => {
    const asked = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const preflight = await send('/reg', { method: 'OPTIONS', headers: { origin, ...asked } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-headers': 'content-type',
    });
    const response = await send('/reg', {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({
        redirect_uris: [`${origin}/oauth/callback`],
        token_endpoint_auth_method: 'none',
      }),
    });
    expect(response.status).toBe(201);
    expect(response.headers['access-control-allow-origin']).toBe(origin);
  });

  it('may read what the token endpoint says', async () => {
    const { client_id } = await registered(issuer.issuer);
    const response = await send('/token', {
      method: 'POST',
      headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: `grant_type=authorization_code&code=none&client_id=${client_id}`,
    });
    expect(response.status).toBe(400);
    expect(response.headers['access-control-allow-origin']).toBe(origin);
  });

  it.each(['/', '/auth', '/interaction/abc', '/token/introspection'])('may not read %s', async (path) => {
    const method = path.startsWith('/token') ? 'POST' : 'GET';
    expect((await send(path, { method, headers: { origin } })).status).toBe(403);
  });
});

describe('nothing is reached by another spelling', () => {
  it.each([
    '/AUTH',
    '/Auth?response_mode=form_post',
    '/REG',
    '/Token',
    '/auth/',
    '//auth',
    '/%61uth',
    '/session/end',
    '/session/end/confirm',
    '/request',
    '/../auth',
    '/interaction/../reg',
    '/style.css/',
    '/etc/passwd',
    '/.mcp-auth-dev/keys.json',
  ])('%s', async (path) => {
    expect((await send(path)).status).toBe(404);
  });

  it('nor with an origin in the target', async () => {
    expect((await send(`http://127.0.0.1:${port}/auth`)).status).toBe(404);
  });

  it.each([
    'response_mode=form_post',
    'response%5Fmode=form_post',
    'response_mode=query&response_mode=form_post',
  ])('nor is there a page with a script: %s', async (query) => {
    const parameters = { resource: 'http://localhost:3000/mcp', scope: 'a', prompt: 'none' };
    const { url } = createRequest(issuer.issuer, await registered(issuer.issuer), parameters);
    const { status, body } = await send(`${url.pathname}${url.search}&${query}`);
    expect(status).toBe(400);
    expect(body).toBe('There is no response_mode but query.\n');
  });
});

describe('a body that is too long', () => {
  it.each([
    ['a registration', '/reg', 'application/json', 9 * 1024],
    ['a form', '/token', 'application/x-www-form-urlencoded', 60 * 1024],
  ])('is not kept: %s', async (_what, path, type, length) => {
    const headers = { 'content-type': type };
    const sent = { ...headers, 'content-length': String(length) };
    expect((await send(path, { method: 'POST', headers: sent, body: 'x'.repeat(length) })).status).toBe(413);
    const chunked = { ...headers, 'transfer-encoding': 'chunked' };
    expect((await send(path, { method: 'POST', headers: chunked, body: 'x'.repeat(length) })).status).toBe(
      413,
    );
  });

  it('does not keep others out', async () => {
    expect((await register(issuer.issuer)).status).toBe(201);
  });
});

it('no other machine can reach it', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of others) {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect(port, address, () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    expect(reached, address).toBe(false);
  }
});
