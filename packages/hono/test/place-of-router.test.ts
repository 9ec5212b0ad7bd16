import type { Hono } from 'hono';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { MCPAuth as MCPAuthClass, MCPAuthEvent } from '../src/index.js';

const wellKnown = '/.well-known/oauth-protected-resource';

afterEach(() => {
  vi.doUnmock('hono');
  vi.resetModules();
});

describe.each(['hono', 'hono-oldest'])('on %s', (version) => {
  let Framework: typeof Hono;
  let MCPAuth: typeof MCPAuthClass;

  beforeAll(async () => {
    const framework = (await import(version)) as { readonly Hono: typeof Hono };
    Framework = framework.Hono;
    vi.doMock('hono', () => framework);
    vi.resetModules();
    ({ MCPAuth } = await import('../src/index.js'));
  });

  function create(metadataUrl?: string) {
    const events: MCPAuthEvent[] = [];
    const metadata = {
      resource: 'https://api.example.com/api/mcp',
      authorizationServers: ['https://as.example.com'],
    };
    const mcpAuth = new MCPAuth({
      protectedResources: { metadata, metadataUrl },
      onEvent: (event) => events.push(event),
    });
    const warnings = () => events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    return { mcpAuth, warnings };
  }

  type Build = readonly [string, (app: Hono, mcpAuth: MCPAuthClass) => unknown];

  const below: readonly Build[] = [
    [
      'basePath',
      (app, mcpAuth) => app.basePath('/api').route('/', mcpAuth.protectedResourceMetadataRouter()),
    ],
    ['route', (app, mcpAuth) => app.route('/api', mcpAuth.protectedResourceMetadataRouter())],
    ['use', (app, mcpAuth) => app.use('/api/*', mcpAuth.protectedResourceMetadataRouter())],
    [
      'an app below another',
      (app, mcpAuth) => {
        const inner = new Framework();
        inner.route('/', mcpAuth.protectedResourceMetadataRouter());
        app.route('/api', inner);
      },
    ],
  ];

  test.each(below)('a router below a path, by %s, says so with the first request', async (_how, build) => {
    const { mcpAuth, warnings } = create();
    const app = new Framework();
    build(app, mcpAuth);
    app.get('/mcp', (context) => context.text(''));
    await app.request('/api/mcp');
    await app.request('/api/mcp');
    expect((await app.request(`${wellKnown}/api/mcp`)).status).toBe(404);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('below "/api" only');
    expect(warnings()[0]).toContain("app.route('/', mcpAuth.protectedResourceMetadataRouter())");
  });

  const atRoot: readonly Build[] = [
    ['route', (app, mcpAuth) => app.route('/', mcpAuth.protectedResourceMetadataRouter())],
    ['use', (app, mcpAuth) => app.use(mcpAuth.protectedResourceMetadataRouter())],
    ['use with a pattern', (app, mcpAuth) => app.use('*', mcpAuth.protectedResourceMetadataRouter())],
    [
      'use below /.well-known',
      (app, mcpAuth) => app.use('/.well-known/*', mcpAuth.protectedResourceMetadataRouter()),
    ],
  ];

  test.each(atRoot)('nothing is said at the root, by %s', async (_how, build) => {
    const { mcpAuth, warnings } = create();
    const app = new Framework();
    build(app, mcpAuth);
    app.get('/api/mcp', (context) => context.text('in'));
    expect(await (await app.request('/api/mcp')).text()).toBe('in');
    expect((await app.request(`${wellKnown}/api/mcp`)).status).toBe(200);
    expect((await app.request('/other')).status).toBe(404);
    expect(warnings()).toEqual([]);
  });

  test.each([
    `/api${wellKnown}`,
    `/api${wellKnown}/mcp`,
    '/documents/mcp.json',
    '/documents/a:b',
    '/documents/a*b',
    '/documents/caf%C3%A9',
    '/documents/a%2Fb',
  ])('the document is at the address that metadataUrl names: %s', async (path) => {
    const { mcpAuth, warnings } = create(`https://api.example.com${path}`);
    const app = new Framework();
    app.route('/', mcpAuth.protectedResourceMetadataRouter());
    app.get('/api/mcp', (context) => context.text('in'));
    expect((await app.request(`https://api.example.com${path}`)).status).toBe(200);
    expect((await app.request(`${wellKnown}/api/mcp`)).status).toBe(200);
    expect(await (await app.request('/api/mcp')).text()).toBe('in');
    expect((await app.request('/documents')).status).toBe(404);
    expect(warnings()).toEqual([]);
  });
});
