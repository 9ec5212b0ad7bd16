import { describe, expect, test } from 'vitest';
import { createKey } from '../support/keys.js';
import { allowed, lastCode, protect, statusOf } from '../support/protect.js';

describe('malformed, then unknown, then expired, then elsewhere, then too little', () => {
  test('[MCP-2026-07-28-RS-020] each flaw is only reported when the ones before it are mended', async () => {
    const { ask, askWith, issuer, clock, events } = await protect({ options: { requiredScopes: ['admin'] } });
    const stranger = await createKey({ kid: issuer.key.kid ?? '' });
    const flaws = { exp: clock.seconds() - 60, aud: 'elsewhere', scope: '' };
    const steps: [status: number, code: string | undefined][] = [];
    const note = (decision: Awaited<ReturnType<typeof ask>>) =>
      steps.push([statusOf(decision), lastCode(events)]);

    note(await askWith({ headers: { authorization: `Bearer ${await issuer.sign(flaws)} x` } }));
    note(await ask(await issuer.sign(flaws, {}, stranger)));
    note(await ask(await issuer.sign(flaws)));
    note(await ask(await issuer.sign({ ...flaws, exp: clock.seconds() + 60 })));
    note(await ask(await issuer.sign({ scope: '' })));
    expect(steps).toEqual([
      [400, 'malformed_credentials'],
      [401, 'invalid_signature'],
      [401, 'token_expired'],
      [401, 'wrong_audience'],
      [403, 'insufficient_scope'],
    ]);
    expect(statusOf(await ask(await issuer.sign({ scope: 'admin' })))).toBe(200);
  });

  test('[MCP-2026-07-28-RS-017] expired beats missing scope', async () => {
    const { ask, issuer, clock, events } = await protect({ options: { requiredScopes: ['admin'] } });
    expect(statusOf(await ask(await issuer.sign({ scope: '', exp: clock.seconds() - 60 })))).toBe(401);
    expect(lastCode(events)).toBe('token_expired');
  });
});

describe('whose fault it is', () => {
  test('a hostile token gets 503 only while its key may be one that no fetch has seen, and then 401 for ever', async () => {
    const { ask, issuer, clock } = await protect();
    await ask(await issuer.sign());
    const stranger = await createKey();
    const unknown = await Promise.all([
      issuer.sign({}, { kid: 'unknown' }),
      issuer.sign({}, { kid: undefined }, stranger),
      issuer.sign({}, { alg: 'ES256', jku: 'https://evil.example' }, stranger),
    ]);
    const known = await Promise.all([
      issuer.sign({}, { kid: issuer.key.kid }, stranger),
      issuer.sign({ exp: 'never' }),
      issuer.sign({ aud: { a: 1 } }),
    ]);
    for (let seconds = 0; seconds < 1200; seconds += 7) {
      for (const token of known) expect(statusOf(await ask(token))).toBe(401);
      const statuses = [];
      for (const token of unknown) statuses.push(statusOf(await ask(token)));
      expect(statuses).toEqual(seconds < 63 ? [503, 503, 503] : [401, 401, 401]);
      clock.advance(7);
    }
    expect(issuer.keySetRequests).toBeLessThanOrEqual(1 + 1200 / 5);
  });

  test('nor ever for an issuer that is not trusted, which costs no request either', async () => {
    const { ask, issuer } = await protect();
    issuer.down = true;
    const tokens = await Promise.all(
      ['https://evil.example', 'https://as.example.com/', ''].map((iss) => issuer.sign({ iss })),
    );
    for (const token of tokens) expect(statusOf(await ask(token))).toBe(401);
    for (const token of ['garbage', 'a.b.c', 'e30.e30.e30']) expect(statusOf(await ask(token))).toBe(401);
    expect(issuer.requests).toEqual([]);
  });

  test('a fault of the application is thrown, for the framework’s error path', async () => {
    const bug = new TypeError('bug in the verifier');
    const { ask } = await protect({
      mode: () => {
        throw bug;
      },
    });
    await expect(ask('opaque')).rejects.toBe(bug);
  });

  test('a custom verifier’s reasons lead to the same answers as those of a JWT', async () => {
    const issuer = 'https://as.example.com';
    const answers: Record<string, object> = {
      good: { issuer, audience: 'https://api.example.com/mcp', scopes: ['read'], expiresAt: 4_000_000_000 },
      elsewhere: { issuer, audience: 'https://other.example', scopes: ['read'], expiresAt: 4_000_000_000 },
      unbound: { issuer, scopes: ['read'], expiresAt: 4_000_000_000 },
      expired: { issuer, audience: 'https://api.example.com/mcp', scopes: [], expiresAt: 1 },
      foreign: {
        issuer: 'https://evil.example',
        audience: 'https://api.example.com/mcp',
        expiresAt: 4_000_000_000,
      },
      poor: { issuer, audience: 'https://api.example.com/mcp', scopes: [], expiresAt: 4_000_000_000 },
    };
    const { ask } = await protect({
      mode: (token) => answers[token] as never,
      options: { requiredScopes: ['read'] },
    });
    const statuses: Record<string, number> = {};
    for (const token of Object.keys(answers)) statuses[token] = statusOf(await ask(token));
    expect(statuses).toEqual({
      good: 200,
      elsewhere: 401,
      unbound: 401,
      expired: 401,
      foreign: 401,
      poor: 403,
    });
    expect(allowed(await ask('good')).token).toBe('good');
  });
});
