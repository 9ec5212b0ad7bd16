import { describe, expect, test } from 'vitest';
import {
  allow,
  AuthInfo,
  createPolicy,
  deny,
  depends,
  type OperationFunction,
  type PolicyRequest,
  PolicyUnavailableError,
} from '../../src/index.js';
import { ask } from '../../src/policy/ask-policy.js';
import type { PolicyAnswer } from '../../src/policy/policy-function.js';
import { configError } from '../support/config-error.js';
import { createClock } from '../support/clock.js';
import { allowed } from '../support/protect.js';
import { callTool, gateWith } from './ask-gate.js';

const keep = { id: 'p', version: '1', maxAgeSeconds: 60 };

interface Inputs {
  readonly method?: string;
  readonly target?: string;
  readonly given?: object;
  readonly variables?: Readonly<Record<string, string>>;
  readonly resource?: string;
  readonly issuer?: string;
  readonly subject?: string;
  readonly clientId?: string;
  readonly scopes?: readonly string[];
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly isList?: boolean;
  readonly withoutToken?: boolean;
}

const sharedClaims = {};

/** Asks a policy that keeps, and tells how often it was really asked. */
function keeping(options: Partial<typeof keep> & { readonly maxEntries?: number } = {}) {
  const clock = createClock();
  const requests: PolicyRequest[] = [];
  let answer: () => PolicyAnswer | Promise<PolicyAnswer> = allow;
  const rule = createPolicy({
    decide: (request) => {
      requests.push(request);
      return answer();
    },
    keepDecisions: { ...keep, ...options },
  });
  const put = async (inputs: Inputs = {}, by: OperationFunction = rule) => {
    const { method = 'tools/call', target = 'x', given = {}, variables = {} } = inputs;
    const resource = inputs.resource ?? 'https://api.example.com/mcp';
    const auth = new AuthInfo({
      token: 't',
      issuer: inputs.issuer ?? 'https://as.example.com',
      clientId: inputs.clientId ?? 'c',
      subject: inputs.subject ?? 'u',
      audience: resource,
      scopes: inputs.scopes ?? ['read'],
      expiresAt: clock.seconds() + 30,
      claims: inputs.claims ?? sharedClaims,
      resource,
      resourceMetadataUrl: undefined,
    });
    return ask(
      {
        rule: by,
        path: 'rule',
        called: method,
        operation: { method, target, params: { name: target, _meta: requests.length }, variables },
        arguments: inputs.isList === true ? undefined : (given as PolicyRequest['arguments']),
      },
      { auth: inputs.withoutToken === true ? undefined : auth, isList: inputs.isList },
      { resource, now: clock.now, timeoutMs: 50 },
    );
  };
  const answers = (next: typeof answer) => (answer = next);
  return { put, answers, clock, requests, asked: () => requests.length };
}

describe('a decision is kept for equal inputs and no others', () => {
  test('the same again is not asked again', async () => {
    const { put, asked } = keeping();
    for (let count = 0; count < 3; count++) await put({ given: { a: 1, b: [2] } });
    await put({ given: { b: [2], a: 1 } });
    expect(asked()).toBe(1);
  });

  test.each<[string, Inputs]>([
    ['method', { method: 'prompts/get' }],
    ['target', { target: 'y' }],
    ['arguments', { given: { a: 1 } }],
    ['variables', { variables: { id: '1' } }],
    ['resource', { resource: 'https://api.example.com/other' }],
    ['issuer', { issuer: 'https://other.example.com' }],
    ['subject', { subject: 'v' }],
    ['client', { clientId: 'd' }],
    ['scopes', { scopes: ['read', 'write'] }],
    ['claims', { claims: { role: 'admin' } }],
    ['caller without a token', { withoutToken: true }],
    ['list in place of a call without arguments', { isList: true }],
  ])('another %s is asked about', async (_what, inputs) => {
    const { put, asked } = keeping();
    await put();
    await put(inputs);
    expect(asked()).toBe(2);
    await put(inputs);
    await put();
    expect(asked()).toBe(2);
  });

  test('two policies share nothing', async () => {
    const { put, asked } = keeping();
    let other = 0;
    const second = createPolicy({ decide: () => (other++, deny()), keepDecisions: keep });
    await put();
    await put({}, second);
    expect([asked(), other]).toEqual([1, 1]);
  });

  test('what is no JSON is asked about each time', async () => {
    const { put, asked } = keeping();
    const given = { at: new Date(0) };
    await put({ given });
    await put({ given });
    expect(asked()).toBe(2);
  });
});

describe('questions that meet in one place', () => {
  // One hash: 31 times the first character, and the second
  const [one, other] = ['Aa', 'BB'];

  test('are told apart, and neither gets the decision about the other', async () => {
    const { put, answers, asked } = keeping();
    answers(allow);
    await put({ given: { id: one } });
    answers(() => deny());
    expect(await put({ given: { id: other } })).toMatchObject({ kind: 'deny' });
    expect(await put({ given: { id: one } })).toMatchObject({ kind: 'needs' });
    expect(await put({ given: { id: other } })).toMatchObject({ kind: 'deny' });
    expect(asked()).toBe(2);
  });

  test('are few: whoever makes them up pushes out their own', async () => {
    const { put, asked } = keeping();
    const made = Array.from({ length: 16 }, (_, at) =>
      Array.from({ length: 4 }, (_each, bit) => ((at >> bit) & 1 ? one : other)).join(''),
    );
    await put({ subject: 'somebody-else', given: { id: made[0] } });
    for (const id of made) await put({ given: { id } });
    expect(asked()).toBe(17);
    await put({ given: { id: made[15] } });
    await put({ subject: 'somebody-else', given: { id: made[0] } });
    expect(asked()).toBe(17);
    await put({ given: { id: made[0] } });
    expect(asked()).toBe(18);
  });
});

test('what a function does to its arguments does not move its decision to others', async () => {
  const { put } = keeping();
  const seen: unknown[] = [];
  const changing = createPolicy({
    decide: ({ arguments: given }) => {
      seen.push(given?.id);
      (given as { id: string }).id = 'BB';
      return allow();
    },
    keepDecisions: keep,
  });
  await put({ given: { id: 'Aa' } }, changing);
  await put({ given: { id: 'BB' } }, changing);
  expect(seen).toEqual(['Aa', 'BB']);
});

test.each([
  ['short', 'x'],
  ['long', 'x'.repeat(5000)],
])('%s arguments are kept, and others of that kind are asked about', async (_what, text) => {
  const { put, asked } = keeping();
  for (let count = 0; count < 2; count++) {
    await put({ given: { text } });
    await put({ given: { text: `${text.slice(1)}y` } });
  }
  expect(asked()).toBe(2);
});

describe('a function whose decisions are kept is shown nothing that the key does not say', () => {
  test('no head and no params', async () => {
    const seen: PolicyRequest[] = [];
    const rule = createPolicy({ decide: (request) => (seen.push(request), allow()), keepDecisions: keep });
    const { send } = await gateWith({ tools: { '*': rule } });
    await send(callTool('x', { a: 1 }), 'read');
    expect(seen[0]?.head).toBeUndefined();
    expect(seen[0]?.operation.params).toBeUndefined();
    expect(seen[0]?.arguments).toEqual({ a: 1 });
  });
});

describe('how long', () => {
  test('as long as it says', async () => {
    const { put, clock, asked } = keeping({ maxAgeSeconds: 10 });
    await put({ withoutToken: true });
    clock.advance(9.9);
    await put({ withoutToken: true });
    expect(asked()).toBe(1);
    clock.advance(0.2);
    await put({ withoutToken: true });
    expect(asked()).toBe(2);
  });

  test('never longer than the token, also where it counts a little longer', async () => {
    const clock = createClock();
    let asked = 0;
    const rule = createPolicy({ decide: () => (asked++, allow()), keepDecisions: keep });
    const expiresAt = clock.seconds() + 5;
    const put = () => {
      const facts = { token: 't', issuer: 'i', clientId: 'c', subject: 'u', audience: 'r', scopes: [] };
      const auth = new AuthInfo({
        ...facts,
        expiresAt,
        claims: sharedClaims,
        resource: 'https://r',
        resourceMetadataUrl: undefined,
      });
      const operation = { method: 'tools/call', target: 'x', params: {}, variables: {} };
      return ask(
        { rule, path: 'rule', called: 'tools/call', operation, arguments: {} },
        { auth },
        { resource: 'https://r', now: clock.now, timeoutMs: 50 },
      );
    };
    await put();
    clock.advance(4.9);
    await put();
    expect(asked).toBe(1);
    clock.advance(0.1);
    await put();
    await put();
    expect(asked).toBe(3);
  });

  test('not at all behind a clock that was set back', async () => {
    const { put, clock, asked } = keeping();
    await put({ withoutToken: true });
    clock.advance(-1);
    await put({ withoutToken: true });
    expect(asked()).toBe(2);
  });
});

describe('what is not kept', () => {
  test('an engine that is down, an error of the rule, and one that is late', async () => {
    const { put, answers, asked } = keeping();
    const faults: (() => PolicyAnswer | Promise<PolicyAnswer>)[] = [
      () => Promise.reject(new PolicyUnavailableError('down')),
      () => undefined as never,
      () => {
        throw new Error('x');
      },
      () => new Promise(() => undefined),
    ];
    for (const fault of faults) {
      answers(fault);
      const verdict = await put();
      expect(['error', 'unavailable']).toContain(verdict.kind);
    }
    answers(allow);
    expect(await put()).toMatchObject({ kind: 'needs' });
    expect(asked()).toBe(5);
  });

  test('one that would fill the memory', async () => {
    const { put, answers, asked } = keeping();
    answers(() => Array.from({ length: 1000 }, (_, index) => `scope-${index}`));
    await put();
    await put();
    expect(asked()).toBe(2);
  });

  test('more than it may hold: the one that was used longest ago goes', async () => {
    const { put, asked } = keeping({ maxEntries: 2 });
    for (const target of ['a', 'b', 'a', 'c', 'a', 'b']) await put({ target });
    expect(asked()).toBe(4);
  });
});

describe('what is kept', () => {
  test('denials and what depends on arguments as well', async () => {
    const { put, answers, asked } = keeping();
    answers(() => deny({ reason: 'no' }));
    expect(await put()).toEqual(await put());
    answers(depends);
    expect(await put({ isList: true })).toEqual({ kind: 'depends' });
    expect(await put({ isList: true })).toEqual({ kind: 'depends' });
    expect(asked()).toBe(2);
  });
});

describe('a resource that a policy only showed in a list, because arguments decide', () => {
  const resources = () => ({
    '*': createPolicy({
      decide: ({ arguments: given }) => (given === undefined ? depends() : allow()),
      keepDecisions: keep,
    }),
  });
  const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
  const read = { jsonrpc: '2.0', id: 2, method: 'resources/read', params: { uri: 'notes://1' } };

  test.each([
    ['alone', read],
    ['in a batch', [ping, read]],
  ])('is not read %s', async (_how, body) => {
    const operations = { resources: resources() };
    const { send, server } = await gateWith(operations);
    const caller = allowed(await send(ping, 'read'));
    const before = await send(body, 'read');
    const filter = server.declarations.listFilter({ operations });
    expect(await filter.visible('resources', [{ uri: 'notes://1' }], caller)).toHaveLength(1);
    const after = await send(body, 'read');
    expect(after).toMatchObject({ kind: 'refuse', status: 500 });
    expect(after).toEqual(before);
  });
});

test.each<[object, string]>([
  [{}, 'decide'],
  [{ decide: 5 }, 'decide'],
  [{ decide: allow, decideall: allow }, 'decideall'],
  [{ decide: allow, timeoutMs: 0 }, 'timeoutMs'],
  [{ decide: allow, keepDecisions: { maxAgeSeconds: 60, version: '1' } }, 'keepDecisions.id'],
  [{ decide: allow, keepDecisions: { maxAgeSeconds: 60, id: 'x' } }, 'keepDecisions.version'],
  [{ decide: allow, keepDecisions: { ...keep, maxAgeSeconds: 3601 } }, 'keepDecisions.maxAgeSeconds'],
  [{ decide: allow, keepDecisions: { ...keep, maxEntries: 0 } }, 'keepDecisions.maxEntries'],
])('createPolicy(%j) is an error at %s', (options, path) => {
  expect(configError(() => createPolicy(options as never)).path).toBe(path);
});
