import { customFetch, jwksCache } from 'jose';
import { changed, same, type Row } from '../support/row.js';
import { foreign, outcome, resource, type World } from '../support/world.js';

const unknown = 'MCPAuthConfigError unknown_option';
const nowUnknown = ['done', unknown] as const;
const change = 'unknown-options';

const server = { issuer: 'https://auth.example.com', type: 'oidc' } as const;
const metadata = { resource, authorizationServers: [server] };

const construct = (config: object) => (world: World) => outcome(() => new world.pkg.MCPAuth(config as never));
const protect = (more: object) => construct({ protectedResources: { metadata }, ...more });
const route =
  (options: object, mode: unknown = 'jwt') =>
  (world: World) =>
    outcome(() => world.protect().bearerAuth(mode as 'jwt', { resource, audience: resource, ...options }));
const verify = () => Promise.reject(new Error('never asked'));

export const unknownOptions: readonly Row[] = [
  changed('of MCPAuth', change, protect({ protectedResource: {} }), nowUnknown),
  changed(
    'of a resource',
    change,
    construct({ protectedResources: { metadata, scopesSupported: ['read'] } }),
    nowUnknown,
  ),
  changed(
    'of an authorization server that is discovered',
    change,
    construct({
      protectedResources: { metadata: { resource, authorizationServers: [{ ...server, jwksUri: foreign }] } },
    }),
    nowUnknown,
  ),
  changed(
    'of an authorization server with metadata',
    change,
    async (world) =>
      construct({ server: { type: 'oauth', metadata: world.issuer.byHand, audience: resource } })(world),
    nowUnknown,
  ),
  changed('of a route', change, route({ requiredScope: ['read'] }), nowUnknown),
  changed(
    'of a route in server mode',
    change,
    (world) =>
      outcome(() =>
        new world.pkg.MCPAuth({ server }).bearerAuth('jwt', {
          audience: resource,
          scopes: ['read'],
        } as never),
      ),
    nowUnknown,
  ),
  changed('of a route, with the value undefined', change, route({ requiredScope: undefined }), nowUnknown),
  changed(
    'of a route, inherited',
    change,
    (world) => {
      const options = Object.assign(Object.create({ requiredScope: ['read'] }) as object, {
        resource,
        audience: resource,
      });
      return outcome(() => world.protect().bearerAuth('jwt', options));
    },
    nowUnknown,
  ),
  changed(
    'lifetimeWithoutExpirySeconds on a route for JWTs',
    change,
    route({ lifetimeWithoutExpirySeconds: 60 }),
    nowUnknown,
  ),
  changed(
    'jwtVerify on a route whose tokens a function verifies',
    change,
    route({ jwtVerify: { audience: foreign } }, verify),
    nowUnknown,
  ),
  changed(
    'remoteJwkSet on a route whose tokens a function verifies',
    change,
    route({ remoteJwkSet: {} }, verify),
    nowUnknown,
  ),
  changed('issuer on a route', change, route({ issuer: () => undefined }), nowUnknown),
  changed(
    'of handleBearerAuth',
    change,
    ({ pkg }) =>
      outcome(() =>
        pkg.handleBearerAuth({
          verifyAccessToken: verify,
          issuer: foreign,
          audience: resource,
          scopes: ['read'],
        } as never),
      ),
    nowUnknown,
  ),
  changed(
    'of createVerifyJwt',
    change,
    ({ pkg }) => outcome(() => pkg.createVerifyJwt(verify, { audiences: resource } as never)),
    nowUnknown,
  ),
  changed('of jwtVerify', change, route({ jwtVerify: { audiences: [resource] } }), nowUnknown),
  changed('of remoteJwkSet', change, route({ remoteJwkSet: { timeout: 1000 } }), nowUnknown),
  changed(
    'of remoteJwkSet, by a symbol of another copy of jose',
    change,
    route({ remoteJwkSet: { [Symbol()]: fetch } }),
    nowUnknown,
  ),
  changed(
    'remoteJwtSet, as a page of 0.2 has it',
    change,
    route({ remoteJwtSet: { timeoutDuration: 10_000 } }),
    nowUnknown,
  ),
  changed(
    'of fetchServerConfig',
    change,
    ({ pkg, issuer }) =>
      outcome(() => pkg.fetchServerConfig(issuer.issuer, { type: 'oauth', transpile: () => ({}) } as never)),
    nowUnknown,
  ),
  changed(
    'of fetchServerConfigByWellKnownUrl',
    change,
    ({ pkg, issuer }) =>
      outcome(() =>
        pkg.fetchServerConfigByWellKnownUrl(`${issuer.issuer}/metadata`, { type: 'oauth', url: '' } as never),
      ),
    nowUnknown,
  ),
  changed('server and protectedResources in one configuration', change, protect({ server }), [
    'done',
    'MCPAuthAuthServerError invalid_server_config',
  ]),
  same('symbols that jose knows', route({ remoteJwkSet: { [customFetch]: fetch, [jwksCache]: {} } }), 'done'),
];
