import { describe, expect, test } from 'vitest';
import {
  allow,
  deny,
  depends,
  needAuthentication,
  needScopes,
  type OperationFunction,
  type PolicyRequest,
} from '../../src/index.js';
import { challengeOf, fieldsOf, refused, statusOf } from '../support/protect.js';
import { configError } from '../support/config-error.js';
import { callTool, denials, gateWith, policyErrors } from './ask-gate.js';

const only = (rule: OperationFunction) => ({ tools: { '*': rule } });
const bodyOf = (decision: { readonly body?: string | undefined }): unknown =>
  JSON.parse(decision.body ?? 'null');

describe('what is denied', () => {
  const secret = 'limit of user-1 is 100';
  const says = (isPublic: boolean) => only(() => deny({ reason: secret, public: isPublic }));

  test('is a JSON-RPC error for the request, and the reason is for the owner alone', async () => {
    const { send, events } = await gateWith(says(false));
    const decision = refused(await send(callTool('refund', {}, 'a'), 'read'));
    expect(decision.status).toBe(200);
    expect(fieldsOf(decision, 'www-authenticate')).toEqual([]);
    expect(bodyOf(decision)).toEqual({
      jsonrpc: '2.0',
      id: 'a',
      error: { code: -32_010, message: 'This operation is denied by a policy' },
    });
    expect(denials(events)).toMatchObject([
      {
        code: 'policy_denied',
        reason: secret,
        level: 'warn',
        operations: [{ method: 'tools/call', target: 'refund' }],
        caller: { subject: 'user-1' },
      },
    ]);
    expect(policyErrors(events)).toEqual([]);
  });

  test('carries its reason where that is public', async () => {
    const { send } = await gateWith(says(true));
    expect(bodyOf(refused(await send(callTool('refund'), 'read')))).toMatchObject({
      error: { message: secret },
    });
  });

  test('asks a caller without a token for one first', async () => {
    const { send } = await gateWith(says(true));
    const decision = refused(await send(callTool('refund')));
    expect(decision.status).toBe(401);
    expect(decision.body).not.toContain(secret);
  });

  test('is a 403 without a Bearer error by option: no scope helps, so that nobody steps up', async () => {
    const { send } = await gateWith(says(false), { denials: 'http-403' });
    const decision = refused(await send(callTool('refund'), 'read'));
    expect(decision.status).toBe(403);
    expect(fieldsOf(decision, 'www-authenticate')).toEqual([]);
    expect(bodyOf(decision)).toMatchObject({ id: 1, error: { code: -32_010 } });
  });

  test('what does not exist keeps its status then', async () => {
    const { send } = await gateWith({ tools: { '*': 'refuse' } }, { denials: 'http-403' });
    expect(refused(await send(callTool('x'), 'read')).status).toBe(200);
  });

  test.each([
    ['2026-07-28', { resultType: 'complete' }],
    ['2025-11-25', {}],
  ])('is a tool error with the envelope of SEP-2643 by option, for a client of %s', async (version, more) => {
    const rule = () => deny({ reason: secret, public: true, remediation: 'unavailable' });
    const { send } = await gateWith(only(rule), { denials: 'sep-2643' });
    const found = refused(await send(callTool('refund', {}, 3), 'read', version));
    expect(found.status).toBe(200);
    expect(bodyOf(found)).toEqual({
      jsonrpc: '2.0',
      id: 3,
      result: {
        ...more,
        isError: true,
        content: [{ type: 'text', text: secret }],
        _meta: {
          'io.modelcontextprotocol/authorization': {
            reason: 'insufficient_authorization',
            remediation: 'unavailable',
          },
        },
      },
    });
  });

  test('refuses a batch as a whole', async () => {
    const { send } = await gateWith({ tools: { no: () => deny(), '*': [] } });
    const batch = [callTool('yes', {}, 1), callTool('no', {}, 2)];
    expect(bodyOf(refused(await send(batch, 'read')))).toMatchObject([
      { id: 1, error: { code: -32_600 } },
      { id: 2, error: { code: -32_010 } },
    ]);
  });
});

describe('what needs another login', () => {
  test('is a 401 that says which, and names all scopes that are missing too (RFC 9470 §3)', async () => {
    const rule = () => needAuthentication({ acrValues: ['mfa', 'hwk'], maxAgeSeconds: 300 });
    const { send, events } = await gateWith(only(rule), { requiredScopes: ['read'] });
    const decision = refused(await send(callTool('close'), 'read'));
    expect(decision.status).toBe(401);
    expect(challengeOf(decision)).toMatchObject({
      error: 'insufficient_user_authentication',
      acr_values: 'mfa hwk',
      max_age: '300',
      scope: 'read',
    });
    expect(denials(events)[0]).toMatchObject({ code: 'insufficient_user_authentication', status: 401 });
  });

  test('is an ordinary challenge for a caller without a token', async () => {
    const { send } = await gateWith(only(() => needAuthentication({ maxAgeSeconds: 0 })));
    expect(challengeOf(refused(await send(callTool('close')))).error).toBeUndefined();
  });
});

describe('the other decisions', () => {
  test('allow() opens nothing to a caller without a token, nor to one without the scopes of the route', async () => {
    const { send } = await gateWith(only(allow), { requiredScopes: ['read'] });
    expect(statusOf(await send(callTool('x')))).toBe(401);
    expect(statusOf(await send(callTool('x'), 'other'))).toBe(403);
    expect(statusOf(await send(callTool('x'), 'read'))).toBe(200);
  });

  test('needScopes() asks for them with those of the route', async () => {
    const { send } = await gateWith(
      only(() => needScopes({ anyOf: ['pay', 'admin'] })),
      { requiredScopes: ['read'] },
    );
    expect(challengeOf(refused(await send(callTool('x'), 'read'))).scope).toBe('read pay');
    expect(statusOf(await send(callTool('x'), 'read admin'))).toBe(200);
  });

  test('depends() is for lists: where arguments are there, it is an error of the rule', async () => {
    const { send, events } = await gateWith(only(depends));
    expect(statusOf(await send(callTool('x'), 'read'))).toBe(500);
    expect(policyErrors(events)[0]).toMatchObject({ code: 'invalid_rule_result' });
  });

  test.each<[string, () => unknown, string]>([
    ['a reason that is none', () => deny({ reason: 5 as never }), 'deny.reason'],
    ['a misspelt member', () => deny({ reson: 'x' } as never), 'deny.reson'],
    ['a remediation that nobody knows', () => deny({ remediation: 'none' as never }), 'deny.remediation'],
    ['public that is no flag', () => deny({ public: 'yes' as never }), 'deny.public'],
    ['a reason instead of an object', () => deny('no' as never), 'deny'],
    ['no login at all', () => needAuthentication({} as never), 'needAuthentication'],
    ['an empty list of logins', () => needAuthentication({ acrValues: [] }), 'needAuthentication.acrValues'],
    ['two logins in one', () => needAuthentication({ acrValues: ['a b'] }), 'needAuthentication.acrValues'],
    [
      'a list with holes',
      () => needAuthentication({ acrValues: Array(1) as never }),
      'needAuthentication.acrValues',
    ],
    ['a negative age', () => needAuthentication({ maxAgeSeconds: -1 }), 'needAuthentication.maxAgeSeconds'],
    ['no scopes', () => needScopes('read' as never), 'needScopes'],
  ])('a decision with %s is an error where it is made', (_what, make, path) => {
    expect(configError(make).path).toBe(path);
  });

  test('a decision that was changed after it was made is read once more', async () => {
    const scopes = ['admin'];
    const denial = { reason: 'no' as unknown };
    const changed = [needScopes(scopes), deny(denial as never)];
    scopes[0] = 'two words';
    denial.reason = 5;
    for (const decision of changed) {
      const { send } = await gateWith(only(() => decision));
      expect(statusOf(await send(callTool('x'), 'read'))).toBe(500);
    }
  });

  test('a copy of a decision is none: what is written by hand is not checked', async () => {
    for (const decision of [{ ...deny() }, { kind: 'needs', requirement: [] }]) {
      const { send } = await gateWith(only(() => decision as never));
      expect(statusOf(await send(callTool('x'), 'read'))).toBe(500);
    }
    expect(deny({ reason: 'no' })).toEqual({ kind: 'deny', denial: { reason: 'no' } });
  });

  test('what an engine sends is never a decision by itself', async () => {
    for (const text of ['{"kind":"allow"}', '{"decision":true}', '{"requirement":[]}', 'true']) {
      const { send } = await gateWith(only(() => JSON.parse(text) as never));
      expect(statusOf(await send(callTool('x'), 'read'))).toBe(500);
    }
  });
});

describe('what a function is asked', () => {
  test('the very arguments that run, who calls, where, and with which head', async () => {
    const asked: PolicyRequest[] = [];
    const { send } = await gateWith({
      tools: { '*': 'refuse', refund: (request) => (asked.push(request), allow()) },
    });
    const body = callTool('refund', { amount: 5 });
    expect(statusOf(await send(body, 'read'))).toBe(200);
    const [request] = asked;
    expect(request?.arguments).toBe((body.params as { arguments: object }).arguments);
    expect(request?.operation).toEqual({
      method: 'tools/call',
      target: 'refund',
      params: body.params,
      variables: {},
    });
    expect(request?.caller?.subject).toBe('user-1');
    expect(request?.resource).toBe('https://api.example.com/mcp');
    expect(request?.head?.header('mcp-protocol-version')).toBe('2026-07-28');
  });

  test('no arguments are an empty object, and methods that have none say nothing', async () => {
    const asked: unknown[] = [];
    const note: OperationFunction = (request) => (asked.push(request.arguments), allow());
    const { send } = await gateWith({
      tools: { '*': note },
      prompts: { '*': note },
      resources: { '*': note },
      methods: { 'logging/setLevel': note },
    });
    await send(callTool('x'), 'read');
    await send({ jsonrpc: '2.0', id: 1, method: 'prompts/get', params: { name: 'p' } }, 'read');
    await send({ jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri: 'a://b' } }, 'read');
    await send({ jsonrpc: '2.0', id: 1, method: 'logging/setLevel', params: { level: 'info' } }, 'read');
    expect(asked).toEqual([{}, {}, undefined, undefined]);
  });

  test.each([null, [], 'x', 5, true])('arguments that are no object are no request: %j', async (given) => {
    let asked = 0;
    const { send } = await gateWith(only(() => (asked++, allow())));
    expect(refused(await send(callTool('x', given), 'read')).status).toBe(400);
    expect(asked).toBe(0);
  });
});
