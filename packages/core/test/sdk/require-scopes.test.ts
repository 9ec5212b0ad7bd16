import { createMcpHandler, McpServer, type McpHttpHandler } from '@modelcontextprotocol/server';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { getAuthInfo, requireScopes } from '../../src/context.js';
import { MCPAuthInsufficientScopeError } from '../../src/errors/bearer-auth-error.js';
import { metadataUrl, post, serve } from '../context/callers.js';
import { parseChallenge } from '../support/parse-challenge.js';
import { resultOf, wires } from './wires.js';

const alice = { subject: 'alice', clientId: 'c', scopes: ['read'] };

function createHandler(): McpHttpHandler {
  return createMcpHandler(() => {
    const server = new McpServer({ name: 'notes', version: '1.0.0' });
    const done = { content: [{ type: 'text' as const, text: 'done' }] };
    server.registerTool('whoami', {}, async (context) => {
      await wait(1);
      const isSame = getAuthInfo() === context.http?.authInfo;
      return { content: [{ type: 'text', text: `${getAuthInfo()?.subject ?? 'nobody'} ${isSame}` }] };
    });
    server.registerTool('purge', {}, async () => {
      await wait(1);
      requireScopes('admin');
      return done;
    });
    server.registerTool('purge-loudly', {}, async (context) => {
      await context.mcpReq.notify({
        method: 'notifications/progress',
        params: { progressToken: 1, progress: 1 },
      });
      await wait(5);
      requireScopes('admin');
      return done;
    });
    server.registerTool('purge-kindly', {}, async (context) => {
      await context.mcpReq.notify({
        method: 'notifications/progress',
        params: { progressToken: 1, progress: 1 },
      });
      await wait(5);
      try {
        requireScopes('admin');
        return done;
      } catch (error) {
        if (error instanceof MCPAuthInsufficientScopeError) return error.toToolResult();
        throw error;
      }
    });
    server.registerResource('secret', 'notes://secret', {}, (uri) => {
      requireScopes('admin');
      return { contents: [{ uri: uri.href, text: 'secret' }] };
    });
    server.registerPrompt('summary', {}, () => {
      requireScopes('admin');
      return { messages: [] };
    });
    return server;
  });
}

describe.each(wires)('with the official SDK, version 2, on the $version wire', (wire) => {
  const server = serve(createHandler());
  const call = (name: string, caller = alice) => server.fetch(wire.request(caller, 'tools/call', { name }));

  test('[MCP-2026-07-28-RS-021] a tool, a resource and a prompt are refused with 403', async () => {
    const answers = await Promise.all([
      call('purge'),
      server.fetch(wire.request(alice, 'resources/read', { uri: 'notes://secret' })),
      server.fetch(wire.request(alice, 'prompts/get', { name: 'summary' })),
    ]);
    for (const response of answers) {
      expect(response.status).toBe(403);
      expect(parseChallenge(response.headers.get('www-authenticate')!).parameters).toEqual({
        error: 'insufficient_scope',
        error_description: 'The access token does not cover this operation',
        scope: 'admin',
        resource_metadata: metadataUrl,
      });
    }
  });

  test('a tool of a caller with enough runs', async () => {
    const response = await call('purge', { ...alice, scopes: ['read', 'admin'] });
    expect(response.status).toBe(200);
    expect((await resultOf(response)).content).toEqual([{ type: 'text', text: 'done' }]);
  });

  test('a tool knows its caller', async () => {
    const result = await resultOf(await call('whoami'));
    expect(result.content).toEqual([{ type: 'text', text: 'alice true' }]);
  });

  test('a tool that has sent progress answers with a tool error that carries the challenge', async () => {
    const response = await call('purge-loudly');
    expect(response.status).toBe(200);
    const { isError, content } = await resultOf(response);
    expect(isError).toBe(true);
    const [, challenge = ''] = content?.[0]?.text.split('WWW-Authenticate: ') ?? [];
    expect(parseChallenge(challenge).parameters).toMatchObject({
      scope: 'admin',
      resource_metadata: metadataUrl,
    });
  });

  test('a tool that catches the error can have it where clients look for it', async () => {
    const { isError, _meta: meta } = await resultOf(await call('purge-kindly'));
    expect(isError).toBe(true);
    const [challenge = ''] = (meta as Record<string, string[]>)['mcp/www_authenticate'] ?? [];
    expect(parseChallenge(challenge).parameters).toMatchObject({ scope: 'admin' });
  });
});

test('a batch is refused as a whole while nothing of it was answered', async () => {
  const server = serve(createHandler());
  const call = (id: number, name: string) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name } });
  const fields = { 'mcp-protocol-version': '2025-03-26' };
  const first = await server.fetch(post(alice, [call(1, 'purge'), call(2, 'purge')], fields));
  expect(first.status).toBe(403);
  // whoami and purge take equally long; the refusal comes with the first chunk at the latest
  const loud = await server.fetch(post(alice, [call(1, 'whoami'), call(2, 'purge-loudly')], fields));
  expect(loud.status).toBe(200);
  expect(await loud.text()).toContain('insufficient_scope');
});
