import { expect, test } from 'vitest';
import { fetchServerConfig, fetchServerConfigByWellKnownUrl } from '../../src/index.js';

const issuer = 'https://sso.example.com/a';
const wellKnown = `${issuer}/.well-known/openid-configuration`;

test('every option that is known reaches the fetch', async () => {
  const requests: unknown[] = [];
  const events: unknown[] = [];
  const config = {
    type: 'oidc',
    internalOrigin: 'http://sso:8080',
    allowInsecureHttp: true,
    requestHeaders: { 'x-key': 'k' },
    onEvent: (event: { readonly type: string }) => events.push(event.type),
    fetch: async (url: string, init: { readonly headers: Readonly<Record<string, string>> }) => {
      requests.push([url, init.headers['x-key']]);
      return Response.json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
      });
    },
  } as const;
  await fetchServerConfig(issuer, config);
  await fetchServerConfigByWellKnownUrl(wellKnown, { ...config, issuer });
  const inside = ['http://sso:8080/a/.well-known/openid-configuration', 'k'];
  expect(requests).toEqual([inside, inside]);
  // What clients would refuse: no S256
  expect(events).toEqual(['warning', 'warning']);
});
