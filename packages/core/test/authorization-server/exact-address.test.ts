import { describe, expect, test } from 'vitest';
import type { AuthServerConfig, DiscoveryAuthServerConfig } from '../../src/config/authorization-server.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { createClock } from '../support/clock.js';
import { configError } from '../support/config-error.js';
import { headWith } from '../support/head.js';
import { resource, statusOf } from '../support/protect.js';
import { TestIssuer } from '../support/test-issuer.js';

const issuerName = 'https://example.b2clogin.com/0f0b1d9e-6c1c-4a57-9d0a-3a4c3f5d2b11/v2.0/';
const address =
  'https://example.b2clogin.com/example.onmicrosoft.com/v2.0/.well-known/openid-configuration?p=B2C_1_a';
const keys = 'https://example.b2clogin.com/example.onmicrosoft.com/discovery/v2.0/keys?p=B2C_1_a';

async function open(options: Partial<DiscoveryAuthServerConfig> = {}, members: object = {}) {
  const clock = createClock();
  const issuer = await TestIssuer.create(clock, issuerName);
  const requests: { readonly url: string; readonly key: string | undefined }[] = [];
  const events: MCPAuthEvent[] = [];
  const server = new ResourceServer({
    resource,
    authorizationServers: [{ issuer: issuerName, wellKnownUrl: address, ...options }],
    fetch: (url, { headers }) => {
      requests.push({ url, key: headers['x-api-key'] });
      if (url === keys)
        return Promise.resolve(Response.json({ keys: issuer.keys.map((one) => one.publicJwk) }));
      if (url !== (options.wellKnownUrl ?? address))
        return Promise.resolve(new Response('', { status: 404 }));
      return Promise.resolve(Response.json({ ...issuer.metadata, jwks_uri: keys, ...members }));
    },
    now: clock.now,
    onEvent: (event) => events.push(event),
  });
  const gate = server.createGate();
  const ask = async () => statusOf(await gate.authenticate(headWith(`Bearer ${await issuer.sign()}`)));
  const warnings = () => events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  return { requests, events, ask, server, warnings };
}

describe('metadata at an address of its own', () => {
  test.each([
    'https://example.b2clogin.com/example.onmicrosoft.com/v2.0/',
    'https://example.b2clogin.com/0f0b1d9e-6c1c-4a57-9d0a-3a4c3f5d2b11/v2.0',
    'https://evil.example/',
    undefined,
  ])('[RFC8414-3.3-01] a document that states %s as its issuer is refused', async (issuer) => {
    const { ask, events } = await open({}, { issuer });

    expect(await ask()).toBe(503);
    const code = issuer === undefined ? 'invalid_metadata' : 'issuer_mismatch';
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'fault', error: expect.objectContaining({ code }) }),
    );
  });

  test('an address without a document is not looked for elsewhere', async () => {
    const { ask, requests } = await open({ wellKnownUrl: `${address}&other` }, {});
    requests.length = 0;

    expect(await ask()).toBe(200);
    expect(requests.map(({ url }) => url)).toEqual([`${address}&other`, keys]);
  });

  test('it is asked for on first use, at this very address, query included', async () => {
    const { ask, requests } = await open();
    expect(requests).toEqual([]);

    expect(await ask()).toBe(200);
    expect(requests.map(({ url }) => url)).toEqual([address, keys]);
  });

  test('headers for a gateway go to the address that was written, wherever that is', async () => {
    const elsewhere = 'https://login.example.com/metadata';
    const { ask, requests } = await open({ wellKnownUrl: elsewhere, requestHeaders: { 'x-api-key': 'k' } });

    expect(await ask()).toBe(200);
    expect(requests).toEqual([
      { url: elsewhere, key: 'k' },
      { url: keys, key: 'k' },
    ]);
  });

  test.each<[string, object, RegExp]>([
    ['http', { wellKnownUrl: 'http://example.com/metadata' }, /must be an https URL/],
    ['no URL', { wellKnownUrl: 'example.com/metadata' }, /must be an https URL/],
    ['a URL object', { wellKnownUrl: new URL(address) }, /must be an https URL/],
    ['an empty string', { wellKnownUrl: '' }, /must be an https URL/],
  ])('%s is refused as an address', (_what, options, fix) => {
    const { code, path, message } = configError(
      () =>
        new ResourceServer({
          resource,
          authorizationServers: [{ issuer: issuerName, ...options }],
        }),
    );

    expect([code, path]).toEqual(['invalid_option', 'authorizationServers[0].wellKnownUrl']);
    expect(message).toMatch(fix);
  });

  test('metadata that is given needs no address, and the two do not go together', () => {
    // @ts-expect-error -- the metadata is there already
    const both: AuthServerConfig = { metadata: { issuer: issuerName, jwksUri: keys }, wellKnownUrl: address };

    const { code, message } = configError(
      () => new ResourceServer({ resource, authorizationServers: [both] }),
    );
    expect(code).toBe('invalid_option');
    expect(message).toMatch(/wellKnownUrl: has no effect on metadata that is given/);
  });
});

describe('an issuer of access tokens that the metadata names', () => {
  const stated = 'http://fs.example.com/adfs/services/trust';

  test('it is not believed, and the owner is told which one it is', async () => {
    const { server, warnings } = await open({}, { access_token_issuer: stated });

    await server.ready();

    expect(warnings().filter((message) => message.includes(stated))).toEqual([
      `authorizationServers[0]: the metadata of ${issuerName} says that access tokens carry the issuer "${stated}", whose tokens are refused. If that is right, write tokenIssuers: ["${stated}"].`,
    ]);
  });

  test.each([[[issuerName, stated]], [[stated]]])(
    'nothing is said where the owner has written it: %j',
    async (tokenIssuers) => {
      const { server, warnings } = await open({ tokenIssuers }, { access_token_issuer: stated });

      await server.ready();

      expect(warnings().filter((message) => message.includes(stated))).toEqual([]);
    },
  );

  test.each([5, null, ['a'], 'x'.repeat(201)])('what cannot be one is passed over: %j', async (value) => {
    const { server, ask, warnings } = await open({}, { access_token_issuer: value });

    await server.ready();

    expect(await ask()).toBe(200);
    expect(warnings().filter((message) => message.includes('access tokens carry'))).toEqual([]);
  });
});
