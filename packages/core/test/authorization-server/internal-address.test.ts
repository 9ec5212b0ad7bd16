import { describe, expect, test } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { AuthServerConfig } from '../../src/config/authorization-server.js';
import type { RemoteJwkSetOptions } from '../../src/config/jwt-verify-options.js';
import type { FetchFunction } from '../../src/net/fetch-json.js';
import {
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  type FetchServerConfigOptions,
} from '../../src/authorization-server/fetch-server-config.js';
import { metadataOf } from '../support/documents.js';
import { createClock } from '../support/clock.js';
import { headWith } from '../support/head.js';
import { lastCode, resource, statusOf } from '../support/protect.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { TestIssuer } from '../support/test-issuer.js';

const internal = 'http://keycloak:8080';
const issuerName = 'https://sso.example.com/realms/a';

/** A provider in a private network: its public address does not answer in here. */
async function inside(
  options: Partial<AuthServerConfig>,
  answer?: (url: string) => Response | undefined,
  members: Readonly<Record<string, unknown>> = {},
  remoteJwkSet: RemoteJwkSetOptions = {},
) {
  const clock = createClock();
  const issuer = await TestIssuer.create(clock, issuerName);
  Object.assign(issuer.metadata, members);
  const requests: { readonly url: string; readonly key: string | undefined }[] = [];
  const events: MCPAuthEvent[] = [];
  const fetch: FetchFunction = async (url, { headers }) => {
    requests.push({ url, key: headers['x-api-key'] });
    await Promise.resolve();
    const own = answer?.(url);
    if (own !== undefined) return own;
    if (url === `${internal}/realms/a/jwks` || url === 'https://keys.example.net/jwks') {
      return Response.json({ keys: issuer.keys.map(({ publicJwk }) => publicJwk) });
    }
    if (url.startsWith(internal)) return Response.json(issuer.metadata);
    throw new TypeError('fetch failed');
  };
  const server = new ResourceServer({
    protectedResources: {
      metadata: {
        resource,
        authorizationServers: [{ issuer: issuerName, type: 'oidc', ...options } as AuthServerConfig],
      },
    },
    fetch,
    now: clock.now,
    onEvent: (event) => events.push(event),
  });
  const gate = server.createGate('jwt', { resource, remoteJwkSet });
  const ask = async (token: string) => statusOf(await gate.authenticate(headWith(`Bearer ${token}`)));
  return { issuer, requests, events, ask };
}
const allowing = { internalOrigin: internal, allowInsecureHttp: true };

describe('one provider with two addresses', () => {
  test('metadata and keys are fetched inside, and tokens carry the public issuer', async () => {
    const { issuer, requests, ask } = await inside(allowing);
    expect(await ask(await issuer.sign())).toBe(200);
    expect(requests.map(({ url }) => url)).toEqual([
      `${internal}/realms/a/.well-known/openid-configuration`,
      `${internal}/realms/a/jwks`,
    ]);
  });

  test('[RFC8414-3.3-01] a document that states the internal address as its issuer is refused', async () => {
    const { issuer, events, ask } = await inside(allowing, undefined, { issuer: `${internal}/realms/a` });
    expect(await ask(await issuer.sign())).toBe(503);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'fault', error: expect.objectContaining({ code: 'issuer_mismatch' }) }),
    );
  });

  test('a token of the internal address is refused: it is another issuer', async () => {
    const { issuer, events, ask } = await inside(allowing);
    expect(await ask(await issuer.sign({ iss: `${internal}/realms/a` }))).toBe(401);
    expect(lastCode(events)).toBe('untrusted_issuer');
  });

  test('keys that the document names at another origin are fetched there', async () => {
    const { issuer, requests, ask } = await inside(
      { ...allowing, requestHeaders: { 'x-api-key': 'k' } },
      undefined,
      { jwks_uri: 'https://keys.example.net/jwks' },
    );
    expect(await ask(await issuer.sign())).toBe(200);
    expect(requests.at(-1)).toEqual({ url: 'https://keys.example.net/jwks', key: undefined });
  });

  test('a path that begins with two slashes leads to no other host', async () => {
    const { issuer, requests, ask } = await inside(allowing, undefined, {
      jwks_uri: 'https://sso.example.com//evil.example/jwks',
    });
    await ask(await issuer.sign());
    expect(requests.at(-1)?.url).toBe(`${internal}//evil.example/jwks`);
  });

  test('a redirect out of the internal address is not followed', async () => {
    const { issuer, requests, ask } = await inside(allowing, () =>
      Response.redirect('https://evil.example/', 302),
    );
    expect(await ask(await issuer.sign())).toBe(503);
    expect(requests).toHaveLength(1);
  });

  test('plain http is refused at start, unless it is allowed', async () => {
    await expect(inside({ internalOrigin: internal })).rejects.toThrow(
      'authorizationServers[0].internalOrigin: must use https',
    );
  });

  test.each([
    'keycloak:8080',
    'https://keycloak/',
    'https://keycloak/auth',
    'ftp://keycloak',
    'https://a@b',
    '',
  ])('%j is not an origin', async (internalOrigin) => {
    await expect(inside({ internalOrigin, allowInsecureHttp: true })).rejects.toThrow(
      'internalOrigin: must be',
    );
  });
});

describe('further request headers', () => {
  test('go along for metadata and keys', async () => {
    const { issuer, requests, ask } = await inside({ ...allowing, requestHeaders: { 'x-api-key': 'k' } });
    expect(await ask(await issuer.sign())).toBe(200);
    expect(requests.map(({ key }) => key)).toEqual(['k', 'k']);
  });

  test.each([
    { 'x api': 'k' },
    { 'x-api-key': 'k\r\nhost: evil.example' },
    { 'x-api-key': ' k' },
    { 'x-api-key': 5 as unknown as string },
    { '': 'k' },
  ])(
    '[contract row 1] what cannot be sent is refused at start, and not shown: %j',
    async (requestHeaders) => {
      const failure = inside({ ...allowing, requestHeaders });
      await expect(failure).rejects.toThrow('requestHeaders');
      await expect(failure).rejects.not.toThrow('evil.example');
    },
  );
});

test('a header of the route takes the place of the same one of the server, in any case', async () => {
  const { issuer, requests, ask } = await inside(
    { ...allowing, requestHeaders: { 'X-API-Key': 'of the server' } },
    undefined,
    {},
    { headers: { 'x-Api-Key': 'of the route' } },
  );
  expect(await ask(await issuer.sign())).toBe(200);
  expect(requests.map(({ key }) => key)).toEqual(['of the server', 'of the route']);
});

describe('metadata that is fetched at start', () => {
  const wellKnown = `${issuerName}/.well-known/openid-configuration`;
  const insideUrl = `${internal}/realms/a/.well-known/openid-configuration`;
  const requestHeaders = { 'x-api-key': 'k' };

  function record(stated: string, ...others: readonly string[]) {
    const requests: { readonly url: string; readonly key: string | undefined }[] = [];
    const fetch: FetchFunction = async (url, { headers }) => {
      requests.push({ url, key: headers['x-api-key'] });
      await Promise.resolve();
      const isThere = url === insideUrl || others.includes(url);
      return isThere ? Response.json(metadataOf(stated)) : new Response('', { status: 404 });
    };
    return { requests, fetch };
  }

  test('comes from the internal address, with the headers', async () => {
    for (const get of [
      (options: FetchServerConfigOptions) => fetchServerConfig(issuerName, { ...options, type: 'oidc' }),
      (options: FetchServerConfigOptions) => fetchServerConfigByWellKnownUrl(wellKnown, options),
    ]) {
      const { requests, fetch } = record(issuerName);
      const { metadata } = await get({ ...allowing, fetch, requestHeaders });
      expect(metadata.issuer).toBe(issuerName);
      expect(requests).toEqual([{ url: insideUrl, key: 'k' }]);
    }
  });

  test('[RFC8414-3.3-01] must state the public issuer, also in there', async () => {
    const { fetch } = record(`${internal}/realms/a`);
    const options = { ...allowing, fetch };
    const code = 'issuer_mismatch';
    await expect(fetchServerConfig(issuerName, options)).rejects.toMatchObject({ code });
    await expect(fetchServerConfigByWellKnownUrl(wellKnown, options)).rejects.toMatchObject({ code });
  });

  test('is not fetched over plain http without permission', async () => {
    const { requests, fetch } = record(issuerName);
    const options = { internalOrigin: internal, fetch };
    const path = 'internalOrigin';
    await expect(fetchServerConfig(issuerName, options)).rejects.toMatchObject({ path });
    await expect(fetchServerConfigByWellKnownUrl(wellKnown, options)).rejects.toMatchObject({ path });
    expect(requests).toEqual([]);
  });

  test('headers without an internal address go to the issuer', async () => {
    const { requests, fetch } = record(issuerName, wellKnown);
    await fetchServerConfig(issuerName, { fetch, requestHeaders, type: 'oidc' });
    expect(requests).toEqual([{ url: wellKnown, key: 'k' }]);
  });

  test('the result takes the options too, for the keys', async () => {
    const { fetch } = record(issuerName);
    const { metadata } = await fetchServerConfig(issuerName, { ...allowing, fetch, type: 'oidc' });
    const { issuer, requests, ask } = await inside({ ...allowing, issuer: undefined, metadata } as never);
    expect(await ask(await issuer.sign())).toBe(200);
    expect(requests.map(({ url }) => url)).toEqual([`${internal}/realms/a/jwks`]);
  });
});

test('what the options say is in no error and no event', async () => {
  const requestHeaders = { authorization: 'Basic c2VjcmV0LW9mLWdhdGV3YXk=' };
  for (const answer of [
    () => new Response('', { status: 401 }),
    () => Response.redirect('https://evil.example/', 302),
    () => new Response('<html>'),
    () => Response.json({ issuer: 'https://evil.example' }),
  ]) {
    const { issuer, events, ask } = await inside({ ...allowing, requestHeaders }, answer);
    expect(await ask(await issuer.sign())).toBe(503);
    expect(events.map(({ type }) => type)).toContain('fault');
    expect(JSON.stringify(events)).not.toContain('c2VjcmV0');
  }
});
