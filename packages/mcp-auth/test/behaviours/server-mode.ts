import { vi } from 'vitest';
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
  changed(
    'a member of discovered metadata that only its provider knows',
    'mirror',
    async (world) => {
      const { body } = await (await mirror(world, world.server)).get(path);
      return (JSON.parse(body) as { vendor_member?: string }).vendor_member;
    },
    [undefined, 'kept by nobody'],
  ),
  changed(
    'where the mirror of an issuer with a path is',
    'mirror',
    async (world) => {
      const { issuer } = await world.startIssuer('/tenant');
      const app = await mirror(world, { issuer, type: 'oauth' });
      return [(await app.get(path)).status, (await app.get(`${path}/tenant`)).status];
    },
    [
      [200, 404],
      [200, 200],
    ],
  ),
  changed(
    'the mirror below a path',
    'router-at-root',
    async (world) => {
      const router = new world.pkg.MCPAuth({ server: world.server }).delegatedRouter();
      return (await (await world.serve((app) => app.use('/api', router))).get(`/api${path}`)).status;
    },
    [200, 404],
  ),
  changed(
    'what is written on the console',
    'texts',
    ({ pkg, server }) => {
      const before = vi.mocked(console.warn).mock.calls.length;
      new pkg.MCPAuth({ server }).delegatedRouter();
      return vi.mocked(console.warn).mock.calls.length - before;
    },
    [1, 0],
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
    'what strangers are told of a resource that nothing here publishes',
    'audience-required',
    async (world) => {
      const mcpAuth = new world.pkg.MCPAuth({ server: world.server });
      const app = await world.guard(mcpAuth.bearerAuth('jwt', { resource }));
      return [(await app.call()).metadata, await app.status(await world.issuer.sign({ aud: resource }))];
    },
    [
      ['https://api.example.com/.well-known/oauth-protected-resource/notes', 200],
      [undefined, 200],
    ],
  ),
  changed(
    'a route without an audience',
    'audience-required',
    ({ pkg, server }) => outcome(() => new pkg.MCPAuth({ server }).bearerAuth('jwt')),
    ['done', 'MCPAuthAuthServerError invalid_server_config'],
  ),
];
