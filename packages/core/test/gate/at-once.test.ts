import { describe, expect, test, vi } from 'vitest';
import { isFrozen } from './is-frozen.js';
import { assembleJwt } from '../support/jwt.js';
import { headWith, createHead } from '../support/head.js';
import { allowed, protect } from '../support/protect.js';
import type { AdapterBinding } from '../../src/adapter/binding.js';
import { runGate } from '../../src/adapter/run-gate.js';
import type { RequestHead } from '../../src/http/request-head.js';
import { MCPAuthError } from '../../src/errors/mcp-auth-error.js';
import type { Gate } from '../../src/gate/gate.js';

/** Credentials about which nothing has to be found out, with the status they get. */
const evident: readonly (readonly [what: string, authorization: string | undefined, status: number])[] = [
  ['no credentials', undefined, 401],
  ['another scheme', 'Basic dXNlcjpwYXNz', 401],
  ['a scheme without token', 'Bearer', 401],
  ['two words', 'Bearer a b', 400],
  ['two tokens', 'Bearer a, Bearer b', 400],
  ['characters that no token has', 'Bearer a"b', 400],
  ['one word that is no JWT', 'Bearer opaque', 401],
  ['two segments', 'Bearer YQ.YQ', 401],
  ['segments that are no JSON', 'Bearer YQ.YQ.YQ', 401],
  ['an unsigned token', `Bearer ${assembleJwt({ alg: 'none' }, { iss: 'https://as.example.com' })}`, 401],
  [
    'a stranger’s token',
    `Bearer ${assembleJwt({ alg: 'ES256' }, { iss: 'https://other.example.com' })}`,
    401,
  ],
  ['a token of any length', `Bearer ${'a'.repeat(20_000)}`, 401],
];

function decide(gate: Gate, authorization: string | undefined) {
  const decision = gate.authenticate(headWith(authorization));
  if (decision instanceof Promise) throw new Error('not decided at once');
  return decision;
}

describe('what is known or evident is decided without waiting', () => {
  test.each(evident)('%s', async (_what, authorization, status) => {
    const { gate } = await protect();
    expect(decide(gate, authorization)).toMatchObject({ kind: 'refuse', status });
  });

  test('two Authorization headers, also around a known token', async () => {
    const { gate, issuer, ask } = await protect();
    const authorization = `Bearer ${await issuer.sign()}`;
    allowed(await ask(authorization.slice(7)));
    const rawHeaders = ['Authorization', authorization, 'authorization', authorization];
    const head = createHead({ headers: { authorization }, rawHeaders });
    expect(gate.authenticate(head)).toMatchObject({ kind: 'refuse', status: 400 });
  });

  test('a known token, whatever the spaces before it and the case of the scheme', async () => {
    const { gate, issuer, ask } = await protect();
    const token = await issuer.sign();
    allowed(await ask(token));
    for (const authorization of [`Bearer ${token}`, `bearer   ${token}`, `BEARER ${token}`]) {
      expect(decide(gate, authorization)).toMatchObject({ kind: 'allow', auth: { subject: 'user-1' } });
    }
    expect(decide(gate, `Bearer ${token} `)).toMatchObject({ kind: 'refuse', status: 400 });
  });

  test('a known token that covers too little', async () => {
    const { gate, issuer, ask } = await protect({ options: { requiredScopes: ['admin'] } });
    const token = await issuer.sign();
    await ask(token);
    expect(decide(gate, `Bearer ${token}`)).toMatchObject({ kind: 'refuse', status: 403 });
  });
});

test('an adapter hears of it in the same turn', async () => {
  const { gate, issuer, ask } = await protect();
  const token = await issuer.sign();
  allowed(await ask(token));
  const binding: AdapterBinding<RequestHead, string> = {
    readHead: (head) => head,
    refuse: (_head, { status }) => String(status),
    proceed: (_head, auth) => auth?.subject ?? 'nobody',
    fail: () => 'failed',
    capabilities: {
      readBody: () => {
        throw new Error('no operation is judged here');
      },
    },
  };
  expect(runGate(gate, binding, headWith(`Bearer ${token}`))).toBe('user-1');
  expect(runGate(gate, binding, headWith(undefined))).toBe('401');
  expect(runGate(gate, binding, headWith('Bearer'))).toBe('401');
  expect(runGate(gate, binding, headWith(`Bearer ${await issuer.sign()}`))).toBeInstanceOf(Promise);
});

describe('refusing costs no error with a stack trace', () => {
  test.each(evident)('%s', async (_what, authorization) => {
    const { gate } = await protect();
    const parse = vi.spyOn(JSON, 'parse');
    const decode = vi.spyOn(globalThis, 'atob');
    const created: string[] = [];
    for (const name of ['Error', 'TypeError', 'SyntaxError', 'RangeError'] as const) {
      vi.stubGlobal(
        name,
        new Proxy(globalThis[name], {
          construct: (target, parameters, newTarget) => {
            created.push(name);
            return Reflect.construct(target, parameters, newTarget) as object;
          },
        }),
      );
    }
    const base = Object.getPrototypeOf(MCPAuthError) as object;
    Object.setPrototypeOf(MCPAuthError, globalThis.Error);
    decide(gate, authorization);
    Object.setPrototypeOf(MCPAuthError, base);
    vi.unstubAllGlobals();
    const thrown = [...parse.mock.results, ...decode.mock.results].filter(({ type }) => type === 'throw');
    vi.restoreAllMocks();
    expect([created, thrown]).toEqual([[], []]);
  });
});

describe('an answer that does not vary is built once, and nobody can change it', () => {
  test.each(evident)('%s', async (_what, authorization) => {
    const { gate } = await protect();
    const decision = decide(gate, authorization);
    expect(decide(gate, authorization)).toBe(decision);
    expect(isFrozen(decision)).toBe(true);
  });

  test('each code has its own where clients are told', async () => {
    const { gate } = await protect({ options: { showErrorDetails: true } });
    const opaque = decide(gate, 'Bearer opaque');
    const unsigned = decide(gate, `Bearer ${assembleJwt({ alg: 'none' }, {})}`);
    expect(opaque).not.toEqual(unsigned);
    expect(decide(gate, 'Bearer opaque')).toBe(opaque);
  });
});
