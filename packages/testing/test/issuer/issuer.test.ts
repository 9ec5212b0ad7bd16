import { describe, expect, test, vi } from 'vitest';
import {
  createTestClock,
  createTestIssuer,
  startTestIssuer,
  type BrokenAnswer,
  type TestIssuer,
  type TestIssuerOptions,
} from '../../src/index.js';
import { protect, resource } from '../support/protect.js';

const kinds: readonly (readonly [
  string,
  (options: TestIssuerOptions) => TestIssuer | Promise<TestIssuer>,
])[] = [
  ['in process', createTestIssuer],
  ['over HTTP', startTestIssuer],
];

describe.each(kinds)('an issuer %s', (_kind, start) => {
  const make = (options: TestIssuerOptions = {}) => start({ audience: resource, ...options });

  test('ends tokens by its clock', async () => {
    const clock = createTestClock(new Date('2027-01-01'));
    await using issuer = await make({ clock });
    const { status } = protect(issuer);
    const token = await issuer.mintToken({ expiresInSeconds: 60 });
    expect(await status(token)).toBe(200);
    clock.advanceSeconds(61 + 5);
    expect(await status(token)).toBe(401);
  });

  test('after withdrawal, earlier tokens end when the server has seen the new keys; after rotation they do not', async () => {
    const clock = createTestClock();
    await using issuer = await make({ clock });
    const { status } = protect(issuer);
    const first = await issuer.mintToken({ expiresInSeconds: 3600 });
    expect(await status(first)).toBe(200);
    issuer.rotateKeys();
    expect(await status(await issuer.mintToken())).toBe(200);
    expect(await status(first)).toBe(200);
    clock.advanceSeconds(10);
    issuer.withdrawKeys();
    expect(await status(await issuer.mintToken())).toBe(200);
    expect(await status(first)).toBe(401);
  });

  test('an outage is 503, and over when it comes back', async () => {
    const clock = createTestClock();
    await using issuer = await make({ clock });
    const { ask, status } = protect(issuer);
    issuer.goDown();
    const response = await ask(await issuer.mintToken());
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    issuer.comeBack();
    clock.advanceSeconds(10);
    expect(await status(await issuer.mintToken())).toBe(200);
  });

  test.each<Exclude<BrokenAnswer, 'hangs'>>([
    'serverError',
    'html',
    'notJson',
    'empty',
    'tooLarge',
    'redirect',
    'otherIssuer',
  ])('metadata that is broken as %s is 503', async (kind) => {
    const clock = createTestClock();
    await using issuer = await make({ clock });
    const { status } = protect(issuer);
    issuer.answerBroken(kind, 'metadata');
    expect(await status(await issuer.mintToken())).toBe(503);
    issuer.comeBack();
    clock.advanceSeconds(10);
    expect(await status(await issuer.mintToken())).toBe(200);
  });

  test.each(['serverError', 'html', 'notJson', 'empty', 'tooLarge', 'redirect'] as const)(
    'keys that are broken as %s are 503',
    async (kind) => {
      await using issuer = await make();
      issuer.answerBroken(kind, 'keys');
      expect(await protect(issuer).status(await issuer.mintToken())).toBe(503);
    },
  );

  test('an issuer that hangs lets go when it is closed', async () => {
    const issuer = await make();
    issuer.answerBroken('hangs');
    const asked = protect(issuer).status(await issuer.mintToken());
    await vi.waitFor(() => expect(issuer.requests.length).toBeGreaterThan(0));
    await issuer.close();
    expect(await asked).toBe(503);
  });

  test('a slow issuer is waited for', async () => {
    await using issuer = await make();
    issuer.answerSlowly(20);
    expect(await protect(issuer).status(await issuer.mintToken())).toBe(200);
  });

  test('an opaque token is what introspection says, until it is revoked', async () => {
    await using issuer = await make();
    const { ask, status } = protect(issuer, 'introspection');
    const token = issuer.mintOpaqueToken({ subject: 'alice', scopes: ['a', 'b'] });
    expect(await (await ask(token)).json()).toMatchObject({ sub: 'alice', scope: 'a b', active: true });
    issuer.revoke(token);
    expect(await status(token)).toBe(401);
    expect(await status('opaque-of-nobody')).toBe(401);
  });

  test('an opaque token ends by the clock of the issuer', async () => {
    const clock = createTestClock();
    await using issuer = await make({ clock });
    const { status } = protect(issuer, 'auto');
    const token = issuer.mintOpaqueToken();
    expect(await status(token)).toBe(200);
    clock.advanceSeconds(301);
    expect(await status(token)).toBe(401);
  });

  test.each(['oauth', 'oidc'] as const)('publishes metadata as %s alone', async (discovery) => {
    await using issuer = await make({ discovery });
    expect(await protect(issuer).status(await issuer.mintToken())).toBe(200);
  });

  test('tells what it was asked, and no token', async () => {
    await using issuer = await make();
    const { status } = protect(issuer, 'introspection');
    const token = issuer.mintOpaqueToken();
    await status(token);
    expect(issuer.requests.map(({ endpoint, method }) => [endpoint, method])).toEqual([
      ['metadata', 'GET'],
      ['introspection', 'POST'],
    ]);
    expect(JSON.stringify(issuer.requests)).not.toContain(token);
  });
});

test.each(['', '/', '/tenants/one'])('an issuer with the path %j is found', async (path) => {
  await using issuer = await startTestIssuer({ audience: resource, path });
  expect(await protect(issuer).status(await issuer.mintToken())).toBe(200);
  const named = createTestIssuer({ audience: resource, issuer: `https://auth.example.com${path}` });
  expect(await protect(named).status(await named.mintToken())).toBe(200);
});

test('whoever asks introspection without the credentials is told nothing', async () => {
  await using issuer = await startTestIssuer({ audience: resource });
  const response = await fetch(`${issuer.issuer}/introspect`, {
    method: 'POST',
    body: new URLSearchParams({ token: issuer.mintOpaqueToken() }),
  });
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({ error: 'invalid_client' });
});

test('an issuer in process answers for itself alone', async () => {
  const { fetch } = createTestIssuer();
  const init = { method: 'GET', headers: {}, redirect: 'manual', signal: AbortSignal.timeout(1000) } as const;
  await expect(fetch('https://other.test/keys', init)).rejects.toThrow(/asked for another origin/);
});

describe('mistakes are errors', () => {
  const issuer = createTestIssuer();

  test('a misspelt option', async () => {
    expect(() => createTestIssuer({ audiences: resource } as object)).toThrow(
      'createTestIssuer: "audiences" is not an option. There are issuer, audience,',
    );
    await expect(issuer.mintToken({ scope: 'a' } as object)).rejects.toThrow(/"scope" is not an option/);
  });

  test('a token without an audience', async () => {
    await expect(issuer.mintToken()).rejects.toThrow(/audience is missing/);
    expect(await issuer.mintToken({ claims: { aud: undefined } })).toMatch(/^eyJ/);
  });

  test('revoking what is not a token of this issuer, without a word of it', () => {
    const token = 'a-secret-that-is-no-token';
    expect(() => issuer.revoke(token)).toThrow(/not one of this issuer/);
    expect(() => issuer.revoke(token)).not.toThrow(new RegExp(token));
  });

  test('a delay that is none', () => {
    expect(() => issuer.answerSlowly(Number.NaN)).toThrow(RangeError);
  });
});

test('nothing runs with NODE_ENV=production', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  try {
    expect(() => createTestIssuer()).toThrow(/does not run with NODE_ENV=production/);
    await expect(startTestIssuer()).rejects.toThrow(/does not run with NODE_ENV=production/);
    expect(() => createTestClock()).toThrow(/does not run with NODE_ENV=production/);
  } finally {
    vi.unstubAllEnvs();
  }
});
