import { describe, expect, test } from 'vitest';
import type { AuthServerMetadata, MCPAuthEvent } from '../../src/index.js';
import { protect } from '../support/protect.js';

const warningsOf = (events: readonly MCPAuthEvent[]) =>
  events.flatMap((event) =>
    event.type === 'warning' && event.message.startsWith('authorizationExtensions') ? [event.message] : [],
  );

const both = { clientCredentials: true, enterpriseManagedAuthorization: true } as const;
const clientCredentials = 'io.modelcontextprotocol/oauth-client-credentials';
const enterpriseManaged = 'io.modelcontextprotocol/enterprise-managed-authorization';
const idJag = 'urn:ietf:params:oauth:grant-profile:id-jag';

const complete: Partial<AuthServerMetadata> = {
  grantTypesSupported: ['client_credentials'],
  authorizationGrantProfilesSupported: [idJag],
};

async function withMetadata(...documents: readonly Partial<AuthServerMetadata>[]) {
  return protect({
    servers: ({ issuer }) =>
      documents.map((members, index) => {
        const name = index === 0 ? issuer : `${issuer}/${index}`;
        return { metadata: { issuer: name, jwksUri: `${name}/keys`, ...members } };
      }),
  });
}

describe('the owner is warned where no authorization server can do what is advertised', () => {
  test.each<[string, Partial<AuthServerMetadata>, string]>([
    ['says nothing of grants', {}, 'does not list client_credentials'],
    ['has other grants', { grantTypesSupported: ['authorization_code'] }, 'does not list client_credentials'],
    [
      '[MCP-EXT-CC-01] has no way to authenticate that clients know',
      {
        grantTypesSupported: ['client_credentials'],
        tokenEndpointAuthMethodsSupported: ['client_secret_post'],
      },
      'lists neither private_key_jwt nor client_secret_basic',
    ],
  ])('one that %s', async (_what, metadata, said) => {
    const { server, events } = await withMetadata(metadata);
    server.declarations.authorizationExtensions({ clientCredentials: true });
    expect(warningsOf(events)).toEqual([expect.stringContaining(said)]);
  });

  test('one without the profile of identity assertions', async () => {
    const { server, events } = await withMetadata({ authorizationGrantProfilesSupported: ['other'] });
    server.declarations.authorizationExtensions({ enterpriseManagedAuthorization: true });
    expect(warningsOf(events)).toEqual([expect.stringContaining(idJag)]);
  });

  test('one that is discovered: when its document comes, and not before', async () => {
    const { server, events } = await protect();
    server.declarations.authorizationExtensions(both);
    expect(warningsOf(events)).toEqual([]);
    await server.ready();
    expect(warningsOf(events)).toHaveLength(2);
  });

  test('nobody is, while one of several can', async () => {
    const { server, events } = await withMetadata({}, complete);
    server.declarations.authorizationExtensions(both);
    expect(warningsOf(events)).toEqual([]);
  });
});

test('what is asked for is advertised, without settings, and nothing else', async () => {
  const { server } = await withMetadata(complete);
  const { declarations } = server;
  expect(declarations.authorizationExtensions(both)).toEqual({
    [clientCredentials]: {},
    [enterpriseManaged]: {},
  });
  expect(declarations.authorizationExtensions({ clientCredentials: true })).toEqual({
    [clientCredentials]: {},
  });
  expect(declarations.authorizationExtensions({ clientCredentials: false })).toEqual({});
});
