import { expect, test } from 'vitest';
import { requireScopes } from '../../src/context.js';
import type { BearerAuthOptions, MCPAuthEvent } from '../../src/index.js';
import { serve, tokenOf } from './callers.js';

const operations = { tools: { search: 'anonymous', '*': [] } } as const;

function serveDemanding(challenges: BearerAuthOptions['challenges'], events: MCPAuthEvent[] = []) {
  const handler = () => {
    requireScopes('notes:write');
    return new Response('{}');
  };
  return serve(handler, { operations, challenges, events });
}

const call = (name: string, scopes?: readonly string[]) =>
  new Request('https://api.example.com/mcp', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'mcp-protocol-version': '2026-07-28',
      ...(scopes && { authorization: `Bearer ${tokenOf({ subject: 'a', scopes })}` }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name } }),
  });

test('a handler that demands scopes is refused over HTTP by default', async () => {
  const server = serveDemanding(undefined);
  expect((await server.fetch(call('write', []))).status).toBe(403);
  expect((await server.fetch(call('search'))).status).toBe(401);
});

test.each([
  ['more scopes', 'write', [], 'error="insufficient_scope"', 'insufficient_scope'],
  ['a token', 'search', undefined, 'error="invalid_token"', 'missing_credentials'],
] as const)(
  'and where challenges are tool results, %s is asked for in one',
  async (_what, name, scopes, error, code) => {
    const events: MCPAuthEvent[] = [];
    const response = await serveDemanding('tool-result', events).fetch(call(name, scopes));
    expect(response.status).toBe(200);
    expect(response.headers.get('www-authenticate')).toBeNull();
    const answer = (await response.json()) as { result: { _meta: Record<string, string[]> } };
    expect(answer).toMatchObject({ id: 3, result: { isError: true } });
    expect(answer.result._meta['mcp/www_authenticate']?.[0]).toContain(error);
    expect(answer.result._meta['mcp/www_authenticate']?.[0]).toContain('scope="notes:write"');
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'decision', outcome: 'deny', status: 200, code }),
    );
  },
);
