import { sendJson } from '../support/issuer.js';
import { changed, type Row } from '../support/row.js';
import { foreign, resource, type World } from '../support/world.js';

const call = async (world: World) => {
  const app = await world.guard(world.protect().bearerAuth('jwt', { resource, audience: resource }));
  const { status, error } = await app.call(await world.issuer.sign({ aud: resource }));
  return error === undefined ? status : `${status} ${error}`;
};

const metadataPath = '/.well-known/oauth-authorization-server';

export const failures: readonly Row[] = [
  changed(
    'keys that cannot be had',
    'outage',
    async (world) => {
      world.issuer.answers.set('/keys', (_request, response) => response.writeHead(500).end());
      return call(world);
    },
    ['401 invalid_token', 503],
  ),
  changed(
    'keys that are none',
    'outage',
    async (world) => {
      world.issuer.answers.set('/keys', (_request, response) => sendJson(response, { html: 'maintenance' }));
      return call(world);
    },
    ['401 invalid_token', 503],
  ),
  changed(
    'metadata that cannot be had',
    'outage',
    async (world) => {
      world.issuer.answers.set(metadataPath, (_request, response) => response.writeHead(500).end());
      return call(world);
    },
    [500, 503],
  ),
  changed(
    'metadata that names another issuer',
    'issuer-at-discovery',
    async (world) => {
      world.issuer.metadata = { ...world.issuer.metadata, issuer: foreign };
      return call(world);
    },
    [200, 503],
  ),
  changed(
    'metadata without keys',
    'outage',
    async (world) => {
      world.issuer.metadata = { ...world.issuer.metadata, jwks_uri: undefined };
      return call(world);
    },
    [500, 503],
  ),
  changed(
    'metadata that lacks what only clients need',
    'metadata-tolerance',
    async (world) => {
      world.issuer.metadata = { ...world.issuer.metadata, code_challenge_methods_supported: undefined };
      return call(world);
    },
    [500, 200],
  ),
  changed(
    'metadata that lives at another origin',
    'redirects',
    async (world) => {
      const elsewhere = await world.startIssuer();
      elsewhere.metadata = world.issuer.metadata;
      world.issuer.answers.set(metadataPath, (_request, response) =>
        response.writeHead(302, { Location: `${elsewhere.origin}/metadata` }).end(),
      );
      return call(world);
    },
    [200, 503],
  ),
];
