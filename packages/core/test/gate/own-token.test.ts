import { describe, expect, test, vi } from 'vitest';
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

  test('somebody else’s token, by its form and by its place in a URI', () => {
    for (const text of [
      token,
      `notes://a/${token}`,
      'https://api.example.com/a?access_token=2YotnFZFEjr1zCsicMWpAA',
      'https://api.example.com/a?x=1&api_key=0123456789abcdef',
    ]) {
      expect(own.hide(text, createHead({})), text).toBe('(a token)');
      expect(own.hide(text, undefined), text).toBe('(a token)');
    }
    expect(own.hide('notes://archive/2025?tokens=all&page=2', undefined)).toBe(
      'notes://archive/2025?tokens=all&page=2',
    );
  });

  test('its own token in percent-encoding', () => {
    const opaque = createHead({ headers: { authorization: 'Bearer ab/cd+ef=gh/ij+kl=mn' } });
    expect(own.hide('notes://a?x=ab%2Fcd%2Bef%3Dgh%2fij%2Bkl', opaque)).toBe('(a part of the token)');
  });

  test('a name of megabytes, made to have much in common with the header, does not stop the process', () => {
    const padded = createHead({ headers: { authorization: `Bearer${' '.repeat(8000)}abc` } });
    const look = vi.spyOn(String.prototype, 'indexOf');
    own.hide('        bbbbbbbb'.repeat(262_144), padded);
    own.isIn('        bbbbbbbb'.repeat(262_144), padded);
    const looks = look.mock.calls.length;
    look.mockRestore();
    expect(looks).toBeLessThan(1000);
  });

  test.each(['subject', 'clientId'] as const)('a %s that is the token is in no event', async (member) => {
    const key = 'sk-live-0123456789abcdef';
    const known: { issuer?: string } = {};
    const { ask, events, clock, issuer } = await protect({
      mode: (async (given: string) => ({
        issuer: known.issuer,
        audience: 'https://api.example.com/mcp',
        expiresAt: clock.seconds() + 60,
        clientId: 'client',
        [member]: given,
      })) as never,
    });
    known.issuer = issuer.issuer;
    await ask(key);
    expect(events).toMatchObject([{ outcome: 'allow', caller: { [member]: '(a part of the token)' } }]);
    expect(JSON.stringify(events)).not.toContain(key.slice(0, 16));
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
