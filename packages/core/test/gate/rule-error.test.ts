import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { withoutSecrets } from '../../src/gate/rule-error.js';
import { deny } from '../../src/policy/policy-decision.js';
import type { OperationFunction, PolicyAnswer } from '../../src/policy/policy-function.js';
import { PolicyUnavailableError } from '../../src/policy/policy-unavailable-error.js';
import { createHead } from '../support/head.js';
import { protect } from '../support/protect.js';

async function eventOf(fail: (token: string) => unknown) {
  const rule: OperationFunction = ({ caller }) => {
    throw fail(caller?.token ?? '');
  };
  const { gate, issuer, events } = await protect({ options: { operations: { tools: { '*': rule } } } });
  const token = await issuer.sign();
  const head = createHead({ headers: { authorization: `Bearer ${token}`, 'content-length': '1' } });
  const first = await gate.authenticate(head);
  const value = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'a' } };
  await gate.authorize(head, first.kind === 'allow' ? first.auth : undefined, { kind: 'json', value });
  const event = events.find(({ type }) => type === 'policy');
  return { event, shown: inspect(event, { depth: 20, showHidden: true, getters: true }), token };
}

describe('what a rule throws is in the event without the token that the rule was shown', () => {
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  test.each<[string, (token: string) => unknown]>([
    ['in its message', (token) => new Error(`GET https://db.example/?t=${token} failed`)],
    ['in its cause', (token) => new Error('failed', { cause: new Error(token) })],
    [
      'in its configuration',
      (token) => Object.assign(new Error('failed'), { config: { headers: { authorization: token } } }),
    ],
    ['in headers', (token) => Object.assign(new Error('failed'), { headers: new Headers({ a: token }) })],
    ['in a request', (token) => ({ request: new Map([['authorization', token]]) })],
    ['in its name', (token) => Object.assign(new Error('failed'), { name: token.slice(0, 30) })],
    ['as it is', (token) => token],
    ['next to itself', (token) => Object.assign(new Error('failed'), { cycle, token })],
  ])('%s', async (_where, fail) => {
    const { event, shown, token } = await eventOf(fail);
    expect(event).toMatchObject({ type: 'policy', error: { path: 'operations.tools["*"]' } });
    for (let start = 0; start + 16 <= token.length; start += 8) {
      expect(shown).not.toContain(token.slice(start, start + 16));
    }
  });

  test('a client that has much repeated in an error does not choose how long to look', () => {
    let looked = 0;
    const look = (text: string) => {
      looked += text.length;
      return false;
    };
    const data = Array.from({ length: 150 }, (_, index) => `${index}`.padEnd(10_000, 'x'));
    const cause = Object.assign(new Error('failed'), { stack: '', config: { data } });
    const error = new MCPAuthConfigError('invalid_rule_result', 'operations.tools["a"]', 'threw.', { cause });
    expect(withoutSecrets(error, look).cause).not.toBe(cause);
    expect(looked).toBeLessThan(30_000);
  });

  test('all else is the very same', () => {
    const cause = Object.assign(new Error('the database is down'), { code: 'ECONNREFUSED', port: 5432 });
    const error = new MCPAuthConfigError('invalid_rule_result', 'operations.tools["a"]', 'threw.', { cause });
    expect(withoutSecrets(error, () => false)).toBe(error);
    expect(withoutSecrets(error, (text) => text.includes('down'))).toMatchObject({
      message: error.message,
      path: error.path,
      cause: { message: 'The message was left out: it holds the token' },
    });
  });
});

test('a method that a client invents is not in the error of a rule for all methods', async () => {
  const rule = () => {
    throw new Error('no');
  };
  const { gate, issuer, events } = await protect({ options: { operations: { methods: { '*': rule } } } });
  const token = await issuer.sign();
  const head = createHead({ headers: { authorization: `Bearer ${token}`, 'content-length': '1' } });
  const first = await gate.authenticate(head);
  const value = { jsonrpc: '2.0', id: 1, method: token };
  await gate.authorize(head, first.kind === 'allow' ? first.auth : undefined, { kind: 'json', value });
  expect(events).toMatchObject([{ type: 'policy' }, { code: 'operation_failed' }]);
  expect(inspect(events, { depth: 9 })).not.toContain(token.slice(0, 16));
});

describe('what a rule says of a request never holds its token', () => {
  const judge = async (rule: (token: string) => PolicyAnswer) => {
    let token = '';
    const operations = { tools: { '*': () => rule(token) } };
    const { gate, issuer, events } = await protect({ options: { operations } });
    token = await issuer.sign();
    const head = createHead({ headers: { authorization: `Bearer ${token}`, 'content-length': '1' } });
    const first = await gate.authenticate(head);
    const value = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'a' } };
    await gate.authorize(head, first.kind === 'allow' ? first.auth : undefined, { kind: 'json', value });
    return { shown: inspect(events, { depth: 9 }), piece: token.slice(0, 16), events };
  };

  test('an engine that is down: the error of the call to it', async () => {
    const { shown, piece, events } = await judge((token) => {
      const cause = Object.assign(new Error('502'), { config: { headers: { authorization: token } } });
      throw new PolicyUnavailableError('The engine answered 502', { cause });
    });
    expect(events).toMatchObject([
      { type: 'policy', error: { code: 'policy_unavailable', retryAfterSeconds: 5 } },
      { code: 'policy_unavailable' },
    ]);
    expect(shown).not.toContain(piece);
  });

  test('a denial: its reason', async () => {
    const { shown, piece, events } = await judge((token) => deny({ reason: `no rights: ${token}` }));
    expect(events).toMatchObject([{ code: 'policy_denied', reason: '(a part of the token)' }]);
    expect(shown).not.toContain(piece);
  });
});
