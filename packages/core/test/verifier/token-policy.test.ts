import { describe, expect, test } from 'vitest';
import {
  checkTokenPolicy,
  readClientId,
  readGrantedScopes,
  type TrustedIssuer,
} from '../../src/verifier/trusted-issuer.js';

const issuer: TrustedIssuer = {
  authorizationServer: 'https://as.example.com',
  resource: 'https://api.example.com/mcp',
  policy: undefined,
  scopeClaims: undefined,
  report: () => undefined,
};
const fail = () => {
  throw new Error('hostile shape');
};

describe('a policy refuses, it never admits', () => {
  test('no policy, or one without a check, changes nothing', () => {
    expect(checkTokenPolicy(issuer, {}, {})).toBeUndefined();
    expect(checkTokenPolicy({ ...issuer, policy: { name: 'p' } }, {}, {})).toBeUndefined();
  });

  test('the claim it names reaches the operator', () => {
    const policy = { name: 'p', check: () => 'tid' };
    expect(checkTokenPolicy({ ...issuer, policy }, {}, {})).toEqual({
      kind: 'rejected',
      code: 'policy_refused',
      claim: 'tid',
    });
  });

  test('one that throws refuses, and the owner hears of it', () => {
    const policy = { name: 'p', check: fail };
    const reports: string[] = [];
    expect(
      checkTokenPolicy({ ...issuer, policy, report: (text) => reports.push(text) }, {}, {}),
    ).toStrictEqual({ kind: 'rejected', code: 'policy_refused' });
    expect(reports).toEqual(['policy.check threw: token refused.']);
  });

  test.each(['null', 'false', '0', '""', '[]', '{}', 'a promise', 'a promise that rejects'])(
    'one that returns %s refuses, and the owner hears what came',
    (written) => {
      const reports: string[] = [];
      const results: Readonly<Record<string, () => unknown>> = {
        'a promise': () => Promise.resolve(undefined),
        'a promise that rejects': () => Promise.reject(new Error('late')),
      };
      const result = results[written] ?? (() => JSON.parse(written) as unknown);
      const policy = { name: 'p', check: result as () => undefined };
      const verdict = checkTokenPolicy({ ...issuer, policy, report: (text) => reports.push(text) }, {}, {});
      expect(verdict).toMatchObject({ kind: 'rejected', code: 'policy_refused' });
      expect(reports).toHaveLength(written === '""' ? 0 : 1);
      if (written === 'false')
        expect(reports).toEqual([
          'policy.check must return the name of a claim or nothing, but returned false: token refused.',
        ]);
    },
  );

  test('it is told the resource and the header', () => {
    const seen: unknown[] = [];
    const policy = { name: 'p', check: (...facts: unknown[]) => void seen.push(...facts) };
    expect(checkTokenPolicy({ ...issuer, policy }, { a: 1 }, { typ: 'JWT' })).toBeUndefined();
    expect(seen).toEqual([{ a: 1 }, { resource: issuer.resource, header: { typ: 'JWT' } }]);
  });
});

describe('scopes are read by the configured mapping, else by the policy, else from the usual claims', () => {
  const claims = { scope: 'a', scp: ['b'], roles: ['c'] };
  const policy = { name: 'p', scopes: () => ['from-policy'] };

  test('in this order', () => {
    expect(readGrantedScopes(issuer, claims)).toEqual(['a']);
    expect(readGrantedScopes({ ...issuer, policy }, claims)).toEqual(['from-policy']);
    expect(readGrantedScopes({ ...issuer, policy, scopeClaims: ['roles'] }, claims)).toEqual(['c']);
    expect(readGrantedScopes({ ...issuer, scopeClaims: () => ['from-function'] }, claims)).toEqual([
      'from-function',
    ]);
  });

  test('a mapping that throws grants nothing, and the owner hears which', () => {
    const reports: string[] = [];
    const report = (text: string) => reports.push(text);
    expect(readGrantedScopes({ ...issuer, report, scopeClaims: fail }, claims)).toEqual([]);
    expect(readGrantedScopes({ ...issuer, report, policy: { name: 'p', scopes: fail } }, claims)).toEqual([]);
    expect(reports).toEqual([
      'scopeClaims threw: no scope granted.',
      'policy.scopes threw: no scope granted.',
    ]);
  });

  test('a mapping may return the string that a token holds', () => {
    expect(readGrantedScopes({ ...issuer, scopeClaims: () => 'a b' as never }, claims)).toEqual(['a', 'b']);
  });

  test('a mapping that returns no list grants nothing, and the owner hears of it', () => {
    const reports: string[] = [];
    const report = (text: string) => reports.push(text);
    for (const result of [
      undefined,
      null,
      5,
      { 0: 'a', length: 1 },
      Promise.resolve(['a']),
      new Set(['a']),
    ]) {
      expect(readGrantedScopes({ ...issuer, report, scopeClaims: () => result as never }, claims)).toEqual(
        [],
      );
    }
    expect(reports).toHaveLength(6);
    expect(reports[4]).toBe(
      'scopeClaims must return a list of scopes, but returned a Promise, which is not awaited: no scope granted.',
    );
  });

  test('[OAUTH21-5-01] a mapping is held to the grammar of scopes', () => {
    const scopes = () => ['a', 'b c', '', 'a', 5] as string[];
    expect(readGrantedScopes({ ...issuer, scopeClaims: scopes }, claims)).toEqual(['a']);
  });
});

describe('the client is named by client_id, else azp, else cid', () => {
  test('the first that is a string', () => {
    const report = () => expect.fail('there is no policy that could be at fault');
    expect(readClientId({ ...issuer, report }, { client_id: 'a', azp: 'b', cid: 'c' })).toBe('a');
    expect(readClientId(issuer, { client_id: 5, azp: 'b', cid: 'c' })).toBe('b');
    expect(readClientId(issuer, { cid: 'c' })).toBe('c');
    expect(readClientId(issuer, {})).toBe('');
  });

  test('a policy may know better, and may fail, of which the owner hears', () => {
    const reports: string[] = [];
    const report = (text: string) => reports.push(text);
    const named = (clientId: (() => string | undefined) | undefined) =>
      readClientId({ ...issuer, report, policy: { name: 'p', clientId } }, { client_id: 'a' });
    expect(named(() => 'own')).toBe('own');
    expect(named(() => undefined)).toBe('a');
    expect(named(undefined)).toBe('a');
    expect(reports).toEqual([]);
    expect(named(fail)).toBe('a');
    expect(reports).toEqual(['policy.clientId threw: left out.']);
  });

  test('nothing but a string is a client', () => {
    const reports: string[] = [];
    const report = (text: string) => reports.push(text);
    for (const result of [5, {}, null, Promise.resolve('own'), Promise.reject(new Error('late'))]) {
      const policy = { name: 'p', clientId: () => result as never };
      expect(readClientId({ ...issuer, report, policy }, { client_id: 'a' })).toBe('a');
    }
    expect(reports).toHaveLength(5);
    expect(reports[0]).toBe(
      'policy.clientId must return a string or nothing, but returned a number: left out.',
    );
  });
});
