import { describe, expect, test } from 'vitest';
import { requireOperation } from '../../src/context.js';
import {
  allow,
  deny,
  type MCPAuthEvent,
  needAuthentication,
  type OperationPolicy,
  PolicyUnavailableError,
} from '../../src/index.js';
import { parseChallenge } from '../support/parse-challenge.js';
import { post, serve } from '../context/callers.js';
import { denials, policyErrors } from './ask-gate.js';

const operations: OperationPolicy = {
  tools: {
    run: 'anonymous',
    free: [],
    open: 'anonymous',
    closed: 'refuse',
    write: ['write'],
    small: ({ arguments: given }) => (Number(given?.amount) <= 100 ? allow() : deny({ reason: 'over 100' })),
    told: () => deny({ reason: 'ask your manager', public: true }),
    login: () => needAuthentication({ acrValues: ['mfa'] }),
    down: () => Promise.reject(new PolicyUnavailableError('engine 10.0.0.7 is down')),
    broken: () => Promise.reject(new Error('no database')),
    '*': 'refuse',
  },
};

interface Found {
  readonly status: number;
  readonly challenge: string | null;
  /** What the handler caught; nothing where the operation was allowed. */
  readonly error: (Error & { readonly code?: string }) | undefined;
  readonly events: readonly MCPAuthEvent[];
}

/** A tool that runs another one for its caller. */
async function runs(
  method: string,
  params: unknown,
  scopes: readonly string[] | null = ['mcp'],
): Promise<Found> {
  const events: MCPAuthEvent[] = [];
  let error: Found['error'];
  const handler = async () => {
    error = await requireOperation(method, params).then(
      () => undefined,
      (thrown: unknown) => thrown as Error,
    );
    return new Response(error === undefined ? 'done' : 'an error of the tool');
  };
  const server = serve(handler, { events, requiredScopes: ['mcp'], operations });
  const caller = scopes === null ? undefined : { subject: 'a', clientId: 'c', scopes };
  const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'run' } };
  const response = await server.fetch(post(caller, body, { 'mcp-protocol-version': '2026-07-28' }));
  return { status: response.status, challenge: response.headers.get('www-authenticate'), error, events };
}

const tool = (name: string, given: object = {}) => ['tools/call', { name, arguments: given }] as const;

describe('what a handler does for its caller is judged by the rules of the route', () => {
  test.each<[string, object, string]>([
    ['nowhere', {}, 'unknown_operation'],
    ['closed', {}, 'refused_operation'],
    ['small', { amount: 101 }, 'policy_denied'],
    ['login', {}, 'insufficient_user_authentication'],
    ['down', {}, 'policy_unavailable'],
    ['broken', {}, 'operation_failed'],
  ])('%s %j is stopped: %s', async (name, given, code) => {
    const { error, events, status } = await runs(...tool(name, given));
    expect(error?.code).toBe(code);
    expect(status).toBe(200);
    expect(denials(events)).toMatchObject([{ code, status: 200 }]);
    // The official SDK shows the message to the client
    expect(error?.message).not.toMatch(/over 100|10\.0\.0\.7|database|operations\./);
    expect(policyErrors(events)).toHaveLength(
      code === 'policy_unavailable' || code === 'operation_failed' ? 1 : 0,
    );
  });

  test('a public reason is for the client', async () => {
    expect((await runs(...tool('told'))).error?.message).toBe('ask your manager');
  });

  test('scopes that are missing refuse the request, with one challenge for all', async () => {
    const { status, challenge, error } = await runs(...tool('write'));
    expect(status).toBe(403);
    expect(parseChallenge(challenge ?? '').parameters.scope).toBe('mcp write');
    expect(error?.code).toBe('insufficient_scope');
  });

  test('a caller without a token is told to log in, as by the gate', async () => {
    const found = await runs(...tool('free'), null);
    expect(found.error?.code).toBe('missing_credentials');
    expect(found.status).toBe(401);
  });

  test.each<[string, object]>([
    ['free', {}],
    ['open', {}],
    ['small', { amount: 100 }],
  ])('%s %j goes on', async (name, given) => {
    expect((await runs(...tool(name, given))).error).toBeUndefined();
  });

  test('what names no target is unknown', async () => {
    expect((await runs('tools/call', {})).error?.code).toBe('unknown_operation');
    expect((await runs('tools/call', undefined)).error?.code).toBe('unknown_operation');
    expect((await runs('tools/call', { name: 'free', arguments: 5 })).error?.code).toBe('unknown_operation');
  });

  test('without rules nobody can say, and silence would pass for a yes', async () => {
    const server = serve(
      async () => {
        await requireOperation('tools/call', { name: 'x' }).catch((error: unknown) => (caught = error));
        return new Response('done');
      },
      { requiredScopes: [] },
    );
    let caught: unknown;
    await server.fetch(post({ subject: 'a', clientId: 'c', scopes: [] }, {}, {}));
    expect(caught).toMatchObject({ code: 'unsupported_option', path: 'operations' });
    await expect(requireOperation('tools/call', { name: 'x' })).rejects.toMatchObject({
      path: 'asyncContext',
    });
  });
});
