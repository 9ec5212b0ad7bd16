import type { AuthServerConfig, MCPAuth, MCPAuthConfig } from '../../src/index.js';
import { changed, same, type Row } from '../support/row.js';
import { foreign, outcome, resource, type World } from '../support/world.js';

const invalid = 'MCPAuthAuthServerError invalid_server_config';
const refused = ['done', invalid] as const;

const construct = (config: MCPAuthConfig) => (world: World) => outcome(() => new world.pkg.MCPAuth(config));
const withServers = (...authorizationServers: AuthServerConfig[]) =>
  construct({ protectedResources: { metadata: { resource, authorizationServers } } });
const server = { issuer: 'https://auth.example.com', type: 'oidc' } as const;
const withResource = (identifier: string) =>
  construct({ protectedResources: { metadata: { resource: identifier, authorizationServers: [server] } } });

/** Metadata written by hand, with changes. */
const byHand = (metadata: object) => (world: World) =>
  outcome(() =>
    world.protect(resource, [{ type: 'oauth', metadata: { ...world.issuer.byHand, ...metadata } }]),
  );

export const configuration: readonly Row[] = [
  same('one resource', withServers(server), 'done'),
  same(
    'a list of resources',
    construct({
      protectedResources: [resource, foreign].map((identifier) => ({
        metadata: { resource: identifier, authorizationServers: [server] },
      })),
    }),
    'done',
  ),
  same(
    'one resource twice',
    construct({
      protectedResources: [resource, resource].map((identifier) => ({
        metadata: { resource: identifier, authorizationServers: [server] },
      })),
    }),
    invalid,
  ),
  same('one authorization server twice', withServers(server, server), invalid),
  same('neither resources nor a server', construct({} as MCPAuthConfig), invalid),
  same('metadata by hand', byHand({}), 'done'),
  same(
    'config is what was given',
    ({ pkg }) => {
      const config = { protectedResources: { metadata: { resource, authorizationServers: [server] } } };
      return new pkg.MCPAuth(config).config === config;
    },
    true,
  ),
  ...[{}, { metadata: null }].map((entry) =>
    changed(
      `a resource that is ${JSON.stringify(entry)}`,
      'metadata-checks',
      construct({ protectedResources: entry as never }),
      ['TypeError', invalid],
    ),
  ),
  changed('no resources at all', 'authorization-servers', construct({ protectedResources: [] }), refused),
  same(
    'a route of no resources at all',
    ({ pkg }) => outcome(() => new pkg.MCPAuth({ protectedResources: [] }).bearerAuth('jwt', { resource })),
    invalid,
  ),
  same(
    'a Proxy around MCPAuth',
    async (world) => {
      const watched = new Proxy(world.protect(), {});
      const app = await world.serve((server) => {
        server.use(watched.protectedResourceMetadataRouter());
        server.get(
          '/notes',
          watched.bearerAuth('jwt', { resource, audience: resource }),
          (_request, response) => {
            response.end();
          },
        );
      });
      const { status } = await app.get('/.well-known/oauth-protected-resource/notes');
      return [status, await app.status(await world.issuer.sign({ aud: resource }))];
    },
    [200, 200],
  ),
  same(
    'an object that inherits from an MCPAuth in server mode',
    async (world) => {
      const mcpAuth = Object.create(new world.pkg.MCPAuth({ server: world.server })) as MCPAuth;
      const app = await world.serve((server) => server.use(mcpAuth.delegatedRouter()));
      return (await app.get('/.well-known/oauth-authorization-server')).status;
    },
    200,
  ),
  changed('a resource without authorization servers', 'authorization-servers', withServers(), refused),
  changed('a resource on plain http', 'https', withResource('http://api.example.com'), refused),
  changed(
    'an issuer on plain http',
    'https',
    withServers({ ...server, issuer: 'http://auth.example.com' }),
    refused,
  ),
  changed(
    'keys on plain http',
    'https',
    byHand({ issuer: 'https://auth.example.com', jwksUri: 'http://auth.example.com/keys' }),
    refused,
  ),
  changed('a resource with a fragment', 'resource-identifier', withResource(`${resource}#part`), refused),
  changed('a resource that is no URL', 'resource-identifier', withResource('notes'), refused),
  changed(
    'a resource in upper case',
    'resource-identifier',
    withResource('https://API.example.com/x'),
    refused,
  ),
  changed(
    'a supported scope that is none',
    'metadata-checks',
    construct({
      protectedResources: {
        metadata: { resource, authorizationServers: [server], scopesSupported: ['two words'] },
      },
    }),
    refused,
  ),
  changed(
    'an endpoint by hand that is no URL',
    'metadata-checks',
    byHand({ tokenEndpoint: 'token' }),
    refused,
  ),
  changed(
    'a server that names no PKCE method',
    'metadata-tolerance',
    byHand({ codeChallengeMethodsSupported: undefined }),
    [invalid, 'done'],
  ),
  changed(
    'a server without response type code',
    'metadata-tolerance',
    byHand({ responseTypesSupported: ['token'] }),
    [invalid, 'done'],
  ),
  changed(
    'a server without keys, asked to verify JWTs',
    'keys-at-start',
    async (world) => {
      const metadata = { ...world.issuer.byHand, jwksUri: undefined };
      const mcpAuth = world.protect(resource, [{ type: 'oauth', metadata }]);
      return outcome(() => mcpAuth.bearerAuth('jwt', { resource, audience: resource }));
    },
    ['done', 'MCPAuthAuthServerError missing_jwks_uri'],
  ),
  same(
    'a route that names no resource',
    (world) => outcome(() => world.protect().bearerAuth('jwt')),
    invalid,
  ),
  same(
    'a route that names an unknown resource',
    (world) => outcome(() => world.protect().bearerAuth('jwt', { resource: foreign })),
    invalid,
  ),
  changed(
    'a route with an empty audience',
    'route-options',
    (world) => outcome(() => world.protect().bearerAuth('jwt', { resource, audience: '' })),
    refused,
  ),
  changed(
    'a route with a scope that is two',
    'route-options',
    (world) => outcome(() => world.protect().bearerAuth('jwt', { resource, requiredScopes: ['read write'] })),
    refused,
  ),
  changed(
    'a route with a mode that is none',
    'route-options',
    (world) => outcome(() => world.protect().bearerAuth('opaque' as never, { resource })),
    ['TypeError', invalid],
  ),
  same(
    'delegatedRouter() with resources',
    (world) => outcome(() => world.protect().delegatedRouter()),
    invalid,
  ),
  same(
    'protectedResourceMetadataRouter() with a server',
    ({ pkg }) => outcome(() => new pkg.MCPAuth({ server }).protectedResourceMetadataRouter()),
    invalid,
  ),
  same(
    'handleBearerAuth without a function',
    ({ pkg }) =>
      outcome(() => pkg.handleBearerAuth({ verifyAccessToken: 'jwt' as never, issuer: foreign, resource })),
    'TypeError',
  ),
  same(
    'handleBearerAuth with an issuer that is no URL',
    ({ pkg }) =>
      outcome(() =>
        pkg.handleBearerAuth({ verifyAccessToken: () => ({}) as never, issuer: 'auth', resource }),
      ),
    'TypeError',
  ),
  same(
    'handleBearerAuth without an issuer',
    ({ pkg }) =>
      outcome(() =>
        pkg.handleBearerAuth({
          verifyAccessToken: () => ({}) as never,
          issuer: undefined as never,
          resource,
        }),
      ),
    'TypeError',
  ),
];
