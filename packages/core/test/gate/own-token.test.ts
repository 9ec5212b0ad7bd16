import { describe, expect, test } from 'vitest';
import { OwnToken } from '../../src/gate/own-token.js';
import { protect } from '../support/protect.js';
import { createHead } from '../support/head.js';

const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c2VyLTEifQ.q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ';
const head = createHead({ headers: { authorization: `Bearer ${token}` } });
const own = new OwnToken(undefined);

describe('[MCP-2026-07-28-RS-033] what a client writes into a name is not told where it is its token', () => {
  test('sixteen characters of the token, wherever they are cut out and whatever is around them', () => {
    for (let start = 0; start + 16 <= token.length; start++) {
      const piece = token.slice(start, start + 16);
      for (const text of [piece, `notes://a?access_token=${piece}`, `abc${piece}xyz`]) {
        expect(own.hide(text, head), text).toBe('(a part of the token)');
      }
    }
  });

  test('what only looks alike is told', () => {
    for (const text of ['write', token.slice(0, 15), `${token.slice(0, 10)}-${token.slice(11, 20)}`]) {
      expect(own.hide(text, head)).toBe(text);
    }
  });

  test('without credentials there is nothing to hide', () => {
    expect(own.hide(token, createHead({}))).toBe(token);
    expect(own.hide(token, undefined)).toBe(token);
  });

  test('the header that holds the token instead of Authorization is looked at too', () => {
    const named = new OwnToken('X-Forwarded-Access-Token');
    expect(named.isIn(token, createHead({ headers: { 'x-forwarded-access-token': token } }))).toBe(true);
  });

  test('a URI with the token in it is in no event, and in no advice about rules', async () => {
    const { gate, issuer, events } = await protect({
      options: { operations: { resources: { '*': 'refuse' } } },
    });
    const signed = await issuer.sign();
    const request = createHead({ headers: { authorization: `Bearer ${signed}`, 'content-length': '1' } });
    const decision = await gate.authenticate(request);
    const value = {
      jsonrpc: '2.0',
      id: 1,
      method: 'resources/read',
      params: { uri: `notes://a?access_token=${signed}` },
    };
    const auth = decision.kind === 'refuse' ? undefined : decision.auth;
    await gate.authorize(request, auth, { kind: 'json', value });
    expect(events).toMatchObject([
      {
        code: 'unknown_operation',
        operations: [{ method: 'resources/read', target: '(a part of the token)' }],
      },
    ]);
  });
});
