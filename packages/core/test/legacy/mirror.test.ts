import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/http/answer.js';
import type { AuthServerConfig } from '../../src/config/authorization-server.js';
import { readRoute } from '../../src/config/verification-mode.js';
import { LegacyServer } from '../../src/legacy/legacy-server.js';
import { createClock } from '../support/clock.js';
import { createHead, headWith } from '../support/head.js';
import { TestIssuer } from '../support/test-issuer.js';

const target = '/.well-known/oauth-authorization-server';

async function mirror(change: Partial<AuthServerConfig> = {}, identifier = 'https://as.example.com') {
  const clock = createClock();
  const issuer = await TestIssuer.create(clock, identifier);
  Object.assign(issuer.metadata, { vendor_extension: { a: [1, null] }, scopes_supported: ['read'] });
  const config = (
    change.metadata === undefined ? { issuer: identifier, ...change } : change
  ) as AuthServerConfig;
  const server = new LegacyServer({
    server: config,
    fetch: issuer.fetch,
    now: clock.now,
    onEvent: () => undefined,
  });
  const { mirror: delegatedEndpoint } = server;
  const ask = async (path = target, method = 'GET'): Promise<Answer | undefined> =>
    delegatedEndpoint.answer(createHead({ method, target: path, host: 'mcp.example.com' }));
  return { clock, issuer, server, delegatedEndpoint, ask };
}
const parse = (answer: Answer | undefined): unknown => JSON.parse(answer?.body ?? '');
const field = (answer: Answer | undefined, name: string) =>
  answer?.headers.find(([field]) => field.toLowerCase() === name)?.[1];

describe('[contract row 14] the mirror of a server that cannot be reached', () => {
  test('[RFC8414-3-01] says when to come back, to pages too, and recovers alone', async () => {
    const { clock, issuer, ask } = await mirror();
    issuer.down = true;
    const answer = await ask();
    expect(answer?.status).toBe(503);
    expect(field(answer, 'retry-after')).toMatch(/^[1-9]\d*$/);
    expect(field(answer, 'access-control-allow-origin')).toBe('*');
    expect(field(answer, 'cache-control')).toBe('no-store');
    expect(await ask(target, 'HEAD')).toMatchObject({ status: 503, body: undefined });
    issuer.down = false;
    clock.advance(60);
    expect(await ask()).toMatchObject({ status: 200 });
  });

  test('[RFC8414-3.3-01] a document of another issuer is not handed on', async () => {
    const { issuer, ask } = await mirror({ type: 'oauth' });
    issuer.metadata.issuer = 'https://evil.example';
    const answer = await ask();
    expect(answer?.status).toBe(503);
    expect(answer?.body).not.toContain('evil');
  });

  test('[RFC8414-CACHE-01] what was known goes on being mirrored while the server is down', async () => {
    const { clock, issuer, ask } = await mirror();
    expect((await ask())?.status).toBe(200);
    issuer.down = true;
    clock.advance(7200);
    expect((await ask())?.status).toBe(200);
    await new Promise((resolve) => setImmediate(resolve));
    expect((await ask())?.status).toBe(200);
  });
});

describe('[contract row 14] the mirrored document', () => {
  test('[RFC8414-CACHE-01] nothing is fetched before it is asked for; then once for all, and again when over-age', async () => {
    const { clock, issuer, ask } = await mirror();
    expect(issuer.requests).toEqual([]);
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask()));
    expect(new Set(answers.map((answer) => answer?.status))).toEqual(new Set([200]));
    expect(issuer.metadataRequests).toBe(1);
    issuer.metadata.scopes_supported = ['read', 'write'];
    clock.advance(7200);
    await ask();
    await new Promise((resolve) => setImmediate(resolve));
    expect(parse(await ask())).toMatchObject({ scopes_supported: ['read', 'write'] });
    expect(issuer.metadataRequests).toBe(2);
  });

  test('[RFC8414-3.2-01] is the one that the server publishes, members that nobody knows included', async () => {
    const { issuer, ask } = await mirror();
    const answer = await ask();
    expect(parse(answer)).toEqual(issuer.metadata);
    expect(field(answer, 'content-type')).toBe('application/json');
    expect(field(answer, 'cache-control')).toContain('max-age=');
  });

  test('is the one that transpileData has mended', async () => {
    const { ask } = await mirror({
      type: 'oidc',
      transpileData: (data) => ({ ...data, scopes_supported: ['mended'] }),
    });
    expect(parse(await ask())).toMatchObject({
      scopes_supported: ['mended'],
      vendor_extension: { a: [1, null] },
    });
  });

  test('is the one of the configuration, in wire spelling, without a request', async () => {
    const metadata = {
      issuer: 'https://as.example.com',
      authorizationEndpoint: 'https://as.example.com/authorize',
      codeChallengeMethodsSupported: ['S256'],
      vendorMember: 1,
    };
    const { issuer, ask } = await mirror({ metadata });
    expect(parse(await ask())).toEqual({
      issuer: 'https://as.example.com',
      authorization_endpoint: 'https://as.example.com/authorize',
      code_challenge_methods_supported: ['S256'],
      vendorMember: 1,
    });
    expect(issuer.requests).toEqual([]);
  });

  test('needs no keys of the server where nobody verifies with them', async () => {
    const { issuer, server, ask } = await mirror();
    delete issuer.metadata.jwks_uri;
    expect(await ask()).toMatchObject({ status: 200 });
    const gate = server.createGateFor(readRoute('jwt', { audience: 'a' }));
    const token = await issuer.sign({ aud: 'a' });
    const head = headWith(`Bearer ${token}`);
    expect(await gate.authenticate(head)).toMatchObject({ kind: 'refuse', status: 503 });
  });
});

describe('[contract row 14] where the mirror is', () => {
  test('at the root: clients of MCP 2025-03-26 discard the path of the MCP endpoint', async () => {
    const { delegatedEndpoint, ask } = await mirror();
    expect(delegatedEndpoint.paths).toEqual([target]);
    for (const other of [`${target}/`, `${target}/mcp`, `/mcp${target}`, '/.well-known/openid-configuration'])
      expect(await ask(other)).toBeUndefined();
  });

  test('[RFC8414-3.1-01] for an issuer with a path, at the place of that path too', async () => {
    const { delegatedEndpoint, ask } = await mirror({}, 'https://as.example.com/tenant/');
    expect(delegatedEndpoint.paths).toEqual([target, `${target}/tenant`]);
    expect(parse(await ask(target))).toEqual(parse(await ask(`${target}/tenant`)));
    expect(await ask(`${target}/other`)).toBeUndefined();
  });

  test('[RFC9110-9.1-01] other methods are told so', async () => {
    const { ask } = await mirror();
    expect(await ask(target, 'OPTIONS')).toMatchObject({ status: 204 });
    expect(field(await ask(target, 'POST'), 'allow')).toBe('GET, HEAD, OPTIONS');
  });
});
