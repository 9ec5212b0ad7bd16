import { sendJson } from '../support/issuer.js';
import { changed, same, type Row } from '../support/row.js';
import { foreign, outcome, type World } from '../support/world.js';

const unusable = 'MCPAuthAuthServerError invalid_server_metadata';
const unfetched = 'MCPAuthConfigError fetch_server_config_error';

const fetching = (world: World, config: object = {}) =>
  world.pkg.fetchServerConfig(world.issuer.issuer, { type: 'oauth', ...config });

const spoiled = (members: object) => (world: World) => {
  world.issuer.metadata = { ...world.issuer.metadata, ...members };
  return outcome(() => fetching(world));
};

const path = '/.well-known/oauth-authorization-server';

export const fetchingMetadata: readonly Row[] = [
  same(
    'where an OAuth server with a path is asked',
    async (world) => {
      const issuer = await world.startIssuer('/tenant', 'oauth');
      await world.pkg.fetchServerConfig(issuer.issuer, { type: 'oauth' });
      return issuer.requests;
    },
    ['/.well-known/oauth-authorization-server/tenant'],
  ),
  same(
    'where an OpenID provider with a path is asked',
    async (world) => {
      const issuer = await world.startIssuer('/tenant', 'oidc');
      await world.pkg.fetchServerConfig(issuer.issuer, { type: 'oidc' });
      return issuer.requests;
    },
    ['/tenant/.well-known/openid-configuration'],
  ),
  same(
    'what comes back',
    async (world) => {
      const { type, metadata } = await fetching(world);
      return [type, Object.keys(metadata).sort(), metadata.issuer === world.issuer.issuer];
    },
    [
      'oauth',
      [
        'authorizationEndpoint',
        'codeChallengeMethodsSupported',
        'issuer',
        'jwksUri',
        'registrationEndpoint',
        'responseTypesSupported',
        'tokenEndpoint',
      ],
      true,
    ],
  ),
  same(
    'an exact URL',
    (world) => {
      const url = new URL(`${world.issuer.issuer}/metadata`);
      return outcome(() => world.pkg.fetchServerConfigByWellKnownUrl(url, { type: 'oidc' }));
    },
    'done',
  ),
  same(
    'a document that has to be mended',
    async (world) => {
      world.issuer.metadata = { ...world.issuer.metadata, response_types_supported: undefined };
      const transpileData = (data: object) => ({ ...data, response_types_supported: ['code'] });
      return (await fetching(world, { transpileData })).metadata.responseTypesSupported;
    },
    ['code'],
  ),
  changed(
    'a document that is mended asynchronously',
    'async-transpile',
    (world) => outcome(() => fetching(world, { transpileData: async (data: object) => data })),
    [unusable, 'done'],
  ),
  same(
    'a mending that throws',
    (world) => {
      const transpileData = () => {
        throw new RangeError('own');
      };
      return outcome(() => fetching(world, { transpileData }));
    },
    'RangeError',
  ),
  same('a document without token endpoint', spoiled({ token_endpoint: undefined }), unusable),
  same('a document with a member of another type', spoiled({ scopes_supported: 'read' }), unusable),
  same('a document without PKCE', spoiled({ code_challenge_methods_supported: undefined }), 'done'),
  changed('a document of another issuer', 'issuer-at-discovery', spoiled({ issuer: foreign }), [
    'done',
    unusable,
  ]),
  changed(
    'an exact URL with a document of another origin',
    'issuer-at-discovery',
    (world) => {
      world.issuer.metadata = { ...world.issuer.metadata, issuer: foreign };
      const url = `${world.issuer.issuer}/metadata`;
      return outcome(() => world.pkg.fetchServerConfigByWellKnownUrl(url, { type: 'oidc' }));
    },
    ['done', unusable],
  ),
  same(
    'an exact URL with a document of an issuer that is named',
    (world) => {
      world.issuer.metadata = { ...world.issuer.metadata, issuer: foreign };
      const url = `${world.issuer.issuer}/metadata`;
      const config = { type: 'oidc', issuer: foreign } as const;
      return outcome(() => world.pkg.fetchServerConfigByWellKnownUrl(url, config));
    },
    'done',
  ),
  same(
    'a document that is not there',
    (world) => {
      world.issuer.answers.set(path, (_request, response) => response.writeHead(404).end());
      return outcome(() => fetching(world));
    },
    unfetched,
  ),
  changed(
    'a document that is not JSON',
    'fetch-errors',
    (world) => {
      world.issuer.answers.set(path, (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('<html>');
      });
      return outcome(() => fetching(world));
    },
    ['SyntaxError', unusable],
  ),
  same(
    'a document that is no object',
    (world) => {
      world.issuer.answers.set(path, (_request, response) => sendJson(response, null));
      return outcome(() => fetching(world));
    },
    unusable,
  ),
  changed(
    'a server that is not there',
    'fetch-errors',
    (world) => outcome(() => world.pkg.fetchServerConfig('http://127.0.0.1:1', { type: 'oauth' })),
    ['TypeError', unfetched],
  ),
  same(
    'a document without its media type',
    (world) => {
      world.issuer.answers.set(path, (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'text/html' }).end(JSON.stringify(world.issuer.metadata));
      });
      return outcome(() => fetching(world));
    },
    'done',
  ),
];
