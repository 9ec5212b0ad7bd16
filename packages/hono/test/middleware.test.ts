import { createTestIssuer } from '@mcp-auth/testing';
import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import { describe, expect, test } from 'vitest';
import { getAuth, MCPAuth, type AuthEnv } from '../src/index.js';

const resource = 'https://api.example.com/mcp';
const page = 'https://page.example';

async function create(options: { readonly cors?: { readonly origins: readonly string[] } } = {}) {
  const issuer = createTestIssuer({ audience: resource });
  const authorizationServers = [{ issuer: issuer.issuer, type: 'oauth' as const }];
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers }, ...options },
    fetch: issuer.fetch,
    onEvent: () => undefined,
  });
  const app = new Hono<AuthEnv>();
  const post = (token?: string, headers: Record<string, string> = {}) =>
    app.request(resource, {
      method: 'POST',
      headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    });
  return { issuer, mcpAuth, app, post };
}

describe('fields of a success', () => {
  test.each([
    ['a raw Response', () => new Response('{}', { headers: { 'x-own': '1' } })],
    ['context.json', (context: Context) => context.json({}, 200, { 'x-own': '1' })],
    ['an immutable Response', () => Response.redirect('https://api.example.com/', 302)],
  ])('[RFC9110-CORS-01] reach a browser whatever the handler returns: %s', async (_what, handler) => {
    const { issuer, mcpAuth, app, post } = await create({ cors: { origins: [page] } });
    app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), handler);
    const answer = await post(await issuer.mintToken(), { origin: page });
    expect(answer.headers.get('access-control-allow-origin')).toBe(page);
  });
});

describe('refusals', () => {
  test('keep what a CORS middleware in front has set', async () => {
    const { mcpAuth, app, post } = await create();
    app.use(cors({ origin: page, exposeHeaders: ['X-Own'] }));
    app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), (context) => context.text('in'));
    const answer = await post(undefined, { origin: page });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe(page);
    expect(answer.headers.get('access-control-expose-headers')).toMatch(
      /X-Own.*WWW-Authenticate|WWW-Authenticate.*X-Own/,
    );
  });

  test('a fault of the application reaches onError as an error', async () => {
    const { mcpAuth, app, post } = await create();
    const notAnError: unknown = 'text';
    const seen: unknown[] = [];
    app.onError((error, context) => {
      seen.push(error);
      return context.text('failed', 500);
    });

    app.post(
      '/mcp',
      mcpAuth.bearerAuth(() => Promise.reject(notAnError as Error), { resource }),
      (context) => context.text('in'),
    );
    expect((await post('opaque')).status).toBe(500);
    expect(seen).toMatchObject([
      { message: expect.stringContaining('not an Error') as string, cause: 'text' },
    ]);
  });
});

test('[MCP-2026-07-28-RS-044] a request without a body is handed on as it came, where operations are judged too', async () => {
  const { issuer, mcpAuth, app } = await create();
  const seen: Request[] = [];
  app.delete(
    '/mcp',
    mcpAuth.bearerAuth('jwt', { resource, operations: { tools: { '*': [] } } }),
    (context) => {
      seen.push(context.req.raw);
      return context.text('ended');
    },
  );
  const authorization = `Bearer ${await issuer.mintToken()}`;
  const request = new Request(resource, { method: 'DELETE', headers: { authorization } });
  expect(await (await app.fetch(request)).text()).toBe('ended');
  expect(seen[0]).toBe(request);
});

describe('getAuth', () => {
  test('knows nobody where no gate ran, whatever stands in the context', async () => {
    const app = new Hono<{ Variables: { auth: unknown } }>();
    app.get('/', (context) => {
      const none = getAuth(context);
      context.set('auth', { subject: 'root', token: 'x', scopes: ['admin'] });
      return context.json([none ?? null, getAuth(context) ?? null]);
    });
    expect(await (await app.request('/')).json()).toEqual([null, null]);
  });
});

test('[contract row 7] the metadata router leaves all other paths alone', async () => {
  const { mcpAuth, app } = await create();
  app.route('/', mcpAuth.protectedResourceMetadataRouter());
  app.get('/other', (context) => context.text('other'));
  expect(await (await app.request('/other')).text()).toBe('other');
  expect((await app.request('/.well-known/oauth-protected-resource/other')).status).toBe(404);
  expect((await app.request('/.well-known/oauth-protected-resource/mcp')).status).toBe(200);
});
