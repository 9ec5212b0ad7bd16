import { describe, expect, test } from 'vitest';
import { MCPAuthAuthServerError } from '../../src/errors/auth-server-error.js';
import { MCPAuthBearerAuthError } from '../../src/errors/bearer-auth-error.js';
import { MCPAuthTokenVerificationError } from '../../src/errors/token-error.js';
import { createCustomVerifier } from '../../src/verifier/custom-verifier.js';
import type { TokenInfo, VerifyAccessToken } from '../../src/verifier/token-info.js';
import type { TrustedIssuer } from '../../src/verifier/trusted-issuer.js';
import { createClock } from '../support/clock.js';
import { issuer, outcome, verified } from '../support/verifier.js';

const clock = createClock();
const info: TokenInfo = { issuer, audience: 'r', expiresAt: clock.seconds() + 60, scopes: ['read'] };
const trusted: TrustedIssuer = {
  authorizationServer: issuer,
  resource: 'r',
  policy: undefined,
  scopeClaims: undefined,
  report: () => undefined,
};

function create(
  verify: VerifyAccessToken,
  changes: Partial<TrustedIssuer> = {},
  lifetimeWithoutExpirySeconds?: number,
) {
  const tolerances = { expiryToleranceSeconds: 5, aheadToleranceSeconds: 60 };
  const time = { now: () => clock.now() / 1000, ...tolerances, maxTokenAgeSeconds: undefined };
  return createCustomVerifier(verify, new Map([[issuer, { ...trusted, ...changes }]]), {
    time,
    lifetimeWithoutExpirySeconds,
    maxTokenBytes: 16_384,
    confirmations: new Set(),
  });
}
const judge = (reported: unknown, changes?: Partial<TrustedIssuer>) =>
  outcome(
    create(() => reported as TokenInfo, changes),
    'opaque',
  );
const thrown = (error: unknown) =>
  outcome(
    create(() => {
      throw error;
    }),
    'opaque',
  );

describe('what a verifier throws is classified by whose fault it is', () => {
  test('[RFC6750-3.1-02] the token: refused, with the reason it names', async () => {
    expect(await thrown(new MCPAuthTokenVerificationError('inactive_token'))).toBe('inactive_token');
    expect(await thrown(new MCPAuthTokenVerificationError('token_expired', 'own words'))).toBe(
      'token_expired',
    );
    expect(await thrown(new MCPAuthBearerAuthError('missing_credentials'))).toBe('rejected_by_verifier');
  });

  test('the token, said with an error of the official SDK', async () => {
    expect(await thrown(Object.assign(new Error('no'), { code: 'invalid_token' }))).toBe(
      'rejected_by_verifier',
    );
    expect(await thrown(Object.assign(new Error('no'), { errorCode: 'invalid_token' }))).toBe(
      'rejected_by_verifier',
    );
  });

  test('[RFC7662-2.3-01] the authorization server: nobody can tell', async () => {
    const error = new MCPAuthAuthServerError('request_failed', 'down');
    const verification = await create(() => Promise.reject(error))('opaque');
    expect(verification).toEqual({ kind: 'unavailable', error, retryAfterSeconds: 5 });
  });

  test.each([
    new TypeError('bug'),
    Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
    'text',
    undefined,
    { code: 'invalid_token' },
  ])('[RFC9110-15.5.2-01] anything else is a fault of the application: %j', async (error) => {
    await expect(thrown(error)).rejects.toBe(error);
  });

  test('rejections count like exceptions', async () => {
    const verifier = create(() => Promise.reject(new MCPAuthTokenVerificationError('inactive_token')));
    expect(await outcome(verifier, 'opaque')).toBe('inactive_token');
  });
});

describe('what a verifier reports is still checked by the library', () => {
  test.each([undefined, null, '', 'https://other.example.com', `${issuer}/`, 5])(
    '[MCP-2026-07-28-RS-018] issuer %j',
    async (reported) => {
      expect(await judge({ ...info, issuer: reported })).toBe('untrusted_issuer: iss');
    },
  );

  test.each([
    [undefined, 'missing_claim: exp'],
    [null, 'invalid_claim: exp'],
    [NaN, 'invalid_claim: exp'],
    ['soon', 'invalid_claim: exp'],
    [(clock.seconds() + 60) * 1000, 'invalid_claim: exp'],
    [clock.seconds() - 5, 'token_expired: exp'],
  ])('[OAUTH21-5-01] expiresAt %j', async (expiresAt, expected) => {
    expect(await judge({ ...info, expiresAt })).toBe(expected);
  });

  test.each([null, 5, {}, [5], [null]])('audience %j', async (audience) => {
    expect(await judge({ ...info, audience })).toBe('invalid_claim: aud');
  });

  test.each([null, 5, {}])('subject %j and client %j', async (value) => {
    expect(await judge({ ...info, subject: value })).toBe('invalid_claim: sub');
    expect(await judge({ ...info, clientId: value })).toBe('invalid_claim: client_id');
  });

  test.each([undefined, null, 'yes', true, 5])('a report that is none: %j', async (reported) => {
    expect(await judge(reported)).toBe('rejected_by_verifier');
  });

  test('[RFC8705-3.2-01][RFC9449-6-01] a token that is bound to a key', async () => {
    expect(await judge({ ...info, claims: { cnf: { jkt: 'x' } } })).toBe('sender_constrained: cnf');
  });

  test('[OAUTH21-5.2-01] the policy of the authorization server', async () => {
    const policy = {
      name: 'p',
      check: ({ tenant }: Record<string, unknown>) => (tenant === 'a' ? undefined : 'tenant'),
    };
    expect(await judge({ ...info, claims: { tenant: 'b' } }, { policy })).toBe('policy_refused: tenant');
    expect(await judge(info, { policy })).toBe('policy_refused: tenant');
    expect(await judge({ ...info, claims: { tenant: 'a' } }, { policy })).toBe('verified');
  });

  test('[OAUTH21-5.2-01] a token beyond the size limit does not reach the verifier', async () => {
    const verifier = create(() => {
      throw new Error('called');
    });
    expect(await outcome(verifier, 'a'.repeat(16_385))).toBe('token_too_large');
    expect(
      await outcome(
        create(() => info),
        'a'.repeat(16_384),
      ),
    ).toBe('verified');
  });
});

describe('claims that a verifier hands on speak too', () => {
  const withClaims = (claims: Readonly<Record<string, unknown>>, changes: object = {}) =>
    judge({ ...info, ...changes, claims });

  test.each([
    [{ active: false }, 'inactive_token'],
    [{ iss: 'https://other.example.com' }, 'untrusted_issuer: iss'],
    [{ iss: 5 }, 'untrusted_issuer: iss'],
    [{ exp: clock.seconds() - 5 }, 'token_expired: exp'],
    [{ exp: 'soon' }, 'invalid_claim: exp'],
    [{ nbf: clock.seconds() + 61 }, 'token_not_yet_valid: nbf'],
    [{ iat: clock.seconds() + 61 }, 'issued_in_future: iat'],
    [{ nbf: null }, 'invalid_claim: nbf'],
  ])('[OAUTH21-5-01][MCP-2026-07-28-RS-018] against a token: %j', async (claims, expected) => {
    expect(await withClaims(claims)).toBe(expected);
  });

  test.each([
    [{ active: false }, 'inactive_token'],
    [{ iss: 'https://other.example.com' }, 'untrusted_issuer: iss'],
    [{ exp: clock.seconds() - 5 }, 'token_expired: exp'],
    [{ nbf: clock.seconds() + 61 }, 'token_not_yet_valid: nbf'],
    [{ iat: clock.seconds() + 61 }, 'issued_in_future: iat'],
    [{ cnf: { jkt: 'x' } }, 'sender_constrained: cnf'],
  ])(
    '[OAUTH21-5-01][MCP-2026-07-28-RS-018] against a token where a spread answer has it outside of claims: %j',
    async (members, expected) => {
      expect(await judge({ ...info, ...members })).toBe(expected);
      const [name] = Object.keys(members);
      expect(await judge({ ...info, claims: {}, [String(name)]: undefined })).toBe('verified');
    },
  );

  test('an expiry that a spread answer has outside of claims ends a token that would end later', async () => {
    const exp = clock.seconds() + 30;
    const report = { issuer, audience: 'r', active: true, iss: issuer, exp };
    const token = await verified(
      create(() => report, {}, 3600),
      'opaque',
    );
    expect(token.expiresAt).toBe(exp);
    expect(
      await outcome(
        create(() => ({ ...report, exp: exp - 60 }), {}, 3600),
        'opaque',
      ),
    ).toBe('token_expired: exp');
  });

  test.each<[what: string, claims: unknown]>([
    ['a Map', new Map([['active', false]])],
    ['a list', [{ active: false }]],
    ['an object of a class', new URLSearchParams({ active: 'false' })],
    ['null', null],
    ['a string', 'active=false'],
  ])(
    '[OAUTH21-5-01] what speaks against a token would be lost in claims that are %s',
    async (_what, claims) => {
      expect(await judge({ ...info, claims })).toBe('rejected_by_verifier: claims');
    },
  );

  test('where the report itself is silent: expiry, client and scopes', async () => {
    const claims = { iss: issuer, exp: clock.seconds() + 30, client_id: 'c', scope: 'read write' };
    const token = await verified(
      create(() => ({ issuer, claims })),
      'opaque',
    );
    expect(token).toMatchObject({ expiresAt: claims.exp, clientId: 'c', scopes: ['read', 'write'] });
  });

  test('scopes by the mapping of the configuration, unless the report names them', async () => {
    const claims = { scope: 'read', roles: ['admin'] };
    const silent = { ...info, scopes: undefined };
    const mapped = create(() => ({ ...silent, claims }), { scopeClaims: ['roles'] });
    expect((await verified(mapped, 'opaque')).scopes).toEqual(['admin']);
    const named = create(() => ({ ...info, claims }), { scopeClaims: ['roles'] });
    expect((await verified(named, 'opaque')).scopes).toEqual(['read']);
  });

  test('[OAUTH21-5-01] the earlier of two expiries counts', async () => {
    const claims = { exp: clock.seconds() + 30 };
    const token = await verified(
      create(() => ({ ...info, claims })),
      'opaque',
    );
    expect(token.expiresAt).toBe(claims.exp);
  });
});

describe('[OAUTH21-5-01] a report without an expiry', () => {
  const silent = { issuer, audience: 'r' };

  test('ends lifetimeWithoutExpirySeconds after the token was issued, or after the report', async () => {
    const now = clock.seconds();
    const expiryOf = async (report: TokenInfo) =>
      (
        await verified(
          create(() => report, {}, 600),
          'opaque',
        )
      ).expiresAt;
    expect(await expiryOf(silent)).toBe(now + 600);
    expect(await expiryOf({ ...silent, claims: { iat: now - 100 } })).toBe(now + 500);
    expect(await expiryOf({ ...silent, expiresAt: now + 5000 })).toBe(now + 5000);
  });

  test('is refused when the token is older than that, and where no age is configured', async () => {
    const old = { ...silent, claims: { iat: clock.seconds() - 606 } };
    expect(
      await outcome(
        create(() => old, {}, 600),
        'opaque',
      ),
    ).toBe('token_expired: exp');
    expect(await judge(silent)).toBe('missing_claim: exp');
    expect(
      await outcome(
        create(() => ({ ...silent, expiresAt: null as unknown as number }), {}, 600),
        'opaque',
      ),
    ).toBe('invalid_claim: exp');
  });
});

test('a function is called for each request, also when several bring one token at a time', async () => {
  let calls = 0;
  const verifier = create(async () => {
    calls++;
    await Promise.resolve();
    return info;
  });
  await Promise.all([verifier('opaque'), verifier('opaque')]);
  expect(calls).toBe(2);
});

describe('a good report', () => {
  test('is handed over with defaults for what it leaves out', async () => {
    const token = await verified(
      create(() => ({ issuer, expiresAt: info.expiresAt })),
      'opaque',
    );
    expect(token).toEqual({
      token: 'opaque',
      issuer,
      authorizationServer: issuer,
      clientId: '',
      subject: undefined,
      audience: undefined,
      scopes: [],
      expiresAt: info.expiresAt,
      claims: {},
      verifiedBy: 'function',
    });
  });

  test('[RFC6750-3-04] entries that are no scopes grant nothing', async () => {
    const scopes = ['read', 'a b', '"', '', 5] as string[];
    expect(
      (
        await verified(
          create(() => ({ ...info, scopes })),
          'opaque',
        )
      ).scopes,
    ).toEqual(['read']);
  });

  test('claims may hold bytes', async () => {
    const claims = { certificate: new Uint8Array([1, 2]), nested: [Buffer.from('x')] };
    const verifier = create(() => ({ ...info, claims }));
    const token = await verified(verifier, 'opaque');
    expect(Object.isFrozen(token.claims.nested)).toBe(true);
  });

  test('[MCP-2026-07-28-RS-030] a verifier that caches its reports is safe from the handlers: claims are copied and frozen at any depth', async () => {
    const cached: TokenInfo = { ...info, claims: { realm: { roles: ['user'] } } };
    const { claims } = await verified(
      create(() => cached),
      'opaque',
    );
    const { roles } = claims.realm as { roles: string[] };
    expect(() => roles.push('admin')).toThrow(TypeError);
    expect(cached.claims).toEqual({ realm: { roles: ['user'] } });
    expect(Object.isFrozen((cached.claims?.realm as { roles: string[] }).roles)).toBe(false);
  });
});
