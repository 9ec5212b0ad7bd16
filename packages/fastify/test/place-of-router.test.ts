import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { MCPAuth, type MCPAuthEvent } from '../src/index.js';

const wellKnown = '/.well-known/oauth-protected-resource';
const apps: FastifyInstance[] = [];

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
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
  const app = Fastify();
  apps.push(app);
  const warnings = () => events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  const statusAt = async (url: string) => (await app.inject(url)).statusCode;
  return { mcpAuth, app, warnings, statusAt };
}

test('a router in a plugin with a prefix says so when it is registered, and what to write', async () => {
  const { mcpAuth, app, warnings, statusAt } = create();
  await app.register(
    async (api) => {
      await api.register(mcpAuth.protectedResourceMetadataRouter());
      api.get('/mcp', mcpAuth.bearerAuth(), () => 'in');
    },
    { prefix: '/api' },
  );
  expect(warnings()).toHaveLength(1);
  expect(warnings()[0]).toContain('inside a plugin with the prefix "/api"');
  expect(warnings()[0]).toContain('await app.register(mcpAuth.protectedResourceMetadataRouter())');
  expect(await statusAt('/api/mcp')).toBe(401);
  expect(await statusAt(`${wellKnown}/api/mcp`)).toBe(404);
});

test('so does one two plugins down', async () => {
  const { mcpAuth, app, warnings } = create();
  await app.register(
    async (api) => {
      await api.register(async (inner) => inner.register(mcpAuth.protectedResourceMetadataRouter()), {
        prefix: '/v1',
      });
    },
    { prefix: '/api' },
  );
  expect(warnings()[0]).toContain('"/api/v1"');
});

test.each([{}, { prefix: '/api' }])(
  'at the root, registered with %j, it is found and nothing is said',
  async (options) => {
    const { mcpAuth, app, warnings, statusAt } = create();
    await app.register(mcpAuth.protectedResourceMetadataRouter(), options);
    app.get('/api/mcp', mcpAuth.bearerAuth(), () => 'in');
    expect(await statusAt(`${wellKnown}/api/mcp`)).toBe(200);
    expect(await statusAt('/api/mcp')).toBe(401);
    expect(warnings()).toEqual([]);
  },
);

test('so does one in a plugin without a prefix, whose hooks Fastify calls for its routes alone', async () => {
  const { mcpAuth, app, warnings, statusAt } = create();
  await app.register(async (inner) => {
    await inner.register(mcpAuth.protectedResourceMetadataRouter());
    inner.get('/api/mcp', mcpAuth.bearerAuth(), () => 'in');
  });
  expect(await statusAt(`${wellKnown}/api/mcp`)).toBe(404);
  expect(warnings()).toHaveLength(1);
  expect(warnings()[0]).toContain('fastify-plugin');
});

test('a plugin that fastify-plugin has wrapped is no place of its own', async () => {
  const { mcpAuth, app, warnings, statusAt } = create();
  const plugin = async (inner: FastifyInstance) => {
    await inner.register(mcpAuth.protectedResourceMetadataRouter());
  };
  await app.register(Object.assign(plugin, { [Symbol.for('skip-override')]: true }), { prefix: '/api' });
  expect(await statusAt(`${wellKnown}/api/mcp`)).toBe(200);
  expect(warnings()).toEqual([]);
});

test('the document is at the address that metadataUrl names', async () => {
  const { mcpAuth, app, warnings, statusAt } = create(`https://api.example.com/api${wellKnown}`);
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  expect(await statusAt(`/api${wellKnown}`)).toBe(200);
  expect(await statusAt(`${wellKnown}/api/mcp`)).toBe(200);
  expect(warnings()).toEqual([]);
});
