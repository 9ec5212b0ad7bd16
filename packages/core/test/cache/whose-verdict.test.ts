import { describe, expect, test } from 'vitest';
import type { JwtVerifyOptions } from '../../src/config/jwt-verify-options.js';
import { assembleJwt, withOtherCharacter } from '../support/jwt.js';
import { createKey } from '../support/keys.js';
import { allowed, lastCode, protect, refused, resource } from '../support/protect.js';
import { askAtOnce, kindAtOnce } from '../support/ask-at-once.js';

describe('what a route asks for is asked of every request', () => {
  test('[RFC9068-4-02] its audience', async () => {
    const { issuer, server, ask } = await protect();
    const token = await issuer.sign();
    allowed(await ask(token));
    const other = server.createGate('jwt', { resource, audience: 'https://other.example.com/mcp' });
    expect(askAtOnce(other, token)).toMatchObject({ kind: 'refuse', status: 401 });
  });

  test('[MCP-2026-07-28-RS-020] its scopes', async () => {
    const { issuer, server, ask } = await protect();
    const token = await issuer.sign();
    allowed(await ask(token));
    const other = server.createGate('jwt', { resource, requiredScopes: ['admin'] });
    expect(askAtOnce(other, token)).toMatchObject({ kind: 'refuse', status: 403 });
    expect(kindAtOnce(server.createGate('jwt', { resource, requiredScopes: ['read'] }), token)).toBe('allow');
  });

  test('[MCP-2026-07-28-RS-018] a token of one resource stays one of that resource', async () => {
    const second = 'https://api.example.com/other';
    const { issuer, server, ask, events } = await protect({
      config: {
        protectedResources: [resource, second].map((identifier) => ({
          metadata: { resource: identifier, authorizationServers: [{ issuer: 'https://as.example.com' }] },
        })),
      },
    });
    const token = await issuer.sign();
    allowed(await ask(token));
    const other = server.createGate('jwt', { resource: second });
    expect(kindAtOnce(other, token)).toBe('later');
    expect(refused(await other.authenticate({ ...headOf(token) })).status).toBe(401);
    expect(lastCode(events)).toBe('wrong_audience');
  });

  test.each<[string, JwtVerifyOptions, string]>([
    ['algorithms', { algorithms: ['RS256'] }, 'unsupported_algorithm'],
    ['typ', { typ: 'JWT' }, 'unsupported_type'],
    ['requiredClaims', { requiredClaims: ['email'] }, 'missing_claim'],
    ['subject', { subject: 'user-2' }, 'invalid_claim'],
    ['maxTokenAge', { maxTokenAge: 1 }, 'token_too_old'],
    ['currentDate', { currentDate: new Date(Date.UTC(2027, 0, 1)) }, 'token_expired'],
  ])(
    '[MCP-2026-07-28-RS-017] jwtVerify.%s of one route does not speak for another',
    async (_name, jwtVerify, code) => {
      const { clock, issuer, server, gate, ask, events } = await protect();
      const token = await issuer.sign();
      clock.advance(10);
      allowed(await ask(token));
      const strict = server.createGate('jwt', { resource, jwtVerify });
      expect(refused(await strict.authenticate(headOf(token))).status).toBe(401);
      expect(lastCode(events)).toBe(code);
      expect(kindAtOnce(gate, token)).toBe('allow');
    },
  );

  test('[RFC9068-4-04] jwtVerify.clockTolerance of one route does not speak for another', async () => {
    const { clock, issuer, server } = await protect();
    const token = await issuer.sign({ exp: clock.seconds() });
    const tolerant = server.createGate('jwt', { resource, jwtVerify: { clockTolerance: 60 } });
    const strict = server.createGate('jwt', { resource, jwtVerify: { clockTolerance: 0 } });
    allowed(await tolerant.authenticate(headOf(token)));
    expect(refused(await strict.authenticate(headOf(token))).status).toBe(401);
    expect(kindAtOnce(tolerant, token)).toBe('allow');
  });

  test('routes that verify alike share what they found', async () => {
    const { issuer, server, ask } = await protect();
    const token = await issuer.sign();
    allowed(await ask(token));
    const other = server.createGate('jwt', { resource, requiredScopes: ['read'] });
    expect(kindAtOnce(other, token)).toBe('allow');
  });

  test('two configurations share nothing', async () => {
    const one = await protect();
    const token = await one.issuer.sign();
    allowed(await one.ask(token));
    const two = await protect({ issuer: one.issuer, clock: one.clock });
    expect(kindAtOnce(two.gate, token)).toBe('later');
  });
});

describe('[MCP-2026-07-28-RS-017] only good tokens are remembered', () => {
  test.each([
    ['expired', { exp: 1 }, {}],
    ['of a kind that is no access token', { nonce: 'n' }, { typ: 'JWT' }],
    ['bound to a sender', { cnf: { jkt: 'x' } }, {}],
    ['without expiry', { exp: undefined }, {}],
  ])('one that is %s is judged anew each time', async (_how, claims, header) => {
    const { issuer, gate, ask } = await protect();
    const token = await issuer.sign(claims, header);
    for (let request = 0; request < 3; request++) {
      expect(kindAtOnce(gate, token)).not.toBe('allow');
      expect(refused(await ask(token)).status).toBe(401);
    }
  });

  test('[RFC9068-4-03] one of a foreign key is judged anew each time', async () => {
    const { issuer, gate, ask } = await protect();
    const token = await issuer.sign({}, { kid: issuer.key.kid }, await createKey());
    expect(refused(await ask(token)).status).toBe(401);
    expect(kindAtOnce(gate, token)).toBe('later');
  });

  test('[RFC9068-4-03] a known token with other claims, another head or another signature is another token', async () => {
    const { issuer, gate, ask } = await protect();
    const token = await issuer.sign();
    allowed(await ask(token));
    const [header = '', claims = '', signature = ''] = token.split('.');
    const richer = assembleJwt(
      { alg: 'ES256', kid: issuer.key.kid },
      issuer.claims({ scope: 'admin' }),
      signature,
    );
    // All that a shorter comparison could be content with is the same
    for (const forged of [
      richer,
      `${header}.${richer.split('.')[1] ?? ''}.${signature}`,
      `${withOtherCharacter(header, header.length - 2)}.${claims}.${signature}`,
      `${header}.${claims}.${withOtherCharacter(signature, 0)}`,
      ` ${token}`.slice(1, -1),
    ]) {
      expect(forged).not.toBe(token);
      const decision = await gate.authenticate(headOf(forged));
      expect(refused(decision).status).toBe(401);
    }
    expect(kindAtOnce(gate, token)).toBe('allow');
  });

  test('what a custom verifier says is asked of it each time', async () => {
    let asked = 0;
    const { gate, ask } = await protect({
      mode: () => {
        asked += 1;
        return { issuer: 'https://as.example.com', audience: resource, expiresAt: 4_000_000_000 };
      },
    });
    allowed(await ask('opaque'));
    expect(kindAtOnce(gate, 'opaque')).toBe('later');
    expect(asked).toBe(2);
  });
});

describe('[MCP-2026-07-28-RS-030] a handler cannot change what the next request gets', () => {
  test('nothing of its caller is shared that can be changed', async () => {
    const { issuer, gate, ask } = await protect();
    const token = await issuer.sign({ aud: [resource], groups: ['a'], nested: { deep: [{ x: 1 }] } });
    const one = allowed(await ask(token));
    for (const caller of [one, authOf(askAtOnce(gate, token))]) {
      caller.scopes.push('admin');
      (caller.audience as string[]).push('other');
      caller.resource.pathname = '/other';
      Object.assign(caller, { subject: 'root', extra: true });
      expect(() => (caller.claims.groups as string[]).push('b')).toThrow(TypeError);
      expect(() => Object.assign(caller.claims, { sub: 'root' })).toThrow(TypeError);
      const { deep } = caller.claims.nested as { deep: [{ x: number }] };
      expect(() => Object.assign(deep[0], { x: 2 })).toThrow(TypeError);
    }
    const next = authOf(askAtOnce(gate, token));
    expect([next.subject, next.scopes, next.audience]).toEqual(['user-1', ['read', 'write'], [resource]]);
    expect(next.resource.href).toBe(resource);
    expect(next).not.toHaveProperty('extra');
    expect(next.claims).toMatchObject({ sub: 'user-1', groups: ['a'], nested: { deep: [{ x: 1 }] } });
  });

  test('nor through a decision', async () => {
    const { issuer, gate, ask } = await protect();
    const token = await issuer.sign();
    const { requirements, headers } = decisionOf(await ask(token));
    expect(() => (requirements as unknown[]).push(['x'])).toThrow(TypeError);
    expect(() => (headers as unknown[]).push(['x', 'y'])).toThrow(TypeError);
    expect(decisionOf(askAtOnce(gate, token)).requirements).toEqual([[]]);
  });
});

function headOf(token: string) {
  return {
    method: 'POST',
    target: '/mcp',
    host: undefined,
    rawHeaders: undefined,
    header: (name: string) => (name === 'authorization' ? `Bearer ${token}` : undefined),
  };
}

function decisionOf(decision: ReturnType<typeof askAtOnce>) {
  if (decision === 'later' || decision.kind === 'refuse') throw new Error('not allowed at once');
  return decision;
}

function authOf(decision: ReturnType<typeof askAtOnce>) {
  const { auth } = decisionOf(decision);
  if (auth === undefined) throw new Error('nobody');
  return auth;
}
