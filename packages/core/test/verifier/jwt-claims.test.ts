import { beforeAll, describe, expect, test } from 'vitest';
import { createClock } from '../support/clock.js';
import { createKey, signRaw, type SigningKey } from '../support/keys.js';
import { createVerifier, issuer, outcome, verified, type VerifierOptions } from '../support/verifier.js';

const clock = createClock();
const claims = { iss: issuer, sub: 'u', aud: 'r', exp: clock.seconds() + 60, iat: clock.seconds() };
let key: SigningKey;

beforeAll(async () => {
  key = await createKey({ kid: 'k1' });
});

const judge = async (
  changes: Record<string, unknown>,
  jwtVerify?: VerifierOptions['jwtVerify'],
  header: Record<string, unknown> = {},
) =>
  outcome(
    createVerifier([key], { clock, ...(jwtVerify && { jwtVerify }) }),
    await signRaw(key, { ...claims, ...changes }, header),
  );

describe('size', () => {
  test('[OAUTH21-5.2-01] a token beyond the limit is refused unread', async () => {
    const verifier = createVerifier([key]);
    expect(await outcome(verifier, 'a'.repeat(16_385))).toBe('token_too_large');
    expect(await outcome(verifier, 'a'.repeat(16_384))).toBe('malformed_token');
  });
});

describe('claims of an unusable shape', () => {
  test.each([null, 5, {}, [5], ['r', null], [['r']], true])('[RFC9068-4-02] aud %j', async (aud) => {
    expect(await judge({ aud })).toBe('invalid_claim: aud');
  });

  test.each([null, 5, {}, ['u']])('[RFC9068-2.2-01] sub %j', async (sub) => {
    expect(await judge({ sub })).toBe('invalid_claim: sub');
  });

  test.each([5, null, {}, [5], ['a b', '"']])('scope %j grants nothing and breaks nothing', async (scope) => {
    const { scopes } = await verified(
      createVerifier([key], { clock }),
      await signRaw(key, { ...claims, scope }),
    );
    expect(scopes).toEqual([]);
  });

  test.each([5, null, {}, []])('client_id %j names no client', async (client_id) => {
    const { clientId } = await verified(
      createVerifier([key], { clock }),
      await signRaw(key, { ...claims, client_id }),
    );
    expect(clientId).toBe('');
  });

  test('hostile claims at any depth come out frozen, not thrown', async () => {
    const deep = `{"iss":${JSON.stringify(issuer)},"exp":${claims.exp},"a":${'['.repeat(3000)}${']'.repeat(3000)}}`;
    const token = await verified(createVerifier([key], { clock }), await signRaw(key, deep));
    expect(Object.isFrozen(token.claims.a)).toBe(true);
  });
});

describe('tokens that are bound to a key or a certificate', () => {
  test.each([{ jkt: 'x' }, { 'x5t#S256': 'x' }, {}, null, 'x'])(
    '[RFC8705-X-01][RFC9449-7.2-01] cnf %j is not taken for a plain bearer token',
    async (cnf) => {
      expect(await judge({ cnf })).toBe('sender_constrained: cnf');
    },
  );
});

describe('the kind of token is judged', () => {
  test('[RFC8725-3.12-01] an ID token of the same issuer, audience and key', async () => {
    expect(await judge({ nonce: 'n', at_hash: 'x' }, undefined, { typ: 'JWT' })).toBe(
      'not_an_access_token: at_hash',
    );
  });

  test('[MCP-EXT-EMA-02] an identity assertion grant', async () => {
    expect(await judge({}, undefined, { typ: 'oauth-id-jag+jwt' })).toBe('unsupported_type');
  });

  test('[MCP-EXT-WIF-02] a token typed as something else', async () => {
    expect(await judge({}, undefined, { typ: 'wimse-id+jwt' })).toBe('unsupported_type');
  });
});

describe('options under jose’s names', () => {
  test('[RFC9068-2.2-01] requiredClaims: each of them, null included, counts as present only when it is there', async () => {
    const jwtVerify = { requiredClaims: ['sub', 'client_id', 'iat', 'jti'] };
    expect(await judge({ client_id: 'c' }, jwtVerify)).toBe('missing_claim: jti');
    expect(await judge({ client_id: 'c', jti: 'j' }, jwtVerify)).toBe('verified');
    expect(await judge({}, { requiredClaims: ['toString'] })).toBe('missing_claim: toString');
    expect(await judge({ sub: '' }, { requiredClaims: ['sub'] })).toBe('missing_claim: sub');
  });

  test('[RFC8725-3.8-01] subject: only this one', async () => {
    expect(await judge({}, { subject: 'other' })).toBe('invalid_claim: sub');
    expect(await judge({ sub: undefined }, { subject: 'u' })).toBe('invalid_claim: sub');
    expect(await judge({}, { subject: 'u' })).toBe('verified');
  });

  test('[RFC9068-2.1-03] typ: the strict profile', async () => {
    expect(await judge({}, { typ: 'at+jwt' }, { typ: 'JWT' })).toBe('unsupported_type');
    expect(await judge({}, { typ: 'application/at+jwt' }, { typ: 'AT+JWT' })).toBe('verified');
  });

  test('algorithms: a subset', async () => {
    expect(await judge({}, { algorithms: ['RS256'] })).toBe('unsupported_algorithm');
    expect(await judge({}, { algorithms: ['RS256', 'ES256'] })).toBe('verified');
  });

  test('[RFC9068-4-04] clockTolerance: five seconds by default, and as told', async () => {
    expect(await judge({ exp: clock.seconds() - 5 })).toBe('token_expired: exp');
    expect(await judge({ exp: clock.seconds() - 4 })).toBe('verified');
    expect(await judge({ exp: clock.seconds() - 4 }, { clockTolerance: 0 })).toBe('token_expired: exp');
    expect(await judge({ exp: clock.seconds() - 59 }, { clockTolerance: '1 minute' })).toBe('verified');
  });

  test('maxTokenAge: counted from iat', async () => {
    expect(await judge({ iat: clock.seconds() - 3606 }, { maxTokenAge: '1h' })).toBe('token_too_old: iat');
    expect(await judge({ iat: clock.seconds() - 3605 }, { maxTokenAge: '1h' })).toBe('verified');
  });

  test('currentDate: fixes the clock', async () => {
    const currentDate = new Date((claims.exp + 10) * 1000);
    expect(await judge({}, { currentDate })).toBe('token_expired: exp');
    expect(await judge({ exp: claims.exp + 60 }, { currentDate })).toBe('verified');
  });
});

describe('the order of checks', () => {
  test('nothing is said about the claims of a token that is not genuine', async () => {
    const stranger = await createKey({ kid: 'k1' });
    const token = await signRaw(stranger, { ...claims, exp: 1, cnf: {}, aud: 5 });
    expect(await outcome(createVerifier([key], { clock }), token)).toBe('invalid_signature');
  });

  test('expired comes before missing and unusable claims', async () => {
    expect(await judge({ exp: 1, sub: 5 }, { requiredClaims: ['jti'] })).toBe('token_expired: exp');
  });
});
