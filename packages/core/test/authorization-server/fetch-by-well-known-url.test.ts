import { describe, expect, test } from 'vitest';
import { fetchServerConfigByWellKnownUrl } from '../../src/authorization-server/fetch-server-config.js';
import { MCPAuthAuthServerError } from '../../src/errors/auth-server-error.js';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { metadataOf, serve } from '../support/documents.js';

const issuer = 'https://as.example.com';
const oauthUrl = 'https://as.example.com/.well-known/oauth-authorization-server';
const oidcUrl = 'https://as.example.com/t1/.well-known/openid-configuration';
const ownUrl = 'https://as.example.com/published/metadata.json';

type Options = NonNullable<Parameters<typeof fetchServerConfigByWellKnownUrl>[1]>;

async function judge(url: string, document: unknown, options: Options = {}): Promise<string> {
  try {
    const { metadata } = await fetchServerConfigByWellKnownUrl(url, {
      fetch: serve({ [url]: document }).fetch,
      ...options,
    });
    return metadata.issuer;
  } catch (error) {
    if (error instanceof MCPAuthAuthServerError || error instanceof MCPAuthConfigError) return error.code;
    throw error;
  }
}

describe('[contract row 2] the identity of the issuer, from the URL', () => {
  test.each([
    [oauthUrl, 'https://evil.example'],
    [oauthUrl, 'https://as.example.com/t1'],
    [oidcUrl, 'https://as.example.com'],
    [oidcUrl, 'https://as.example.com/t2'],
    [oidcUrl, 'https://AS.example.com/t1'],
  ])('[RFC8414-3.3-01] a well-known URL fixes it: %s does not stand for %s', async (url, stated) => {
    expect(await judge(url, metadataOf(stated))).toBe('issuer_mismatch');
  });

  test.each([
    [oauthUrl, 'https://as.example.com'],
    [oauthUrl, 'https://as.example.com/'],
    [oidcUrl, 'https://as.example.com/t1'],
    [oidcUrl, 'https://as.example.com/t1/'],
  ])('[RFC8414-3.1-02] %s stands for %s', async (url, stated) => {
    expect(await judge(url, metadataOf(stated))).toBe(stated);
  });

  test.each([
    'https://evil.example',
    'http://as.example.com',
    'https://as.example.com:8443',
    'https://sub.as.example.com',
  ])('[MCP-2026-07-28-MC-004] any other URL vouches for its own origin only: not for %s', async (stated) => {
    expect(await judge(ownUrl, metadataOf(stated))).toBe('issuer_mismatch');
  });

  test('and there the path is free', async () => {
    expect(await judge(ownUrl, metadataOf(issuer))).toBe(issuer);
    expect(await judge(ownUrl, metadataOf(`${issuer}/any`))).toBe(`${issuer}/any`);
  });

  test('[RFC8414-3.3-01] an expected issuer overrules both, exactly', async () => {
    const other = 'https://issuer.example';
    expect(await judge(ownUrl, metadataOf(other), { issuer: other })).toBe(other);
    expect(await judge(oauthUrl, metadataOf(other), { issuer: other })).toBe(other);
    expect(await judge(oauthUrl, metadataOf(issuer), { issuer: other })).toBe('issuer_mismatch');
    expect(await judge(ownUrl, metadataOf(`${other}/`), { issuer: other })).toBe('issuer_mismatch');
    expect(await judge(ownUrl, metadataOf(issuer), { issuer: '' })).toBe('invalid_issuer');
  });

  test('[contract row 3] all this after transpileData', async () => {
    const transpileData = (data: Record<string, unknown>) => ({ ...data, issuer });
    expect(await judge(ownUrl, { jwks_uri: `${issuer}/jwks` }, { transpileData })).toBe(issuer);
    expect(await judge(oidcUrl, metadataOf(`${issuer}/t1`), { transpileData })).toBe('issuer_mismatch');
  });
});

describe('the URL itself', () => {
  test.each([
    'http://as.example.com/x',
    'ftp://as.example.com/x',
    'as.example.com',
    '',
    'file:///etc/passwd',
  ])('[OAUTH21-1.5-01] %j is refused before anything is fetched', async (url) => {
    const { fetch, requests } = serve({});
    await expect(fetchServerConfigByWellKnownUrl(url, { fetch })).rejects.toMatchObject({
      code: 'invalid_option',
      path: 'url',
    });
    expect(requests).toEqual([]);
  });

  test('plain http on loopback, and elsewhere by an explicit option', async () => {
    expect(await judge('http://localhost:9/m', metadataOf('http://localhost:9'))).toBe('http://localhost:9');
    expect(
      await judge('http://as.internal/m', metadataOf('http://as.internal'), { allowInsecureHttp: true }),
    ).toBe('http://as.internal');
  });

  test('is asked exactly as given, once', async () => {
    const url = `${oidcUrl}?appid=1`;
    const { fetch, requests } = serve({ [url]: metadataOf(`${issuer}/t1`) });
    await fetchServerConfigByWellKnownUrl(url, { fetch });
    expect(requests).toEqual([url]);
  });
});

describe('the type of the result', () => {
  test.each([
    [oauthUrl, metadataOf(issuer), {}, 'oauth'],
    [oidcUrl, metadataOf(`${issuer}/t1`), {}, 'oidc'],
    [ownUrl, metadataOf(issuer), {}, 'oauth'],
    [ownUrl, metadataOf(issuer), { type: 'oidc' }, 'oidc'],
  ] as const)('%s', async (url, document, options, type) => {
    const config = await fetchServerConfigByWellKnownUrl(url, {
      fetch: serve({ [url]: document }).fetch,
      ...options,
    });
    expect(config.type).toBe(type);
  });
});
