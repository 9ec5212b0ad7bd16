import { describe, expect, test } from 'vitest';
import { MCPAuth, type FetchHandlerOptions } from '../../src/fetch.js';
import { MCPAuth as LegacyMCPAuth } from '../../src/legacy.js';
import { toResponse } from '../../src/web/to-response.js';
import { WebRequestHead } from '../../src/web/web-request-head.js';
import { createClock } from '../support/clock.js';
import { parseChallenge } from '../support/parse-challenge.js';
import { metadataUrl, resource } from '../support/protect.js';
import { TestIssuer } from '../support/test-issuer.js';

async function create(options: { cors?: { origins: '*' } } = {}) {
  const clock = createClock();
  const issuer = await TestIssuer.create(clock);
  const mcpAuth = new MCPAuth({
    protectedResources: {
      metadata: { resource, authorizationServers: [{ issuer: issuer.issuer, type: 'oauth' }] },
      ...options,
    },
    fetch: issuer.fetch,
    now: clock.now,
    onEvent: () => undefined,
  });
  const calls: FetchHandlerOptions[] = [];
  const handler = {
    fetch: (_request: Request, given: FetchHandlerOptions = {}) => {
      calls.push(given);
      return Response.json({ subject: given.authInfo?.subject }, { headers: { 'x-own': '1' } });
    },
  };
  const served = mcpAuth.protect(handler, 'jwt', { resource });
  const send = (token?: string, url = resource, init: RequestInit = {}) =>
    served.fetch(
      new Request(url, {
        method: 'POST',
        ...init,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      }),
    );
  return { issuer, mcpAuth, send, calls, served };
}

describe('the fetch entry', () => {
  test('[MCP-2026-07-28-RS-030] a refused request never reaches the handler', async () => {
    const { send, calls, issuer } = await create();
    const first = await send();
    const others = await Promise.all([send('garbage'), send(await issuer.sign({ aud: 'elsewhere' }))]);
    expect([first, ...others].map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(calls).toEqual([]);
    expect(parseChallenge(first.headers.get('www-authenticate') ?? '').parameters).toEqual({
      resource_metadata: metadataUrl,
    });
  });

  test.each(['GET', 'POST', 'DELETE', 'PUT', 'OPTIONS', 'HEAD'])(
    '[MCP-2026-07-28-RS-044] %s is protected alike',
    async (method) => {
      const { send, calls } = await create();
      expect((await send(undefined, resource, { method })).status).toBe(401);
      expect(calls).toEqual([]);
    },
  );

  test('[contract row 11] the handler gets the caller as authInfo', async () => {
    const { send, calls, issuer } = await create();
    const answer = await send(await issuer.sign());
    expect(await answer.json()).toEqual({ subject: 'user-1' });
    expect(calls[0]?.authInfo?.scopes).toEqual(['read', 'write']);
  });

  test('[contract row 7] the metadata is published beside it', async () => {
    const { send, calls } = await create();
    const answer = await send(undefined, metadataUrl, { method: 'GET' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      resource,
      authorization_servers: ['https://as.example.com'],
    });
    expect((await send(undefined, metadataUrl, { method: 'POST' })).status).toBe(405);
    expect(calls).toEqual([]);
  });

  test('[RFC9110-CORS-01] fields of success are added to the handler’s own', async () => {
    const { served, issuer } = await create({ cors: { origins: '*' } });
    const headers = { authorization: `Bearer ${await issuer.sign()}`, origin: 'https://page.example' };
    const answer = await served.fetch(new Request(resource, { method: 'POST', headers }));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('x-own')).toBe('1');
  });

  test.each([
    ['null', null, 'is null.'],
    ['a function', () => new Response(), 'is a function: write { fetch: handler }.'],
    ['an object that serves nothing', { handle: () => new Response() }, 'has none.'],
    ['a fetch that cannot be called', { fetch: 'later' }, 'has none.'],
  ])(
    'no handler is told at start, and not to the first caller with a token: %s',
    async (_what, handler, end) => {
      const { mcpAuth } = await create();
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- legacy mode is tested here too
      const legacy = new LegacyMCPAuth({ server: { issuer: 'https://as.example.com' } });
      const problem = expect.objectContaining({
        code: 'invalid_option',
        message: `handler: must be an object with a method fetch, but ${end}`,
      }) as Error;
      expect(() => mcpAuth.protect(handler as never)).toThrow(problem);
      expect(() => legacy.protect(handler as never, { audience: 'api' })).toThrow(problem);
    },
  );

  test('a function with a method fetch serves, as the applications of some frameworks do', async () => {
    const { mcpAuth, issuer } = await create();
    const application = Object.assign(() => undefined, { fetch: () => new Response('served') });
    const request = new Request(resource, { headers: { authorization: `Bearer ${await issuer.sign()}` } });
    const response = await mcpAuth.protect(application).fetch(request);
    expect(await response.text()).toBe('served');
  });

  test('an error of the handler is the handler’s', async () => {
    const { mcpAuth, issuer } = await create();
    const broken = mcpAuth.protect(
      {
        fetch: () => {
          throw new RangeError('own');
        },
      },
      'jwt',
      { resource },
    );
    const request = new Request(resource, {
      method: 'POST',
      headers: { authorization: `Bearer ${await issuer.sign()}` },
    });
    await expect(broken.fetch(request)).rejects.toThrow(RangeError);
  });

  test('a fault of a custom verifier is an error, also where it threw something else', async () => {
    const { mcpAuth } = await create();
    const failing = (error: unknown) =>
      mcpAuth
        .protect({ fetch: () => new Response() }, () => Promise.reject(error as Error), { resource })
        .fetch(new Request(resource, { method: 'POST', headers: { authorization: 'Bearer opaque' } }));
    await expect(failing(new RangeError('bug'))).rejects.toThrow(RangeError);
    await expect(failing('text')).rejects.toMatchObject({ cause: 'text' });
  });

  test('[RFC9110-11.6.2-01] two Authorization headers are seen although Fetch joins them', async () => {
    const { served, calls, issuer } = await create();
    const request = new Request(resource, { method: 'POST' });
    request.headers.append('authorization', `Bearer ${await issuer.sign()}`);
    request.headers.append('authorization', 'Bearer other');
    expect((await served.fetch(request)).status).toBe(400);
    expect(calls).toEqual([]);
  });
});

describe('the pieces for web-standard servers', () => {
  test('a request head reads what Request has', () => {
    const head = new WebRequestHead(
      new Request('https://a.example/mcp?x=1', { method: 'PUT', headers: { 'x-a': '1' } }),
    );
    expect([head.method, head.target, head.host, head.rawHeaders]).toEqual([
      'PUT',
      'https://a.example/mcp?x=1',
      'a.example',
      undefined,
    ]);
    expect([head.header('x-a'), head.header('x-b')]).toEqual(['1', undefined]);
  });

  test('an answer becomes a Response, repeated fields included', async () => {
    const response = toResponse({
      status: 401,
      headers: [
        ['WWW-Authenticate', 'Bearer a'],
        ['WWW-Authenticate', 'DPoP b'],
        ['Cache-Control', 'no-store'],
      ],
      body: '{}',
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer a, DPoP b');
    expect(await response.text()).toBe('{}');
    expect(toResponse({ status: 204, headers: [], body: undefined }).body).toBeNull();
  });

  test('fields the application has set are kept where they form a list, and replaced elsewhere', () => {
    const kept = new Headers({ vary: 'Accept', 'cache-control': 'public', 'x-own': '1' });
    const { headers } = toResponse(
      {
        status: 401,
        headers: [
          ['Vary', 'Origin'],
          ['Cache-Control', 'no-store'],
        ],
        body: undefined,
      },
      kept,
    );
    expect([headers.get('vary'), headers.get('cache-control'), headers.get('x-own')]).toEqual([
      'Accept, Origin',
      'no-store',
      '1',
    ]);
  });
});
