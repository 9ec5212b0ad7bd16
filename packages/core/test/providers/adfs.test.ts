/** AD FS, after Microsoft's documentation. Not verified against a live server. */
import { beforeAll, describe, expect, test } from 'vitest';
import { MCPAuth } from '../../src/fetch.js';
import type { AuthServerConfig } from '../../src/index.js';
import { adfs } from '../../src/providers.js';
import { catalogue, createProviderOf } from './support/catalogue.js';
import { createFakeProvider, now, type FakeProvider } from './support/fake-provider.js';
import { expectMistake, openGate, resource } from './support/open-gate.js';

const stated = 'http://fs.example.com/adfs/services/trust';
const token = catalogue.find(({ name }) => name === 'adfs')?.token(['openid', 'read']) ?? {};
let provider: FakeProvider;

beforeAll(async () => {
  provider = await createProviderOf({ server: adfs({ host: 'fs.example.com' }) });
});

/** What the owner hears about a token of this issuer. */
async function hintFor(server: AuthServerConfig, iss: string, from: FakeProvider, isReady: boolean) {
  const hints: unknown[] = [];
  const mcpAuth = new MCPAuth({
    resource,
    authorizationServers: [server],
    fetch: from.fetch,
    now: () => now * 1000,
    onEvent: (event) => {
      if (event.type === 'decision' && event.outcome === 'deny') hints.push([event.code, event.hint]);
    },
  });
  const handler = mcpAuth.protect({ fetch: () => new Response(null) });
  if (isReady) await mcpAuth.ready();
  const headers = { authorization: `Bearer ${await from.sign({ ...token, iss })}` };
  const { status } = await handler.fetch(new Request(resource, { method: 'POST', headers }));
  expect(status).toBe(401);
  return hints[0];
}

describe('AD FS', () => {
  test('the client is the one in appid, and scopes are those of scp', async () => {
    const { status, auth } = await openGate(adfs({ host: 'fs.example.com' }), provider).call(
      await provider.sign(token),
    );

    expect(status).toBe(200);
    expect(auth).toMatchObject({ issuer: stated, clientId: token.appid, scopes: ['openid', 'read'] });
  });

  test('a federation service of another name is the one that its owner writes, and no other', async () => {
    const accessTokenIssuer = 'urn:federation:example';
    const gate = openGate(adfs({ host: 'fs.example.com', accessTokenIssuer }), provider);

    expect((await gate.call(await provider.sign({ ...token, iss: accessTokenIssuer }))).status).toBe(200);
    expect((await gate.call(await provider.sign(token))).reason).toEqual({
      code: 'untrusted_issuer',
      claim: 'iss',
    });
  });

  test('an identifier of the Web API that is not the resource', async () => {
    const gate = openGate(
      adfs({ host: 'fs.example.com', audience: 'microsoft:identityserver:mcp' }),
      provider,
    );

    expect(
      (await gate.call(await provider.sign({ ...token, aud: 'microsoft:identityserver:mcp' }))).status,
    ).toBe(200);
    expect((await gate.call(await provider.sign(token))).reason?.code).toBe('wrong_audience');
  });

  test('who names the issuer of the metadata alone is told what access tokens carry, before anything was fetched', async () => {
    const [code, hint] = (await hintFor(
      { issuer: 'https://fs.example.com/adfs' },
      stated,
      provider,
      false,
    )) as [string, string];

    expect(code).toBe('untrusted_issuer');
    expect(hint).toContain(stated);
    expect(hint).toContain('adfs({ host })');
    expect(provider.requested).not.toContain(stated);
  });

  test('a service of another name is named once its metadata was read, and is refused all the same', async () => {
    const name = 'urn:federation:example';
    const issuer = 'https://fs.example.com/adfs';
    const other = await createFakeProvider({
      [`${issuer}/.well-known/openid-configuration`]: {
        issuer,
        access_token_issuer: name,
        jwks_uri: `${issuer}/keys`,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        response_types_supported: ['code'],
      },
    });

    expect(await hintFor({ issuer, type: 'oidc' }, name, other, true)).toEqual([
      'untrusted_issuer',
      `The metadata of ${issuer} says that its access tokens name ${name} as their issuer. If that is right, write tokenIssuers: ["${name}"].`,
    ]);
    expect(await hintFor({ issuer, type: 'oidc' }, 'urn:federation:other', other, true)).toEqual([
      'untrusted_issuer',
      undefined,
    ]);
  });

  test.each([
    [{ host: 'fs.example.com/adfs' }, 'adfs.host', 'invalid_option', /without a path/],
    [{ host: 'http://fs.example.com' }, 'adfs.host', 'insecure_issuer', /must use https/],
    [
      { audience: 'urn:microsoft:userinfo' },
      'adfs.audience',
      'invalid_audience',
      /identifier of the Web API/,
    ],
    [{ accessTokenIssuer: '' }, 'adfs.accessTokenIssuer', 'invalid_option', /non-empty string/],
  ])('an AD FS configuration %o is refused with the fix', (mistake, path, code, fix) => {
    expectMistake(() => adfs({ host: 'fs.example.com', ...mistake }), path, code, fix);
  });
});
