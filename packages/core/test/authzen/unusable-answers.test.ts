import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findFreePort } from '../support/free-port.js';
import { authzenPolicy, type AuthzenPolicyOptions, discoverAuthzen } from '../../src/authzen.js';
import { deny, needScopes } from '../../src/index.js';
import { callTool, gateWith, policyErrors } from '../policy/ask-gate.js';
import { configError } from '../support/config-error.js';
import { statusOf } from '../support/protect.js';
import { decide, decideAll, isOutage, passes, told } from './ask.js';
import { answer, type DecisionPoint, type Respond, startDecisionPoint } from './decision-point.js';

let point: DecisionPoint;
beforeAll(async () => {
  point = await startDecisionPoint();
});
afterAll(() => point.close());
beforeEach(() => {
  point.received.length = 0;
});

const policy = (more: Partial<AuthzenPolicyOptions> = {}) => authzenPolicy({ pdp: point.url, ...more });
const permit = { decision: true };

const json = { 'content-type': 'application/json' };
const raw =
  (bytes: Buffer | string, headers: Record<string, string> = json): Respond =>
  (response) => {
    response.writeHead(200, headers).end(bytes);
  };

/** What is no decision about one evaluation. */
const nonsense: readonly (readonly [string, Respond])[] = [
  ['the string "true"', answer({ decision: 'true' })],
  ['1', answer({ decision: 1 })],
  ['null', answer({ decision: null })],
  ['no decision', answer({ allow: true, result: true })],
  ['a list', answer([permit])],
  ['a bare true', answer('true')],
  ['a bare null', answer('null')],
  ['an inherited decision', answer('{"__proto__":{"decision":true}}')],
  ['a context that is a list', answer({ decision: true, context: [] })],
  ['a batch', answer({ evaluations: [permit] })],
  ['no JSON', answer('permit')],
  ['nothing', answer('')],
  ['half of it', answer('{"decision":true')],
  ['HTML', answer(permit, { headers: { 'content-type': 'text/html' } })],
  ['text', answer(permit, { headers: { 'content-type': 'text/plain' } })],
  ['no media type', raw('{"decision":true}', {})],
  ['bytes that are not UTF-8', raw(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))],
  ['a huge answer', answer({ ...permit, pad: 'x'.repeat(300_000) })],
  ...[201, 202, 204, 206].map((status) => [`status ${status}`, answer(permit, { status })] as const),
  ...[400, 401, 403, 404, 413, 429, 500, 502, 503].map(
    (status) => [`status ${status}`, answer(permit, { status })] as const,
  ),
  ...[301, 302, 303, 307, 308].map(
    (status) =>
      [
        `status ${status}`,
        answer(permit, { status, headers: { location: '/access/v1/evaluation' } }),
      ] as const,
  ),
  ['a connection that breaks', (response) => response.destroy()],
  [
    'an answer that breaks off',
    (response) => {
      response.writeHead(200, { ...json, 'content-length': '100' }).write('{"decision":true}');
      setTimeout(() => response.destroy(), 5);
    },
  ],
];

describe('what is no decision is 503 with Retry-After and an event, never a pass', () => {
  test.each(nonsense)('%s', async (_what, respond) => {
    point.respond = respond;
    const { send, events } = await gateWith({ tools: { '*': policy() } });
    const found = await send(callTool('x', { a: 1 }), 'read');
    expect(statusOf(found)).toBe(503);
    expect(JSON.stringify(found)).toContain('Retry-After');
    expect(policyErrors(events)).toMatchObject([
      { code: 'policy_unavailable', cause: { code: 'policy_unavailable' } },
    ]);
    expect(point.received).toHaveLength(1);
  });

  test('an answer that never comes: within the time of the policy', async () => {
    point.respond = () => undefined;
    const { send, events } = await gateWith({ tools: { '*': policy({ timeoutMs: 40 }) } });
    expect(statusOf(await send(callTool('x'), 'read'))).toBe(503);
    expect(policyErrors(events)).toMatchObject([{ code: 'policy_unavailable' }]);
  });

  test('one that comes in drops: within the time of the policy', async () => {
    point.respond = (response) => {
      response.writeHead(200, json);
      const timer = setInterval(() => response.write(' '), 5);
      response.once('close', () => clearInterval(timer));
    };
    const { send } = await gateWith({ tools: { '*': policy({ timeoutMs: 60 }) } });
    expect(statusOf(await send(callTool('x'), 'read'))).toBe(503);
  });

  test('nobody listens', async () => {
    const found = await decide(authzenPolicy({ pdp: `http://127.0.0.1:${await findFreePort()}` }));
    expect(told(found)).toContain('ECONNREFUSED');
  });

  test('the wait that a decision point asks for is handed on', async () => {
    point.respond = answer('', { status: 503, headers: { 'retry-after': '120' } });
    expect(await decide(policy())).toMatchObject({ retryAfterSeconds: 120 });
    point.respond = answer('', { status: 503, headers: { 'retry-after': 'tomorrow' } });
    expect(await decide(policy())).toMatchObject({ retryAfterSeconds: 5 });
  });

  test('with requestIds: the answer to another request', async () => {
    point.respond = answer(permit, { headers: { 'x-request-id': 'another' } });
    expect(await decide(policy({ requestIds: true }))).toSatisfy(isOutage);
    point.respond = (response, received) =>
      answer(permit, { headers: { 'x-request-id': String(received.headers['x-request-id']) } })(
        response,
        received,
      );
    expect(await decide(policy({ requestIds: true }))).toSatisfy(passes);
    point.respond = answer(permit);
    expect(await decide(policy({ requestIds: true }))).toSatisfy(passes);
  });
});

describe('a batch that is not answered as it should be', () => {
  test.each<[string, unknown]>([
    ['no list', { evaluations: permit }],
    ['a single decision', permit],
    ['more decisions than evaluations', { evaluations: [permit, permit, permit] }],
    ['an entry that is none', { evaluations: [permit, { decision: 'true' }] }],
    ['an empty entry', { evaluations: [permit, null] }],
  ])('%s: the list is an error', async (_what, body) => {
    point.respond = answer(body);
    expect(await decideAll(policy(), [{}, {}])).toSatisfy(isOutage);
  });

  test('fewer: what is missing is denied', async () => {
    point.respond = answer({ decision: true, evaluations: [permit] });
    expect(await decideAll(policy(), [{}, {}])).toMatchObject([{ kind: 'needs' }, { kind: 'deny' }]);
    point.respond = answer({ evaluations: [] });
    expect(await decideAll(policy(), [{}, {}])).toMatchObject([{ kind: 'deny' }, { kind: 'deny' }]);
  });
});

describe('a denial never becomes a pass', () => {
  test.each([
    ['allow', () => needScopes([])],
    ['scopes that the caller has', () => needScopes(['read'])],
    ['true', () => true as never],
    ['nothing', () => undefined as never],
  ])('%s from toDenial is an error of this server', async (_what, toDenial) => {
    point.respond = answer({ decision: false });
    const { send, events } = await gateWith({ tools: { '*': policy({ toDenial }) } });
    expect(statusOf(await send(callTool('x'), 'read'))).toBe(500);
    expect(policyErrors(events)).toMatchObject([{ code: 'invalid_rule_result' }]);
  });

  test.each(['', '"', 'a"b', ' ', 'ä', 5, ['a'], null, 'x'.repeat(600)])(
    'with stepUp, acr_values %j are no hint',
    async (acr) => {
      point.respond = answer({ decision: false, context: { acr_values: acr } });
      expect(await decide(policy({ stepUp: true }))).toMatchObject({ kind: 'deny' });
    },
  );

  test('the reason is public only where toDenial says so', async () => {
    point.respond = answer({ decision: false, context: { reason_user: 'over the limit' } });
    const text = async (toDenial?: AuthzenPolicyOptions['toDenial']) => {
      const { send } = await gateWith({ tools: { '*': policy({ toDenial }) } });
      return JSON.stringify(await send(callTool('x'), 'read'));
    };
    expect(await text()).not.toContain('over the limit');
    expect(
      await text(({ context }) => deny({ reason: String(context.reason_user), public: true })),
    ).toContain('over the limit');
  });
});

describe('the decision point is not told', () => {
  test('the token, nor asked at all without one', async () => {
    point.respond = answer(permit);
    expect(await decide(policy(), { given: {} })).toSatisfy(passes);
    expect(JSON.stringify(point.received)).not.toContain('the-secret-token');
    point.received.length = 0;
    const { send } = await gateWith({ tools: { '*': policy() } });
    expect(statusOf(await send(callTool('x')))).toBe(401);
    expect(point.received).toEqual([]);
  });

  test('about a token of nobody: it is denied', async () => {
    point.respond = answer(permit);
    expect(await decide(policy(), { subject: undefined, clientId: '' })).toMatchObject({ kind: 'deny' });
    expect(point.received).toEqual([]);
  });

  test('headers that throw, or are none, are 503 and are not shown', async () => {
    for (const headers of [
      () => Promise.reject(new Error('secret-1')),
      () => ({ authorization: 'secret-2\n' }),
      () => undefined as never,
    ]) {
      const found = await decide(policy({ headers }));
      expect(found).toSatisfy(isOutage);
      expect(JSON.stringify(found) + told(found)).not.toContain('secret');
    }
    expect(point.received).toEqual([]);
  });
});

test('what it asks about: client, prompt, resource with its variables, server', async () => {
  point.respond = answer(permit);
  await decide(policy(), { subject: undefined });
  await decide(policy(), { method: 'prompts/get', target: 'p', given: { a: 1 } });
  await decide(policy(), { method: 'resources/read', target: 'notes://1', variables: { id: '1' } });
  await decide(policy({ headers: { Authorization: 'Bearer own' } }), {
    method: 'tools/list',
    target: undefined,
  });
  expect(point.received.map(({ body }) => body)).toMatchObject([
    { subject: { type: 'client', id: 'c-3' } },
    {
      action: { name: 'prompts/get', properties: { arguments: { a: 1 } } },
      resource: { type: 'mcp_prompt' },
    },
    { resource: { type: 'mcp_resource', id: 'notes://1', properties: { variables: { id: '1' } } } },
    { resource: { type: 'mcp_server', id: 'https://api.example.com/mcp' } },
  ]);
  expect(point.received[3]?.headers.authorization).toBe('Bearer own');
});

describe('discovery', () => {
  const endpoint = 'https://pdp.example.com/access/v1/evaluation';
  const found = (
    body: unknown,
    pdp = 'https://pdp.example.com',
    more: { headers?: Record<string, string> } = {},
  ) =>
    discoverAuthzen(pdp, {
      fetch: (url) => {
        urls.push(url);
        return Promise.resolve(Response.json(body, more));
      },
    });
  const urls: string[] = [];

  test.each<[string, unknown]>([
    ['no identity', { access_evaluation_endpoint: endpoint }],
    ['no endpoint', { policy_decision_point: 'https://pdp.example.com' }],
    [
      'an insecure endpoint',
      {
        policy_decision_point: 'https://pdp.example.com',
        access_evaluation_endpoint: 'http://pdp.example.com',
      },
    ],
    [
      'an endpoint on this machine',
      { policy_decision_point: 'https://pdp.example.com', access_evaluation_endpoint: 'http://127.0.0.1/e' },
    ],
    [
      'an endpoint that is none',
      { policy_decision_point: 'https://pdp.example.com', access_evaluation_endpoint: 5 },
    ],
    [
      'an identity that differs by a slash',
      { policy_decision_point: 'https://pdp.example.com/', access_evaluation_endpoint: endpoint },
    ],
    ['a list', []],
  ])('a document with %s is refused', async (_what, body) => {
    await expect(found(body)).rejects.toSatisfy(isOutage);
  });

  test('a decision point that does not answer is an error in time', async () => {
    point.respond = () => undefined;
    await expect(discoverAuthzen(point.url, { timeoutMs: 30 })).rejects.toThrow('within 30 ms');
  });

  test('finds the endpoints below the path of the identifier', async () => {
    const body = {
      policy_decision_point: 'https://pdp.example.com/t1',
      access_evaluation_endpoint: endpoint,
    };
    expect(await found(body, 'https://pdp.example.com/t1')).toEqual({
      evaluationUrl: endpoint,
      evaluationsUrl: undefined,
    });
    expect(urls.at(-1)).toBe('https://pdp.example.com/.well-known/authzen-configuration/t1');
  });
});

test('a decision point without the batch endpoint is asked one by one', async () => {
  point.respond = answer(permit);
  const rule = policy({ pdp: { evaluationUrl: `${point.url}/evaluate` } });
  expect(await decideAll(rule, [{}])).toBeUndefined();
  expect(await decide(rule)).toSatisfy(passes);
  expect(point.received[0]?.path).toBe('/evaluate');
});

test.each<[unknown, string]>([
  [{}, 'pdp'],
  [{ pdp: 'http://pdp.example.com' }, 'pdp'],
  [{ pdp: 'https://user:hidden@pdp.example.com' }, 'pdp'],
  [{ pdp: 'https://pdp.example.com?x=1' }, 'pdp'],
  [{ pdp: 'pdp.example.com' }, 'pdp'],
  [{ pdp: {} }, 'pdp.evaluationUrl'],
  [{ pdp: { evaluationUrl: 'ftp://x' } }, 'pdp.evaluationUrl'],
  [{ pdp: { evaluationUrl: 'https://x', evaluationsUrl: 'http://x' } }, 'pdp.evaluationsUrl'],
  [{ pdp: 'https://x', url: 'https://x' }, 'url'],
  [{ pdp: 'https://x', headers: { 'a b': 'c' } }, 'headers'],
  [{ pdp: 'https://x', headers: { host: 'x' } }, 'headers'],
  [{ pdp: 'https://x', toEvaluation: async () => Promise.resolve({}) }, 'toEvaluation'],
  [{ pdp: 'https://x', stepUp: 'yes' }, 'stepUp'],
  [{ pdp: 'https://x', maxResponseBytes: 1 }, 'maxResponseBytes'],
  [{ pdp: 'https://x', timeoutMs: 0 }, 'timeoutMs'],
  [{ pdp: 'https://x', keepDecisions: {} }, 'keepDecisions.id'],
])('authzenPolicy(%j) is an error at %s', (options, path) => {
  const error = configError(() => authzenPolicy(options as never));
  expect(error.path).toBe(path);
  expect(error.message).not.toContain('hidden');
});

test.each([
  'https://pdp.example.com/access/v1/evaluation',
  'https://pdp.example.com/t1/access/v1/evaluations/',
])('an endpoint where its base belongs would be asked at another path: %s', (pdp) => {
  expect(() => authzenPolicy({ pdp })).toThrow('without /access/v1/evaluation');
});
