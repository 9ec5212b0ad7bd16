/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is shown too */
import type { Context, Hono } from 'hono';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { MCPAuth as MCPAuthClass } from '../src/index.js';
import type { MCPAuth as LegacyMCPAuthClass } from '../src/legacy.js';

const resource = 'https://api.example.com/mcp';
const document = 'https://api.example.com/.well-known/oauth-protected-resource/mcp';
const issuer = 'https://as.example.com';

afterEach(() => {
  vi.doUnmock('hono');
  vi.resetModules();
});

// The adapter creates an app of its own, so the version of Hono counts inside as well
describe.each(['hono', 'hono-oldest'])('on %s', (version) => {
  let Framework: typeof Hono;
  let MCPAuth: typeof MCPAuthClass;
  let LegacyMCPAuth: typeof LegacyMCPAuthClass;

  beforeAll(async () => {
    const framework = (await import(version)) as { readonly Hono: typeof Hono };
    Framework = framework.Hono;
    vi.doMock('hono', () => framework);
    vi.resetModules();
    ({ MCPAuth } = await import('../src/index.js'));
    ({ MCPAuth: LegacyMCPAuth } = await import('../src/legacy.js'));
  });

  const create = () =>
    new MCPAuth({
      protectedResources: {
        metadata: { resource, authorizationServers: [{ issuer }] },
        cors: { origins: ['https://page.example'] },
      },
      onEvent: () => undefined,
    });

  const build: readonly (readonly [string, (app: Hono, mcpAuth: MCPAuthClass) => unknown])[] = [
    ['app.route', (app, mcpAuth) => app.route('/', mcpAuth.protectedResourceMetadataRouter())],
    ['app.use', (app, mcpAuth) => app.use(mcpAuth.protectedResourceMetadataRouter())],
    ['app.use below a path', (app, mcpAuth) => app.use('/*', mcpAuth.protectedResourceMetadataRouter())],
  ];

  test.each(build)('[contract row 7] the document is published by %s', async (_title, mount) => {
    const app = new Framework();
    mount(app, create());
    app.get('/open', (context) => context.text('open'));
    const answer = await app.request(document);
    expect([answer.status, await answer.json()]).toMatchObject([200, { resource }]);
    expect((await app.request(document, { method: 'HEAD' })).status).toBe(200);
    expect((await app.request(document, { method: 'POST' })).status).toBe(405);
    const preflight = await app.request(resource, {
      method: 'OPTIONS',
      headers: { origin: 'https://page.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://page.example');
    expect(await (await app.request('/open')).text()).toBe('open');
    expect((await app.request('/other')).status).toBe(404);
  });

  test('protects a route beside it', async () => {
    const app = new Framework();
    const mcpAuth = create();
    const verify = () => ({
      issuer,
      audience: resource,
      subject: 'alice',
      expiresAt: Date.now() / 1000 + 60,
    });
    app.use(mcpAuth.protectedResourceMetadataRouter());
    app.post('/mcp', mcpAuth.bearerAuth(verify, { resource }), (context: Context) => context.text('in'));
    const post = (headers: Record<string, string>) => app.request(resource, { method: 'POST', headers });
    expect((await post({})).status).toBe(401);
    expect(await (await post({ authorization: 'Bearer token' })).text()).toBe('in');
  });

  test('what it returns is still an app', async () => {
    const router = create().protectedResourceMetadataRouter();
    expect(router).toBeInstanceOf(Framework);
    router.notFound((context) => context.text('none', 410));
    router.get('/own', (context) => context.text('own'));
    router.route(
      '/more',
      new Framework().get('/', (context) => context.text('more')),
    );
    expect((await router.request(document)).status).toBe(200);
    expect((await router.fetch(new Request(document))).status).toBe(200);
    expect(await (await router.request('/own')).text()).toBe('own');
    expect(await (await router.request('/more')).text()).toBe('more');
    expect((await router.request('/other')).status).toBe(410);
  });

  test.each(['protectedResourceMetadataRouter', 'delegatedRouter', 'bearerAuth'] as const)(
    '%s handed over without a call says what to write, and lets nobody pass',
    async (name) => {
      const errors: unknown[] = [];
      const app = new Framework();
      app.onError((error, context) => {
        errors.push(error);
        return context.text('failed', 500);
      });
      /* eslint-disable @typescript-eslint/unbound-method -- the mistake that is tried */
      const method = (
        name === 'delegatedRouter'
          ? new LegacyMCPAuth({ server: { issuer } }).delegatedRouter
          : create()[name]
      ) as never;
      /* eslint-enable @typescript-eslint/unbound-method */
      app.use(method).get('/mcp', (context) => context.text('in'));
      expect((await app.request('/mcp')).status).toBe(500);
      expect(errors).toMatchObject([{ name: 'MCPAuthConfigError', code: 'invalid_option', path: name }]);
      expect(String(errors[0])).toContain(`mcpAuth.${name}(`);
    },
  );
});
