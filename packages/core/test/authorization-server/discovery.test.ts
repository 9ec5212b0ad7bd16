import { describe, expect, test } from 'vitest';
import { fetchServerConfig } from '../../src/authorization-server/fetch-server-config.js';
import { metadataOf, serve } from '../support/documents.js';

const root = 'https://as.example.com';
const tenant = 'https://as.example.com/t1';
const oauth = '/.well-known/oauth-authorization-server';
const oidc = '/.well-known/openid-configuration';

/** Looks an issuer up that publishes its document in one place, and nothing anywhere else. */
async function findAt(issuer: string, location: string) {
  const { fetch, requests } = serve({ [location]: metadataOf(issuer) });
  const { type, metadata } = await fetchServerConfig(issuer, { fetch });
  return { type, issuer: metadata.issuer, keys: metadata.jwksUri, found: requests.at(-1) };
}

describe('a provider is found in whichever form it publishes its metadata', () => {
  test.each([
    [root, `${root}${oauth}`],
    [tenant, `${root}${oauth}/t1`],
  ])('[MCP-2025-06-18-MC-003] as RFC 8414 metadata and nothing else: %s', async (issuer, location) => {
    expect(await findAt(issuer, location)).toEqual({
      type: 'oauth',
      issuer,
      keys: `${issuer}/jwks`,
      found: location,
    });
  });

  test.each([
    ['inserted before the path', tenant, `${root}${oidc}/t1`],
    ['appended to the path', tenant, `${tenant}${oidc}`],
    ['where there is no path', root, `${root}${oidc}`],
  ])('[RFC8414-5-01] as an OpenID document, its suffix %s', async (_where, issuer, location) => {
    expect(await findAt(issuer, location)).toEqual({
      type: 'oidc',
      issuer,
      keys: `${issuer}/jwks`,
      found: location,
    });
  });

  test('[RFC8414-5-01] both OpenID forms are held to the issuer’s identity', async () => {
    for (const location of [`${root}${oidc}/t1`, `${tenant}${oidc}`]) {
      const { fetch } = serve({ [location]: metadataOf(root) });
      await expect(fetchServerConfig(tenant, { fetch })).rejects.toMatchObject({ code: 'issuer_mismatch' });
    }
  });
});
