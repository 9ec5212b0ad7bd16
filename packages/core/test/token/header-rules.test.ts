import { describe, expect, test } from 'vitest';
import {
  checkHeader,
  isSupportedAlgorithm,
  supportedAlgorithms,
  type HeaderRules,
} from '../../src/token/algorithms.js';

const rules: HeaderRules = { algorithms: new Set(supportedAlgorithms), types: undefined };
const strict: HeaderRules = { ...rules, types: new Set(['at+jwt']) };
const code = (header: Record<string, unknown>, used = rules) => checkHeader(header, used)?.code;

describe('algorithms come from the configuration, never from the token', () => {
  test.each([
    'none',
    'None',
    'NONE',
    'nOnE',
    '',
    'HS256',
    'HS384',
    'HS512',
    'hs256',
    'rs256',
    'ES256K',
    'RS1',
    'ECDH-ES',
    'dir',
    'A128KW',
    'PBES2-HS256+A128KW',
  ])('[RFC9068-2.1-01][RFC8725-3.1-01] alg %j', (alg) => {
    expect(code({ alg })).toBe('unsupported_algorithm');
  });

  test.each([undefined, null, 5, true, ['RS256'], { alg: 'RS256' }])(
    '[RFC8725-3.1-01] alg of another type: %j',
    (alg) => {
      expect(code({ alg })).toBe('unsupported_algorithm');
    },
  );

  test('[RFC8725-3.1-01] an algorithm that was configured away', () => {
    expect(code({ alg: 'RS256' }, { ...rules, algorithms: new Set(['ES256']) })).toBe(
      'unsupported_algorithm',
    );
  });

  test('[RFC8725-3.2-01] nothing symmetric is on the list at all', () => {
    expect(supportedAlgorithms.filter((alg) => /^(?:HS|none)/i.test(alg))).toEqual([]);
    expect(isSupportedAlgorithm('HS256')).toBe(false);
  });

  test('[RFC9068-2.1-02] RS256 and the other asymmetric algorithms pass', () => {
    for (const alg of supportedAlgorithms) expect(code({ alg })).toBeUndefined();
  });
});

describe('a kind of JWT that is no access token is refused by its type', () => {
  test.each([
    'id_token+jwt',
    'logout+jwt',
    'application/logout+jwt',
    'dpop+jwt',
    'oauth-id-jag+jwt',
    'token-introspection+jwt',
    'secevent+jwt',
    'oauth-authz-req+jwt',
    'refresh+jwt',
    'entity-statement+jwt',
    'JWE',
    'JOSE',
    'at+jwt ',
    ' JWT',
    'xat+jwt',
    'at+jwtx',
    'text/at+jwt',
    'application/application/at+jwt',
    '',
  ])('[RFC8725-3.11-01][RFC9701-8.1-01][MCP-EXT-EMA-02] typ %j', (typ) => {
    expect(code({ alg: 'RS256', typ })).toBe('unsupported_type');
  });

  test.each([null, 5, [], ['at+jwt'], {}])('typ of another type: %j', (typ) => {
    expect(code({ alg: 'RS256', typ })).toBe('unsupported_type');
    expect(code({ alg: 'RS256', typ }, strict)).toBe('unsupported_type');
  });

  test.each([
    'at+jwt',
    'AT+JWT',
    'application/at+jwt',
    'Application/AT+JWT',
    'JWT',
    'jwt',
    'application/jwt',
  ])('[RFC9068-2.1-03] typ %s passes', (typ) => {
    expect(code({ alg: 'RS256', typ })).toBeUndefined();
  });

  test('[RFC9068-2.1-03] a token without typ passes unless the strict profile was asked for', () => {
    expect(code({ alg: 'RS256' })).toBeUndefined();
    expect(code({ alg: 'RS256' }, strict)).toBe('unsupported_type');
  });

  test('[RFC9068-2.1-03] the strict profile takes at+jwt in both forms and nothing else', () => {
    expect(code({ alg: 'RS256', typ: 'JWT' }, strict)).toBe('unsupported_type');
    expect(code({ alg: 'RS256', typ: 'at+JWT' }, strict)).toBeUndefined();
    expect(code({ alg: 'RS256', typ: 'application/at+jwt' }, strict)).toBeUndefined();
  });
});

describe('header members that try to steer the verifier', () => {
  test.each([[['exp']], [[]], ['b64'], [null]])(
    '[RFC8725-3.10-01] crit is refused whatever it says: %j',
    (crit) => {
      expect(code({ alg: 'RS256', crit })).toBe('critical_header');
    },
  );

  test.each([5, null, {}, ['a']])('[RFC8725-3.10-01] kid of another type: %j', (kid) => {
    expect(code({ alg: 'RS256', kid })).toBe('malformed_token');
  });

  test('[RFC8725-3.10-01] jku, x5u, jwk and x5c are not even looked at', () => {
    const members: Record<string, unknown> = { alg: 'RS256', kid: 'a', typ: 'JWT' };
    const header = new Proxy(members, {
      get: (target, name: string) => {
        if (['jku', 'x5u', 'jwk', 'x5c', 'x5t'].includes(name)) throw new Error(`read ${name}`);
        return target[name];
      },
    });
    expect(code(header)).toBeUndefined();
  });
});
