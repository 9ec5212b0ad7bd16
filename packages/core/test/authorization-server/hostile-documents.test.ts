import { describe, expect, test } from 'vitest';
import { fetchServerConfig } from '../../src/authorization-server/fetch-server-config.js';
import { metadataOf, serve } from '../support/documents.js';
import { allowed, protect, refused } from '../support/protect.js';

const issuer = 'https://auth.example.com';
const oauth = `${issuer}/.well-known/oauth-authorization-server`;
const oidc = `${issuer}/.well-known/openid-configuration`;

describe('nobody waits for ever, and the owner hears why', () => {
  const never = () => new Promise<never>(() => undefined);

  test('where transpileData never answers', async () => {
    const { fetch } = serve({ [oauth]: metadataOf(issuer) });
    const options = { fetch, transpileData: never, timeoutMs: 50 };
    await expect(fetchServerConfig(issuer, { ...options, type: 'oauth' })).rejects.toMatchObject({
      code: 'transpile_failed',
      message: `${oauth} came, and transpileData had not answered when the time for the document was over`,
    });
    await expect(fetchServerConfig(issuer, options)).rejects.toMatchObject({
      code: 'transpile_failed',
      message: expect.stringContaining(`${oidc} answered with status 404`) as string,
    });
  });

  test('where transpileData never answers for the first place, the second is asked', async () => {
    const { fetch } = serve({ [oauth]: metadataOf(issuer), [oidc]: metadataOf(issuer, { service: 'x' }) });
    const transpileData = (data: Record<string, unknown>) => (data.service === undefined ? never() : data);
    expect((await fetchServerConfig(issuer, { fetch, transpileData, timeoutMs: 200 })).type).toBe('oidc');
  });

  test('where several places hang one after the other, each in another way', async () => {
    const tenant = `${issuer}/a`;
    const hanging = () =>
      new Response(new ReadableStream({ start: (body) => body.enqueue(new TextEncoder().encode('{')) }));
    const { fetch: serveBodies } = serve({ [`${oauth}/a`]: hanging, [`${oidc}/a`]: hanging });
    const fetch: typeof serveBodies = (url, init) =>
      url.startsWith(tenant) ? never() : serveBodies(url, init);
    const error = fetchServerConfig(tenant, { fetch, timeoutMs: 60 });
    await expect(error).rejects.toMatchObject({ code: 'request_timeout' });
    await expect(error).rejects.toThrow('in none of its 3 places within 60 ms, all places together');
  });
});

describe('what a document says cannot fill or forge the log', () => {
  test('an issuer as long as the document may be', async () => {
    const { issuer: provider, ask, events } = await protect();
    provider.metadata.issuer = `https://evil.example/${'x'.repeat(200_000)}`;
    expect(refused(await ask(await provider.sign())).status).toBe(503);
    const [fault] = events.flatMap((event) => (event.type === 'fault' ? [event.error] : []));
    expect(fault?.code).toBe('issuer_mismatch');
    expect(JSON.stringify(fault).length).toBeLessThan(3000);
  });

  test('the name of a member', async () => {
    const { issuer: provider, ask, events } = await protect();
    provider.metadata[`JWKS_URI${'_'.repeat(56)}\u2028\u009b31m${'x'.repeat(100_000)}`] = 'x';
    provider.metadata.Jwks_Uri = 'https://evil.example/jwks';
    allowed(await ask(await provider.sign()));
    const told = events.filter(({ type }) => type !== 'decision');
    expect(told).toHaveLength(2);
    for (const event of told) {
      expect(event).toMatchObject({
        message: expect.stringContaining('in another case; it is left out') as string,
      });
      const { message = '' } = event as { readonly message?: string };
      expect(message.length).toBeLessThan(400);
      expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    }
    expect(provider.requests).not.toContain('https://evil.example/jwks');
  });

  test('one with signs that break lines, or steer a terminal', async () => {
    const stated = 'https://evil.example/\n\u2028\u0085\u009b31m\u202e[mcp-auth] all is well';
    const { fetch } = serve({ [oauth]: metadataOf(issuer, { issuer: stated }) });
    const failure: unknown = await fetchServerConfig(issuer, { fetch, type: 'oauth' }).catch(
      (error: unknown) => error,
    );
    expect((failure as Error).message).toContain('https://evil.example/');
    expect((failure as Error).message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  });
});

test('[RFC8414-2-02] a document that names its keys without TLS: the error says what allows them', async () => {
  const { issuer: provider, ask, events } = await protect();
  provider.metadata.jwks_uri = 'http://as.example.com/jwks';
  expect(refused(await ask(await provider.sign())).status).toBe(503);
  expect(events).toContainEqual(
    expect.objectContaining({
      type: 'fault',
      error: expect.objectContaining({
        code: 'insecure_url',
        message: expect.stringContaining('allowInsecureHttp of the authorization server') as string,
      }),
    }),
  );
});
