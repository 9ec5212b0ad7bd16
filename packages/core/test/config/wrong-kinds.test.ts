import { describe, expect, test } from 'vitest';
import { configError } from '../support/config-error.js';
import { headWith } from '../support/head.js';
import { construct, issuer, resource, route, withConfig, withServer } from './seats.js';

const gate = (options: object) => configError(() => route({ resource, ...options }));
const server = 'protectedResources.metadata.authorizationServers[0]';

describe('a bound that was written holds, or the start fails', () => {
  test.each([
    ['"1mb"', '1mb', 'is the string "1mb": give bytes as a number'],
    ['"1024"', '1024', 'is the string "1024": give bytes as a number'],
    ['NaN', Number.NaN, 'is NaN'],
    ['Infinity', Number.POSITIVE_INFINITY, 'is Infinity'],
    ['-Infinity', Number.NEGATIVE_INFINITY, 'is -Infinity'],
    ['0', 0, 'is the number 0'],
    ['-1', -1, 'is the number -1'],
    ['half a byte', 1.5, 'is the number 1.5'],
    ['null', null, 'is null'],
    ['a list', [1024], 'is a list'],
    ['a BigInt', 1024n, 'is a bigint'],
    ['a promise', Promise.resolve(1024), 'is a Promise: await it'],
    ['an object', { bytes: 1024 }, 'is an object'],
    ['a function', () => 1024, 'is a function'],
    ['an async function', async () => Promise.resolve(1024), 'is an async function'],
    ['true', true, 'is true'],
  ])('maxBodyBytes: %s', (_written, maxBodyBytes, said) => {
    const problem = gate({ maxBodyBytes });
    expect(problem).toMatchObject({ code: 'invalid_option', path: 'maxBodyBytes' });
    expect(problem.message).toContain('must be a whole number of bytes');
    expect(problem.message).toContain(said);
  });

  test.each(['maxAnonymousBodyBytes', 'maxBodyBytes', 'bodyTimeoutMs', 'lifetimeWithoutExpirySeconds'])(
    'no bound of a route takes a string, NaN or nothing at all: %s',
    (name) => {
      for (const value of ['60s', '60', '', Number.NaN, 0, -1, null, false, {}, []]) {
        expect(() => route({ resource, [name]: value }, 'auto'), JSON.stringify(value)).toThrow(
          expect.objectContaining({ code: 'invalid_option', path: name }),
        );
      }
    },
  );

  test.each(['1mb', Number.NaN, 0, null, 1.5, Infinity])('bodyBudgetBytes: %s', (bodyBudgetBytes) => {
    expect(() => construct(withConfig({ bodyBudgetBytes }))).toThrow(
      expect.objectContaining({ code: 'invalid_option', path: 'bodyBudgetBytes' }),
    );
  });
});

describe('a word that is none of those there are', () => {
  test.each(['nonsense', '', 'Required', 'BY-VERSION', 'by_version', true, null, 0, ['required']])(
    'challengeScopes: %s',
    (challengeScopes) => {
      const problem = gate({ challengeScopes });
      expect(problem).toMatchObject({ code: 'invalid_option', path: 'challengeScopes' });
      expect(problem.message).toContain('must be "by-version" or "required" or "with-granted"');
    },
  );

  test.each(['no', 'false', '', 0, 1, null, 'yes'])(
    'a flag is true or false, and "%s" is neither: it would have been taken for the other',
    (showErrorDetails) => {
      const problem = gate({ showErrorDetails });
      expect(problem).toMatchObject({ code: 'invalid_option', path: 'showErrorDetails' });
      expect(problem.message).toContain('must be true or false');
    },
  );

  test.each(['dangerouslyAcceptAnyAudience', 'allowInsecureHttp', 'publish'])(
    'nor does a flag of a server take a string: %s',
    (name) => {
      for (const value of ['false', 'no', 0, 1, null]) {
        expect(() => withServer({ issuer, [name]: value })).toThrow(
          expect.objectContaining({ code: 'invalid_option', path: `${server}.${name}` }),
        );
      }
    },
  );
});

describe('what comes is named in the words of the fix', () => {
  test('a string where a list is wanted', () => {
    expect(gate({ requiredScopes: 'admin' }).message).toContain('is a string: write ["admin"]');
  });

  test('a configuration that nobody waited for', () => {
    expect(configError(() => construct(Promise.resolve(withConfig({})))).message).toContain(
      'is a Promise: await it',
    );
    expect(configError(() => withServer(Promise.resolve({ issuer }))).message).toContain(
      'is a Promise: await it',
    );
    expect(gate({ jwtVerify: Promise.resolve({}) }).message).toContain('is a Promise: await it');
  });

  test('a URL object', () => {
    expect(configError(() => withServer({ issuer: new URL(issuer) })).message).toContain(
      'is a URL object: give its href',
    );
  });

  test('what may hold a secret is not shown', () => {
    const secret = { method: 'client_secret_basic', clientId: 'c', clientSecret: 'line\nbreak-s3cret' };
    const problem = configError(() =>
      withServer({ issuer, introspection: { clientAuthentication: secret } }),
    );
    expect(problem.path).toBe(`${server}.introspection.clientAuthentication.clientSecret`);
    expect(problem.message).not.toContain('s3cret');
    const endpoint = configError(() =>
      withServer({ issuer, introspection: { clientAuthentication: 's3cret' } }),
    );
    expect(endpoint.message).not.toContain('s3cret');
  });

  test('a function that is async where nobody waits', () => {
    const wait = async () => Promise.resolve(true);
    const policy = configError(() => withServer({ issuer, policy: { name: 'p', check: wait } }));
    expect(policy).toMatchObject({ code: 'invalid_option', path: `${server}.policy.check` });
    expect(policy.message).toContain('must be a function that is not async, but is an async function');
    expect(() => withServer({ issuer, scopeClaims: wait })).toThrow('is an async function');
    expect(() => construct(withConfig({ now: wait }))).toThrow('is an async function');
  });
});

test.each([undefined, null, Number.NaN, '0', new Date(), {}, Infinity, Promise.resolve(0)])(
  'a clock that does not tell the time (%s) never makes an expired token current',
  async (reading) => {
    const server = construct(
      withConfig({ now: () => reading, fetch: () => Promise.reject(new Error('off')) }),
    );
    const gate = server.createGate(() => ({ issuer, audience: resource, expiresAt: 1 }), { resource });
    await expect(async () => gate.authenticate(headWith('Bearer x'))).rejects.toThrow(
      'must return milliseconds since the epoch',
    );
  },
);
