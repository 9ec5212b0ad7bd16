import { describe, expect, test } from 'vitest';
import { refuseScope } from '../../src/challenge/refusals.js';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import type { BearerAuthOptions, OperationPolicy } from '../../src/index.js';
import { needAuthentication } from '../../src/index.js';
import { callTool, denials, gateWith } from '../policy/ask-gate.js';
import { fieldsOf, metadataUrl, protect, refused, statusOf } from '../support/protect.js';

const operations: OperationPolicy = {
  tools: {
    search: 'anonymous',
    write: ['notes:write'],
    close: () => needAuthentication({ acrValues: ['mfa'] }),
    '*': 'refuse',
  },
  methods: { 'tools/list': 'anonymous', 'logging/setLevel': ['admin'] },
};

const inResult: Partial<BearerAuthOptions> = { requiredScopes: ['notes:read'], challenges: 'tool-result' };
const declared = 'com.example/tool-challenges';
const capabilities = 'io.modelcontextprotocol/clientCapabilities';

/** A call of a client that declares capabilities, as MCP 2026-07-28 has it. */
const callFrom = (client: unknown) => {
  const call = callTool('write');
  return { ...call, params: { ...call.params, _meta: { [capabilities]: client } } };
};

interface Result {
  readonly isError: boolean;
  readonly resultType?: string;
  readonly _meta: { readonly 'mcp/www_authenticate': readonly string[] };
}

const resultOf = (body: string | undefined) =>
  (JSON.parse(body ?? '') as { readonly id: unknown; readonly result: Result }).result;

describe('challenges stay HTTP answers', () => {
  test('by default', async () => {
    const { send } = await gateWith(operations, { requiredScopes: ['notes:read'] });
    expect(statusOf(await send(callTool('write')))).toBe(401);
    expect(statusOf(await send(callTool('write'), 'notes:read'))).toBe(403);
  });

  test.each([
    ['another method', { jsonrpc: '2.0', id: 1, method: 'logging/setLevel' }],
    ['a batch, even of one', [callTool('write')]],
    ['a call that is a notification', { jsonrpc: '2.0', method: 'tools/call', params: { name: 'write' } }],
    [
      'a call that is answered with a task',
      { ...callTool('write'), params: { name: 'write', task: { ttl: 1 } } },
    ],
  ])('for %s', async (_what, body) => {
    const { send } = await gateWith(operations, inResult);
    expect(statusOf(await send(body))).toBe(401);
    expect(statusOf(await send(body, 'notes:read'))).toBe(403);
  });

  test('for a bad token, and where no rule could let anybody in without one: no body is read', async () => {
    const { askWith } = await gateWith(operations, inResult);
    expect(statusOf(await askWith({ headers: { authorization: 'Bearer a.b.c' } }))).toBe(401);
    const closed = await gateWith({ tools: { '*': ['notes:write'] } }, inResult);
    expect(statusOf(await closed.ask())).toBe(401);
  });

  test('for a client that does not declare the capability, and for an early one, which declares nothing here', async () => {
    const { send } = await gateWith(operations, { ...inResult, challenges: { whenDeclared: declared } });
    for (const client of [
      undefined,
      null,
      {},
      { extensions: [declared] },
      { extensions: { [declared]: true } },
    ]) {
      expect(statusOf(await send(callFrom(client), 'notes:read'))).toBe(403);
    }
    expect(statusOf(await send(callTool('write'), 'notes:read', '2025-11-25'))).toBe(403);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('secret');
      },
      'threw',
    ],
    ['returns something else', () => 'tool_result', 'returned'],
    ['returns a promise', () => Promise.reject(new Error('secret')), 'returned'],
  ])('where the function that chooses %s: and the owner hears of it once', async (_what, choose, said) => {
    const challenges = choose as unknown as () => 'http';
    const { send, events } = await gateWith(operations, { ...inResult, challenges });
    for (let i = 0; i < 3; i++) expect(statusOf(await send(callTool('write')))).toBe(401);
    const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    const ours = warnings.filter((message) => message.startsWith('challenges of '));
    expect(ours).toHaveLength(1);
    expect(ours[0]).toContain(said);
    expect(ours[0]).not.toContain('secret');
  });

  test('a tool that does not exist, or that a rule denies, is told as before', async () => {
    const { send } = await gateWith(operations, inResult);
    const { body } = refused(await send(callTool('unknown'), 'notes:read'));
    expect(body).toContain('"code":-32602');
  });
});

describe('a challenge is the result of the call', () => {
  test('of a client without a token: it names an error, so that ChatGPT offers the login', async () => {
    const { send, events } = await gateWith(operations, inResult);
    const decision = refused(await send(callTool('write', {}, 'seven')));
    expect(decision.status).toBe(200);
    expect(fieldsOf(decision, 'www-authenticate')).toEqual([]);
    expect(fieldsOf(decision, 'content-type')).toEqual(['application/json']);
    expect(fieldsOf(decision, 'cache-control')).toEqual(['no-store']);
    expect(JSON.parse(decision.body ?? '')).toEqual({
      jsonrpc: '2.0',
      id: 'seven',
      result: {
        resultType: 'complete',
        isError: true,
        content: [{ type: 'text', text: 'This resource requires an access token' }],
        _meta: {
          'mcp/www_authenticate': [
            `Bearer error="invalid_token", error_description="This resource requires an access token", scope="notes:read notes:write", resource_metadata="${metadataUrl}"`,
          ],
        },
      },
    });
    expect(denials(events)).toMatchObject([{ code: 'missing_credentials', status: 200 }]);
  });

  test('of a token with too little scope: word for word what HTTP would say', async () => {
    const { send, events } = await gateWith(operations, inResult);
    const overHttp = await gateWith(operations, { ...inResult, challenges: 'http' });
    const [challenge] = fieldsOf(await overHttp.send(callTool('write'), 'notes:read'), 'www-authenticate');
    const { status, body } = refused(await send(callTool('write'), 'notes:read'));
    expect(status).toBe(200);
    expect(resultOf(body)._meta['mcp/www_authenticate']).toEqual([challenge]);
    expect(challenge).toBe(
      refuseScope({ resourceMetadataUrl: metadataUrl, scopes: [] }, ['notes:read', 'notes:write'])
        .headers[0]?.[1],
    );
    expect(denials(events)).toMatchObject([{ code: 'insufficient_scope', status: 200 }]);
  });

  test('of a token whose login is not enough', async () => {
    const { send, events } = await gateWith(operations, inResult);
    const { status, body } = refused(await send(callTool('close'), 'notes:read'));
    expect(status).toBe(200);
    expect(resultOf(body)._meta['mcp/www_authenticate'][0]).toContain('acr_values="mfa"');
    expect(denials(events)).toMatchObject([{ code: 'insufficient_user_authentication', status: 200 }]);
  });

  test('as the revision of the client has results', async () => {
    const { send } = await gateWith(operations, inResult);
    const { body } = refused(await send(callTool('write'), undefined, '2025-11-25'));
    expect(resultOf(body)).not.toHaveProperty('resultType');
  });

  test.each(['extensions', 'experimental'])('where a client declares the capability in %s', async (group) => {
    const { send } = await gateWith(operations, { ...inResult, challenges: { whenDeclared: declared } });
    expect(statusOf(await send(callFrom({ [group]: { [declared]: {} } }), 'notes:read'))).toBe(200);
  });

  test('where a function says so, by what the client declares or by its head', async () => {
    const { send } = await gateWith(operations, {
      ...inResult,
      challenges: ({ capabilities: told, head }) =>
        told?.sampling !== undefined && head.method === 'POST' ? 'tool-result' : 'http',
    });
    expect(statusOf(await send(callFrom({ sampling: {} })))).toBe(200);
    expect(statusOf(await send(callFrom({})))).toBe(401);
  });

  test('and what is for everybody, or covered, goes on', async () => {
    const { send } = await gateWith(operations, inResult);
    expect((await send(callTool('search'))).kind).toBe('allow');
    expect((await send(callTool('write'), 'notes:read notes:write')).kind).toBe('allow');
  });
});

test.each([
  ['tool-results', 'must be "http" or "tool-result", or '],
  [{ whenDeclared: '' }, 'challenges.whenDeclared'],
  [{ when: 'x' }, 'when is unknown'],
  [async () => Promise.resolve('http'), 'not async'],
])('a choice that is none is refused when the route is made: %j', async (challenges, message) => {
  const made = gateWith(operations, { challenges: challenges as unknown as 'http' });
  await expect(made).rejects.toThrow(MCPAuthConfigError);
  await expect(made).rejects.toThrow(message);
});

test('without operations nobody would look at the body, so the option is refused', async () => {
  await expect(protect({ options: { challenges: 'tool-result' } })).rejects.toThrow('needs operations');
  await expect(protect({ options: { denials: 'http-403' } })).rejects.toThrow('needs operations');
});
