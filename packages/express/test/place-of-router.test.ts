import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import express4 from 'express4';
import { afterEach, describe, expect, test } from 'vitest';
import { MCPAuth, type MCPAuthEvent } from '../src/index.js';

const servers: Server[] = [];
const wellKnown = '/.well-known/oauth-protected-resource';

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

function create(resource = 'https://api.example.com/api/mcp', metadataUrl?: string) {
  const events: MCPAuthEvent[] = [];
  const metadata = { resource, authorizationServers: ['https://as.example.com'] };
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata, metadataUrl },
    onEvent: (event) => events.push(event),
  });
  const warnings = () => events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  return { mcpAuth, warnings };
}

async function ask(app: Express, ...targets: readonly string[]): Promise<readonly number[]> {
  const server = createServer(app);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const statuses: number[] = [];
  for (const target of targets) statuses.push((await fetch(origin + target)).status);
  return statuses;
}

describe.each([
  ['Express 5', express],
  ['Express 4', express4],
])('%s', (_name, framework) => {
  test('a router below a path says so with the first request, and what to write', async () => {
    const { mcpAuth, warnings } = create();
    const app = framework();
    app.use('/api', mcpAuth.protectedResourceMetadataRouter());
    app.get('/api/mcp', mcpAuth.bearerAuth());
    expect(await ask(app, '/api/mcp', '/api/mcp', `${wellKnown}/api/mcp`)).toEqual([401, 401, 404]);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('below "/api" only');
    expect(warnings()[0]).toContain('app.use(mcpAuth.protectedResourceMetadataRouter())');
  });

  test('so does one in a router that is below a path', async () => {
    const { mcpAuth, warnings } = create();
    const [app, parent] = [framework(), framework.Router()];
    parent.use(mcpAuth.protectedResourceMetadataRouter());
    app.use('/api/v1', parent);
    await ask(app, '/api/v1/anything');
    expect(warnings()[0]).toContain('"/api/v1"');
  });

  test('and one in an application that is mounted', async () => {
    const { mcpAuth, warnings } = create();
    const [app, inner] = [framework(), framework()];
    inner.use(mcpAuth.protectedResourceMetadataRouter());
    app.use('/api', inner);
    await ask(app, '/api/mcp');
    expect(warnings()[0]).toContain('"/api"');
  });

  test.each(['/', '/.well-known'])('nothing is said at %s, where it is found', async (path) => {
    const { mcpAuth, warnings } = create();
    const app = framework();
    app.use(path, mcpAuth.protectedResourceMetadataRouter());
    expect(await ask(app, `${wellKnown}/api/mcp`, '/other')).toEqual([200, 404]);
    expect(warnings()).toEqual([]);
  });

  test('nothing is said where metadataUrl names an address below that path, and it is answered there', async () => {
    const { mcpAuth, warnings } = create(undefined, `https://api.example.com/api${wellKnown}`);
    const app = framework();
    app.use('/api', mcpAuth.protectedResourceMetadataRouter());
    expect(await ask(app, `/api${wellKnown}`)).toEqual([200]);
    expect(warnings()).toEqual([]);
  });

  test('bearerAuth in front of the router is told about', async () => {
    const { mcpAuth, warnings } = create();
    const app = framework();
    app.use(mcpAuth.bearerAuth());
    app.use(mcpAuth.protectedResourceMetadataRouter());
    expect(await ask(app, `${wellKnown}/api/mcp`)).toEqual([401]);
    expect(warnings()[0]).toContain('in front of bearerAuth');
  });

  test('a request for something else passes at once, through no layers of its own', () => {
    const router = create().mcpAuth.protectedResourceMetadataRouter();
    const request = { method: 'GET', url: '/other', baseUrl: '', headers: {}, rawHeaders: [] };
    let isPassed = false;
    router(request as never, {} as never, () => (isPassed = true));
    expect(isPassed).toBe(true);
    expect(request).not.toHaveProperty('next');
  });

  test('what is added to the router is served, and the documents still are', async () => {
    const router = create().mcpAuth.protectedResourceMetadataRouter();
    const seen: string[] = [];
    router.use((request, _response, next) => {
      seen.push(request.url);
      next();
    });
    router.get('/health', (_request, response) => void response.json({}));
    const app = framework();
    app.use(router);
    expect(await ask(app, '/health', '/other', `${wellKnown}/api/mcp`)).toEqual([200, 404, 200]);
    expect(seen).toEqual(['/health', '/other']);
  });
});

test('a server that is no Express application is answered, and its other requests pass', async () => {
  const { mcpAuth } = create();
  const router = mcpAuth.protectedResourceMetadataRouter();
  const pass = (_request: object, response: ServerResponse) => void response.writeHead(204).end();
  const app = (request: IncomingMessage, response: ServerResponse) =>
    router(request as never, response as never, () => pass(request, response));
  expect(await ask(app as never, '/other', `${wellKnown}/api/mcp`)).toEqual([204, 200]);
});
