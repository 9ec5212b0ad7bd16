import { changed, same, type Row } from '../support/row.js';
import { outcome, resource, type World } from '../support/world.js';

const path = '/.well-known/oauth-authorization-server';

const mirror = (world: World, server: object) =>
  world.serve((app) => app.use(new world.pkg.MCPAuth({ server: server as never }).delegatedRouter()));

export const serverMode: readonly Row[] = [
  same(
    'the mirror of metadata by hand',
    async (world) => {
      const app = await mirror(world, { type: 'oauth', metadata: world.issuer.byHand });
      const { status, body } = await app.get(path);
      return [
        status,
        (JSON.parse(body) as { token_endpoint: string }).token_endpoint === `${world.issuer.issuer}/token`,
      ];
    },
    [200, true],
  ),
  same(
    'the mirror of discovered metadata',
    async (world) => {
      const app = await mirror(world, world.server);
      const { status, body } = await app.get(path);
      return [status, (JSON.parse(body) as { issuer: string }).issuer === world.issuer.issuer];
    },
    [200, true],
  ),
  same(
    'pages in browsers may read the mirror',
    async (world) => {
      const app = await mirror(world, world.server);
      const { headers } = await app.get(path, { headers: [['Origin', 'https://page.example']] });
      return headers['access-control-allow-origin'];
    },
    '*',
  ),
  changed(
    'the mirror of a server that is down',
    'outage',
    async (world) => {
      world.issuer.answers.set(path, (_request, response) => response.writeHead(500).end());
      return (await (await mirror(world, world.server)).get(path)).status;
    },
    [500, 503],
  ),
  same(
    'a route with an audience',
    async (world) => {
      const mcpAuth = new world.pkg.MCPAuth({ server: world.server });
      const app = await world.guard(
        mcpAuth.bearerAuth('jwt', { audience: resource, requiredScopes: ['read'] }),
      );
      const statuses = [{ aud: resource }, { aud: 'x' }, { aud: resource, scope: '' }].map(async (claims) =>
        app.status(await world.issuer.sign(claims)),
      );
      return Promise.all(statuses);
    },
    [200, 401, 403],
  ),
  same(
    'a route with a verifier of your own',
    async (world) => {
      const mcpAuth = new world.pkg.MCPAuth({ server: world.server });
      const verify = (token: string) => ({
        token,
        issuer: world.issuer.issuer,
        clientId: 'c',
        scopes: [],
        audience: resource,
        expiresAt: Math.floor(Date.now() / 1000) + 60,
      });
      return (await world.guard(mcpAuth.bearerAuth(verify, { audience: resource }))).status('opaque');
    },
    200,
  ),
  same(
    'what strangers are told of metadata',
    async (world) => {
      const mcpAuth = new world.pkg.MCPAuth({ server: world.server });
      const { status, metadata } = await (
        await world.guard(mcpAuth.bearerAuth('jwt', { audience: resource }))
      ).call();
      return [status, metadata];
    },
    [401, undefined],
  ),
  changed(
    'a route without an audience',
    'audience-required',
    ({ pkg, server }) => outcome(() => new pkg.MCPAuth({ server }).bearerAuth('jwt')),
    ['done', 'MCPAuthAuthServerError invalid_server_config'],
  ),
];
