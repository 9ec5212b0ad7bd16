import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { getAuthInfo, hasScopes, requireScopes } from '../../src/context.js';
import { MCPAuthBearerAuthError, MCPAuthInsufficientScopeError } from '../../src/errors/bearer-auth-error.js';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { parseChallenge } from '../support/parse-challenge.js';
import { metadataUrl, post, resource, serve, tokenOf } from './callers.js';

const encoder = new TextEncoder();
const alice = { subject: 'alice', clientId: 'c', scopes: ['read'] };
const modern = { 'mcp-protocol-version': '2026-07-28' };

function challengeOf(response: Response): Record<string, string> {
  const value = response.headers.get('www-authenticate');
  if (value === null) throw new Error('no challenge');
  return { ...parseChallenge(value).parameters };
}

/** What a handler that asks for scopes throws. */
function refusalOf(...scopes: [string, ...string[]]): MCPAuthInsufficientScopeError {
  try {
    requireScopes(...scopes);
  } catch (error) {
    if (error instanceof MCPAuthInsufficientScopeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** An event stream that is open before the work begins. */
function stream(work: (send: (text: string) => void) => Promise<void>): Response {
  const body = new ReadableStream({
    start: (controller) => {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      void work(send).finally(() => controller.close());
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'mcp-session-id': 's-1' } });
}

describe('while the response has not begun', () => {
  test('[MCP-2026-07-28-RS-021] a handler that throws is answered with 403 and one complete challenge', async () => {
    const events: MCPAuthEvent[] = [];
    const server = serve(
      async () => {
        await wait(1);
        requireScopes('notes:admin', 'notes:write');
        return new Response('never');
      },
      { events, requiredScopes: ['read'] },
    );
    const response = await server.fetch(post(alice, {}, modern));
    expect(response.status).toBe(403);
    expect(challengeOf(response)).toEqual({
      error: 'insufficient_scope',
      error_description: 'The access token does not cover this operation',
      scope: 'read notes:admin notes:write',
      resource_metadata: metadataUrl,
    });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('access-control-expose-headers')).toBe('WWW-Authenticate');
    expect(await response.json()).toMatchObject({ error: 'insufficient_scope' });
    expect(events).toMatchObject([
      { outcome: 'allow', caller: { subject: expect.any(String) } },
      { outcome: 'deny', resource, status: 403, code: 'insufficient_scope' },
    ]);
  });

  test('[MCP-2026-07-28-RS-021] so is one that turns the error into an answer, or into a stream', async () => {
    const asJson = serve(() => Response.json(refusalOf('admin').toToolResult()));
    const asStream = serve(() =>
      stream(async (send) => {
        await wait(1);
        send(`data: ${JSON.stringify(refusalOf('admin').toToolResult())}\n\n`);
      }),
    );
    for (const server of [asJson, asStream]) {
      const response = await server.fetch(post(alice, {}, modern));
      expect(response.status).toBe(403);
      expect(challengeOf(response).scope).toBe('admin');
      expect(response.headers.get('mcp-session-id')).toBeNull();
    }
  });

  test('a stream that stays silent after the refusal is not waited for, and is given up', async () => {
    let isCancelled = false;
    const server = serve(() => {
      const body = new ReadableStream({
        start: async () => {
          await wait(1);
          refusalOf('admin');
        },
        cancel: () => void (isCancelled = true),
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    });
    expect((await server.fetch(post(alice))).status).toBe(403);
    expect(isCancelled).toBe(true);
  });

  test('[MCP-2026-07-28-RS-024] several handlers of one request are refused together', async () => {
    const server = serve(async () => {
      await Promise.allSettled(
        ['admin', 'export'].map(async (scope) => {
          await wait(1);
          requireScopes(scope);
        }),
      );
      return new Response('both refused');
    });
    const response = await server.fetch(post(alice, {}, modern));
    expect([response.status, challengeOf(response).scope]).toEqual([403, 'admin export']);
  });

  test('[MCP-2026-07-28-RS-024] what the operation is known to need is named too', async () => {
    const server = serve(
      () => {
        requireScopes('admin');
        return new Response();
      },
      { operations: { tools: { '*': [], delete: ['write'] } }, requiredScopes: ['read'] },
    );
    const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'delete' } };
    const response = await server.fetch(post({ subject: 'a', scopes: ['read', 'write'] }, body, modern));
    expect(challengeOf(response).scope).toBe('read write admin');
  });

  test('[MCP-2025-11-25-RS-023] a 2025 client, which replaces its scopes, is asked for those it has as well', async () => {
    const server = serve(
      () => {
        requireScopes('admin');
        return new Response();
      },
      { protectedResource: { metadata: metadataWith(['list', 'admin']) } },
    );
    const caller = { subject: 'a', scopes: ['list', 'email'] };
    const old = await server.fetch(post(caller, {}, { 'mcp-protocol-version': '2025-11-25' }));
    expect(challengeOf(old).scope).toBe('admin list');
    const current = await server.fetch(post(caller, {}, modern));
    expect(challengeOf(current).scope).toBe('admin');
  });

  test('[RFC6750-3.1-04] a caller without a token is told to log in, without an error code', async () => {
    const server = serve(
      () => {
        const error = refusalOf('admin');
        expect([error.code, error.status]).toEqual(['missing_credentials', 401]);
        return new Response();
      },
      { operations: { methods: { ping: 'anonymous' } }, requiredScopes: ['read'] },
    );
    const response = await server.fetch(post(undefined, { jsonrpc: '2.0', id: 1, method: 'ping' }));
    expect(response.status).toBe(401);
    expect(challengeOf(response)).toEqual({ scope: 'read admin', resource_metadata: metadataUrl });
  });

  test('a web page can read the refusal', async () => {
    const origin = 'https://app.example.com';
    const server = serve(
      () => {
        requireScopes('admin');
        return new Response();
      },
      { protectedResource: { cors: { origins: [origin] } } },
    );
    const response = await server.fetch(post(alice, {}, { origin }));
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
  });
});

describe('once the response has begun', () => {
  test('the answer stays as it is, and the error carries the same challenge', async () => {
    const events: MCPAuthEvent[] = [];
    const server = serve(
      () =>
        stream(async (send) => {
          send('data: progress\n\n');
          await wait(5);
          send(`data: ${JSON.stringify(refusalOf('admin').toToolResult())}\n\n`);
        }),
      { events },
    );
    const response = await server.fetch(post(alice, {}, modern));
    expect(response.status).toBe(200);
    expect(response.headers.get('mcp-session-id')).toBe('s-1');
    const [, last = ''] = (await response.text()).split('\n\n');
    const result = JSON.parse(last.slice('data: '.length)) as ReturnType<
      MCPAuthInsufficientScopeError['toToolResult']
    >;
    const [challenge = ''] = result._meta['mcp/www_authenticate'];
    expect(parseChallenge(challenge).parameters).toEqual({
      error: 'insufficient_scope',
      error_description: 'The access token does not cover this operation',
      scope: 'admin',
      resource_metadata: metadataUrl,
    });
    expect(result.isError).toBe(true);
    expect(result.content[0]?.text).toContain(challenge);
    expect(events).toMatchObject([
      { outcome: 'allow' },
      { outcome: 'deny', resource, status: 200, code: 'insufficient_scope' },
    ]);
  });

  test('a stream of a request that is no POST has begun from the start', async () => {
    const server = serve(() => Response.json(refusalOf('admin').toToolResult()));
    const headers = { authorization: `Bearer ${tokenOf(alice)}` };
    expect((await server.fetch(new Request(resource, { headers }))).status).toBe(200);
  });

  test('work that outlives its request is refused, and changes nothing any more', async () => {
    let late: Promise<string> | undefined;
    const server = serve(() => {
      late = wait(5).then(() => refusalOf('admin').code);
      return new Response('done');
    });
    expect((await server.fetch(post(alice))).status).toBe(200);
    expect(await late).toBe('insufficient_scope');
  });
});

describe('what counts as covered', () => {
  test('[MCP-2026-07-28-RS-026] a broader scope, as the hierarchy of the resource says', async () => {
    const server = serve(
      () => {
        requireScopes('notes:read', 'notes:write');
        return Response.json([hasScopes('notes:read'), hasScopes('tasks:read')]);
      },
      { protectedResource: { scopeHierarchy: { separator: ':' } } },
    );
    const response = await server.fetch(post({ subject: 'a', scopes: ['notes'] }));
    expect([response.status, await response.json()]).toEqual([200, [true, false]]);
    expect((await server.fetch(post({ subject: 'a', scopes: ['notes:read'] }))).status).toBe(403);
  });

  test('not what a handler adds to its own copy of the caller', async () => {
    const server = serve(() => {
      getAuthInfo()?.scopes.push('admin');
      requireScopes('admin');
      return new Response();
    });
    expect((await server.fetch(post(alice))).status).toBe(403);
  });

  test('asking first has no consequences', async () => {
    const server = serve(() => Response.json({ full: hasScopes('admin') }));
    const response = await server.fetch(post(alice));
    expect([response.status, await response.json()]).toEqual([200, { full: false }]);
  });

  test.each([[[]], [['two words']], [['quo"te']], [['']]])('%j is no requirement', async (scopes) => {
    const server = serve(() => {
      // No scope at all is what only callers without TypeScript can pass
      const ask = () => requireScopes(...(scopes as unknown as [string]));
      expect(ask).toThrow(MCPAuthConfigError);
      return new Response('judged nothing');
    });
    expect((await server.fetch(post({ subject: 'a', scopes: ['two', 'words'] }))).status).toBe(200);
  });
});

describe('the error', () => {
  test('is safe to show: it holds the challenge and nothing of the token', async () => {
    const errors: MCPAuthInsufficientScopeError[] = [];
    const server = serve(() => {
      errors.push(refusalOf('admin'));
      return new Response();
    });
    await server.fetch(post(alice, {}, modern));
    const [error] = errors;
    expect(error).toBeInstanceOf(MCPAuthBearerAuthError);
    expect(error).toMatchObject({
      name: 'MCPAuthInsufficientScopeError',
      code: 'insufficient_scope',
      status: 403,
      scopes: ['admin'],
    });
    expect(error?.message).toContain(error?.challenge);
    const { status, scopes, challenge } = error!;
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'MCPAuthInsufficientScopeError',
      code: 'insufficient_scope',
      message: error?.message,
      link: error?.link,
      details: { status, scopes, challenge },
    });
    expect(JSON.stringify([error, error?.stack, error?.toToolResult()])).not.toContain(tokenOf(alice));
  });
});

test('an application error is passed on as it is', async () => {
  const fault = new Error('of the application');
  const server = serve(() => Promise.reject(fault));
  await expect(server.fetch(post(alice))).rejects.toBe(fault);
});

function metadataWith(scopesSupported: string[]) {
  return { resource, authorizationServers: [{ issuer: 'https://as.example.com' }], scopesSupported };
}
