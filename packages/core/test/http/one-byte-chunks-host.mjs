// One adapter in a process of its own, for one-byte-chunks.mjs: tells its port, and at the end its largest resident memory.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const resource = 'http://localhost/mcp';
const issuer = 'https://as.example.com';
const config = {
  protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
  onEvent: () => undefined,
};
const verify = () => ({ issuer, audience: resource, subject: 'alice', expiresAt: Date.now() / 1000 + 600 });
const options = { resource, operations: { methods: { 'tools/list': 'anonymous' } } };

/** The built adapter, and modules of its framework as its own package finds them. */
async function load(name, ...modules) {
  const home = new URL(`../../../${name}/`, import.meta.url);
  const { resolve } = createRequire(new URL('package.json', home));
  const found = modules.map((module) => import(pathToFileURL(resolve(module)).href));
  return Promise.all([import(new URL('dist/index.js', home).href), ...found]);
}

const onExpress = (module) => async () => {
  const [{ MCPAuth }, { default: express }] = await load('express', module);
  const app = express();
  app.post('/mcp', new MCPAuth(config).bearerAuth(verify, options), (request, response) => {
    response.json({});
  });
  return createServer(app);
};

const hosts = {
  'Express 5': onExpress('express'),
  'Express 4': onExpress('express4'),
  Fastify: async () => {
    const [{ MCPAuth }, { default: Fastify }] = await load('fastify', 'fastify');
    const mcpAuth = new MCPAuth(config);
    const app = Fastify();
    await app.register(mcpAuth.protectedResourceMetadataRouter());
    app.post('/mcp', mcpAuth.bearerAuth(verify, options), () => ({}));
    await app.ready();
    return app.server;
  },
  'Hono on Node': async () => {
    const [{ MCPAuth }, { Hono }, { createAdaptorServer }] = await load('hono', 'hono', '@hono/node-server');
    const app = new Hono();
    app.post('/mcp', new MCPAuth(config).bearerAuth(verify, options), (context) => context.json({}));
    return createAdaptorServer(app);
  },
  'fetch entry on Node': async () => {
    const [, { getRequestListener }] = await load('hono', '@hono/node-server');
    const { MCPAuth } = await import(new URL('../../dist/fetch.js', import.meta.url).href);
    const { fetch } = new MCPAuth(config).protect({ fetch: () => Response.json({}) }, verify, options);
    return createServer(getRequestListener(fetch));
  },
};

if (process.send === undefined) throw new Error('This is started by one-byte-chunks.mjs');
const server = await hosts[process.argv[2]]();
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', () => process.send({ megabytes: process.resourceUsage().maxRSS / 1024 }));
