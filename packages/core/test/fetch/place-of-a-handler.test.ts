import { describe, expect, test } from 'vitest';
import { MCPAuth } from '../../src/fetch.js';
import type { MCPAuthEvent } from '../../src/index.js';
import { configError } from '../support/config-error.js';

const issuer = 'https://as.example.com';
const verify = (token: string) => ({
  ...{ issuer, subject: token, audience: 'mcp' },
  expiresAt: Date.now() / 1000 + 60,
});

function create(resource: string, path?: string) {
  const events: MCPAuthEvent[] = [];
  const paths: string[] = [];
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
    onEvent: (event) => events.push(event),
  });
  const handler = {
    fetch: (request: Request) => {
      paths.push(new URL(request.url).pathname);
      return new Response('in');
    },
  };
  const served = mcpAuth.protect(handler, verify, {
    resource,
    audience: 'mcp',
    ...(path !== undefined && { path }),
  });
  const ask = async (target: string, init: RequestInit = {}) =>
    served.fetch(new Request(new URL(target, 'https://internal.example:8080'), init));
  const statuses = async (targets: readonly string[], init?: RequestInit) =>
    Promise.all(targets.map(async (target) => (await ask(target, init)).status));
  return { events, paths, ask, statuses };
}

const withToken = { headers: { authorization: 'Bearer alice' } };

describe('a path that is not the resource’s', () => {
  const elsewhere = [
    '/',
    '/other',
    '/mcp2',
    '/MCP',
    '/x/mcp',
    '//mcp',
    '/favicon.ico',
    '/.well-known/openid-configuration',
  ];

  test('is 404 without a challenge, and never reaches the handler', async () => {
    const { ask, statuses, paths } = create('https://api.example.com/mcp');
    const answer = await ask('/other', { method: 'POST' });
    expect([
      answer.status,
      answer.headers.get('www-authenticate'),
      answer.headers.get('content-type'),
    ]).toEqual([404, null, 'application/json']);
    for (const init of [{}, { method: 'POST' }, { method: 'OPTIONS' }, withToken]) {
      expect(new Set(await statuses(elsewhere, init))).toEqual(new Set([404]));
    }
    expect(paths).toEqual([]);
  });

  test('is told to the owner where somebody came there with credentials, and only then', async () => {
    const { ask, events } = create('https://api.example.com/mcp');
    await ask('/favicon.ico');
    expect(events).toEqual([]);
    for (let index = 0; index < 3; index++) await ask('/', withToken);
    expect(events).toMatchObject([
      { type: 'warning', message: expect.stringContaining("path: '/where/they/arrive'") },
    ]);
    expect(JSON.stringify(events)).not.toContain('alice');
  });

  test('[contract row 7] does not hide the metadata', async () => {
    const { statuses } = create('https://api.example.com/mcp', '/internal');
    expect(await statuses(['/.well-known/oauth-protected-resource/mcp'])).toEqual([200]);
  });
});

describe('the path of the resource', () => {
  const here = ['/mcp', '/mcp/', '/mcp?x=1', '/mcp/?x=1', '/mcp/messages', '/mcp/a/b?c'];

  test.each([
    'https://api.example.com/mcp',
    'https://api.example.com/mcp/',
    'https://api.example.com/mcp?tenant=1',
  ])('[MCP-2026-07-28-RS-018] %s needs a token, whatever the host is, and below it too', async (resource) => {
    const { statuses, paths } = create(resource);
    expect(new Set(await statuses(here))).toEqual(new Set([401]));
    expect(paths).toEqual([]);
    expect(new Set(await statuses(here, withToken))).toEqual(new Set([200]));
  });

  test.each(['https://api.example.com', 'https://api.example.com/'])('%s is every path', async (resource) => {
    const { statuses } = create(resource);
    expect(await statuses(['/', '/mcp', '/a/b'])).toEqual([401, 401, 401]);
    expect(await statuses(['/', '/mcp', '/a/b'], withToken)).toEqual([200, 200, 200]);
  });
});

describe('where requests arrive elsewhere', () => {
  test('path says where, and the handler finds them as they came', async () => {
    const { statuses, paths } = create('https://api.example.com/mcp', '/internal');
    expect(await statuses(['/internal', '/internal/x', '/mcp'])).toEqual([401, 401, 404]);
    expect(await statuses(['/internal', '/internal/x', '/mcp'], withToken)).toEqual([200, 200, 404]);
    expect(paths).toEqual(['/internal', '/internal/x']);
  });

  test('a slash stands for every path', async () => {
    const { statuses } = create('https://api.example.com/mcp', '/');
    expect(await statuses(['/', '/mcp', '/x'])).toEqual([401, 401, 401]);
    expect(await statuses(['/', '/mcp', '/x'], withToken)).toEqual([200, 200, 200]);
  });

  test.each(['internal', '', '/internal?x', 'https://api.example.com/mcp', 42, null])(
    '%j is no path',
    (path) => {
      const error = configError(() => create('https://api.example.com/mcp', path as never));
      expect(error).toMatchObject({ code: 'invalid_option', path: 'path' });
      expect(error.message).toContain('must be a path');
    },
  );
});
