import {
  createMcpHandler,
  McpServer,
  ResourceTemplate,
  type McpHttpHandler,
  type ScopeChallengeHandler,
} from '@modelcontextprotocol/server';
import { describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import type { OperationPolicy } from '../../src/index.js';
import { createAuth, metadataUrl, resource, serve } from '../context/callers.js';
import { parseChallenge } from '../support/parse-challenge.js';
import { resultOf, wires } from './wires.js';

const scope = (name: string) => `mcp:conformance:${name}`;

/** What the public fixtures for scope challenges need. */
const operations: OperationPolicy = {
  tools: { '*': [], test_simple_text: [scope('tools:call'), scope('tools:test_simple_text')] },
  resources: {
    '*': [],
    'test://static-text': [scope('resources:read'), scope('resources:static')],
    'test://template/{id}/data': ({ operation: { variables } }) => [
      scope('resources:read'),
      scope(`resources:template:${variables.id ?? ''}`),
    ],
  },
  prompts: { '*': [], test_simple_prompt: [scope('prompts:get'), scope('prompts:test_simple_prompt')] },
};

const requests = [
  ['tools/call', { name: 'test_simple_text' }, ['tools:call', 'tools:test_simple_text']],
  ['resources/read', { uri: 'test://static-text' }, ['resources:read', 'resources:static']],
  ['resources/read', { uri: 'test://template/123/data' }, ['resources:read', 'resources:template:123']],
  ['prompts/get', { name: 'test_simple_prompt' }, ['prompts:get', 'prompts:test_simple_prompt']],
] as const;

const low = { subject: 'low', clientId: 'c', scopes: [scope('basic')] };
const full = { ...low, scopes: requests.flatMap(([, , scopes]) => scopes.map(scope)) };

function createFixtures(scopeChallenge: ScopeChallengeHandler): McpHttpHandler {
  return createMcpHandler(() => {
    const server = new McpServer({ name: 'fixtures', version: '1.0.0' });
    server.registerTool('test_simple_text', { scopeChallenge }, () => ({
      content: [{ type: 'text', text: 'ok' }],
    }));
    server.registerTool('open', {}, () => ({ content: [] }));
    const read = (uri: URL) => ({ contents: [{ uri: uri.href, text: 'ok' }] });
    server.registerResource('static', 'test://static-text', { scopeChallenge }, read);
    const template = new ResourceTemplate('test://template/{id}/data', { list: undefined });
    server.registerResource('template', template, { scopeChallenge }, read);
    server.registerPrompt('test_simple_prompt', { scopeChallenge }, () => ({ messages: [] }));
    return server;
  });
}

describe.each(wires)('scope challenges of the official SDK, on the $version wire', (wire) => {
  const challenge = createAuth().scopeChallenge(operations, { resource });
  const server = serve(createFixtures(challenge));

  test.each(requests)(
    '[MCP-2026-07-28-RS-024] %s %j: one challenge names both scopes, to the byte',
    async (method, params, needed) => {
      const response = await server.fetch(wire.request(low, method, params));
      expect(response.status).toBe(403);
      expect(response.headers.get('www-authenticate')).toBe(
        'Bearer error="insufficient_scope", error_description="The access token does not cover this operation", ' +
          `scope="${needed.map(scope).join(' ')}", resource_metadata="${metadataUrl}"`,
      );
    },
  );

  test.each(requests)('%s %j: runs for a caller with both', async (method, params) => {
    const response = await server.fetch(wire.request(full, method, params));
    expect(response.status).toBe(200);
    expect((await resultOf(response)).isError ?? false).toBe(false);
  });

  test.each(requests)('%s %j: is the same challenge as from our own gate', async (method, params) => {
    const own = serve(createFixtures(challenge), { operations });
    const [ours, theirs] = await Promise.all(
      [own, server].map((each) => each.fetch(wire.request(low, method, params))),
    );
    expect(ours?.status).toBe(403);
    expect(ours?.headers.get('www-authenticate')).toBe(theirs?.headers.get('www-authenticate'));
  });
});

describe.each(wires)('what covers, on the $version wire', (wire) => {
  const scopesSupported = ['notes', 'notes:read', 'notes:write'];
  const mcpAuth = createAuth({
    protectedResource: {
      metadata: { resource, authorizationServers: [{ issuer: 'https://as.example.com' }], scopesSupported },
      scopeHierarchy: { separator: ':' },
    },
  });
  const fixture = (...args: Parameters<typeof mcpAuth.scopeChallenge>) =>
    serve(createFixtures(mcpAuth.scopeChallenge(...args)));
  const call = (server: ReturnType<typeof fixture>, scopes: readonly string[]) =>
    server.fetch(wire.request({ subject: 'a', scopes }, 'tools/call', { name: 'test_simple_text' }));
  const asked = (response: Response) =>
    parseChallenge(response.headers.get('www-authenticate')!).parameters.scope?.split(' ');

  test('[MCP-2026-07-28-RS-026] a broader scope satisfies a narrower requirement', async () => {
    const server = fixture(['notes:read'], { resource });
    expect((await call(server, ['notes'])).status).toBe(200);
    expect((await call(server, ['note'])).status).toBe(403);
  });

  test('a rule decides by the arguments and the caller', async () => {
    const server = fixture(
      ({ operation, caller }) => {
        const name = operation.target ?? '';
        return caller?.subject === 'a' ? [`${name}:own`] : ['nobody'];
      },
      { resource },
    );
    expect(asked(await call(server, []))).toEqual(['test_simple_text:own']);
    expect((await call(server, ['test_simple_text:own'])).status).toBe(200);
  });

  test('[MCP-2026-07-28-RS-024] the scopes of the route are named too', async () => {
    const server = fixture({ anyOf: ['notes:write', 'admin'] }, { resource, requiredScopes: ['mcp'] });
    expect(asked(await call(server, []))).toEqual(['mcp', 'notes:write']);
    expect((await call(server, ['mcp', 'admin'])).status).toBe(200);
  });

  test('[MCP-2025-11-25-RS-023][MCP-2026-07-28-RS-022] old clients are asked for what they have as well', async () => {
    const server = fixture(['admin'], { resource });
    const scopes = asked(await call(server, ['notes:read', 'email']));
    expect(scopes).toEqual(wire.version === '2025-11-25' ? ['admin', 'notes:read'] : ['admin']);
    const always = fixture(['admin'], { resource, challengeScopes: 'required' });
    expect(asked(await call(always, ['notes:read']))).toEqual(['admin']);
  });

  test('a rule that comes to nonsense lets nothing pass', async () => {
    for (const needs of [['two words'], { anyOf: [] as string[] }]) {
      const response = await call(
        fixture(() => needs, { resource }),
        ['notes', 'two', 'words'],
      );
      expect([403, 500]).toContain(response.status);
    }
    const throwing = fixture(
      () => {
        throw new Error('a fault of the application');
      },
      { resource },
    );
    expect((await call(throwing, ['notes'])).status).toBe(500);
  });
});

describe('without a gate in front', () => {
  const ask = (needs: Parameters<ReturnType<typeof createAuth>['scopeChallenge']>[0]) =>
    createAuth().scopeChallenge(needs, { resource })({
      request: { method: 'tools/call', params: { name: 'x' } },
    });

  test('a caller that nobody has seen is refused', async () => {
    expect(await ask(['read'])).toEqual({
      scopes: ['read'],
      errorDescription: 'The access token does not cover this operation',
    });
  });

  test('unless the operation is open to everybody', async () => {
    expect(await ask('anonymous')).toBeUndefined();
    expect(await ask(() => 'anonymous')).toBeUndefined();
    expect(await ask(() => Promise.resolve('anonymous'))).toBeUndefined();
  });

  test('a rule that asks for a caller and no scope is not open to everybody', async () => {
    for (const needs of [[], { allOf: [] }, () => []])
      await expect(ask(needs)).rejects.toMatchObject({ code: 'missing_credentials' });
  });

  test('a rule that refuses, and one that answers what is none, end in an error of the SDK, never in a pass', async () => {
    await expect(ask('refuse')).rejects.toMatchObject({ code: 'refused_operation' });
    await expect(ask(() => undefined as never)).rejects.toMatchObject({ code: 'operation_failed' });
    await expect(ask(() => Promise.reject(new Error('down')))).rejects.toMatchObject({
      code: 'operation_failed',
    });
  });

  test('what names no target is not judged by targets', async () => {
    const challenge = createAuth().scopeChallenge(operations, { resource });
    for (const params of [undefined, {}, { uri: 7 }, { uri: 'x'.repeat(100_000) }]) {
      await expect(challenge({ request: { method: 'resources/read', params } })).rejects.toThrow(TypeError);
    }
  });
});

test.each([
  ['unknown_resource', ['read'], { resource: 'https://api.example.com/other' }],
  ['invalid_scope', ['two words'], { resource }],
  ['invalid_scope', ['read'], { resource, requiredScopes: ['two words'] }],
  ['invalid_option', { anyOf: [] }, { resource }],
] as const)('%s is said at construction', (code, needs, options) => {
  const construct = () => createAuth().scopeChallenge(needs, options);
  expect(construct).toThrow(MCPAuthConfigError);
  expect(construct).toThrow(expect.objectContaining({ code }) as Error);
});
