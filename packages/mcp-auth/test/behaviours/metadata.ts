import type { MCPAuth } from '../../src/index.js';
import { changed, same, type Row } from '../support/row.js';
import { foreign, neighbour, resource, type App, type World } from '../support/world.js';

const wellKnown = '/.well-known/oauth-protected-resource';

const publish = (mcpAuth: MCPAuth, world: World, prefix = '/'): Promise<App> =>
  world.serve((app) => app.use(prefix, mcpAuth.protectedResourceMetadataRouter()));

const document = async (app: App, path: string, host?: string) => {
  const { status, body } = await app.get(path, host === undefined ? {} : { headers: [['Host', host]] });
  return status === 200 ? (JSON.parse(body) as Record<string, unknown>) : status;
};

const everyMember = {
  scopesSupported: ['read', 'write'],
  resourceName: 'Notes',
  resourceDocumentation: 'https://api.example.com/docs',
  resourcePolicyUri: 'https://api.example.com/policy',
  resourceTosUri: 'https://api.example.com/tos',
  authorizationDetailsTypesSupported: ['payment'],
  bearerMethodsSupported: ['header'],
};

export const metadata: readonly Row[] = [
  same(
    'the document of a resource that is an origin',
    async (world) =>
      (await (await publish(world.protect('https://api.example.com'), world)).get(wellKnown)).status,
    200,
  ),
  same(
    'the document of a resource with a path',
    async (world) => {
      const app = await publish(world.protect(), world);
      return [(await app.get(`${wellKnown}/notes`)).status, (await app.get(wellKnown)).status];
    },
    [200, 404],
  ),
  same(
    'every member, in the spelling of RFC 9728',
    async (world) => {
      const mcpAuth = new world.pkg.MCPAuth({
        protectedResources: { metadata: { resource, authorizationServers: [world.server], ...everyMember } },
      });
      const found = await document(await publish(mcpAuth, world), `${wellKnown}/notes`);
      return { ...(found as object), authorization_servers: undefined };
    },
    {
      resource,
      authorization_servers: undefined,
      scopes_supported: ['read', 'write'],
      resource_name: 'Notes',
      resource_documentation: 'https://api.example.com/docs',
      resource_policy_uri: 'https://api.example.com/policy',
      resource_tos_uri: 'https://api.example.com/tos',
      authorization_details_types_supported: ['payment'],
      bearer_methods_supported: ['header'],
    },
  ),
  same(
    'the issuers of its servers',
    async (world) => {
      const found = await document(await publish(world.protect(), world), `${wellKnown}/notes`);
      return (found as { authorization_servers: string[] }).authorization_servers.map(
        (issuer) => issuer === world.issuer.issuer,
      );
    },
    [true],
  ),
  changed(
    'how tokens may be sent, where nothing is said',
    'metadata-members',
    async (world) => {
      const found = await document(await publish(world.protect(), world), `${wellKnown}/notes`);
      return (found as { bearer_methods_supported?: string[] }).bearer_methods_supported;
    },
    [undefined, ['header']],
  ),
  same(
    'pages in browsers may read it',
    async (world) => {
      const app = await publish(world.protect(), world);
      const headers = [['Origin', 'https://page.example']] as const;
      const { headers: fields } = await app.get(`${wellKnown}/notes`, { headers });
      const preflight = await app.get(`${wellKnown}/notes`, {
        method: 'OPTIONS',
        headers: [...headers, ['Access-Control-Request-Method', 'GET']],
      });
      return [fields['access-control-allow-origin'], preflight.status];
    },
    ['*', 204],
  ),
  same(
    'HEAD is answered',
    async (world) =>
      (await (await publish(world.protect(), world)).get(`${wellKnown}/notes`, { method: 'HEAD' })).status,
    200,
  ),
  changed(
    'two resources with one path on two hosts',
    'hosts',
    async (world) => {
      const resources = [resource, `${foreign}/notes`];
      const mcpAuth = new world.pkg.MCPAuth({
        protectedResources: resources.map((identifier) => ({
          metadata: { resource: identifier, authorizationServers: [world.server] },
        })),
      });
      const app = await publish(mcpAuth, world);
      const read = async (host: string) =>
        ((await document(app, `${wellKnown}/notes`, host)) as { resource: string }).resource;
      return [await read('api.example.com'), await read('other.example.com')];
    },
    [
      [resource, resource],
      [resource, `${foreign}/notes`],
    ],
  ),
  changed(
    'a router mounted below a path',
    'router-at-root',
    async (world) => {
      const app = await publish(world.protect(), world, '/api');
      return (await app.get(`/api${wellKnown}/notes`)).status;
    },
    [200, 404],
  ),
  changed(
    'a path with a slash too many, and in upper case',
    'exact-paths',
    async (world) => {
      const app = await publish(world.protect(), world);
      return [(await app.get(`${wellKnown}/notes/`)).status, (await app.get(`${wellKnown}/Notes`)).status];
    },
    [
      [200, 200],
      [404, 404],
    ],
  ),
  changed(
    'a document that is written to',
    'exact-paths',
    async (world) =>
      (await (await publish(world.protect(), world)).get(`${wellKnown}/notes`, { method: 'POST' })).status,
    [404, 405],
  ),
  changed(
    'how long it may be kept',
    'exact-paths',
    async (world) =>
      (await (await publish(world.protect(), world)).get(`${wellKnown}/notes`)).headers['cache-control'],
    [undefined, 'public, max-age=3600'],
  ),
  same(
    'a member that RFC 9728 does not know',
    async (world) => {
      const vendor = { vendorMember: { ownName: 1 } };
      const mcpAuth = new world.pkg.MCPAuth({
        protectedResources: { metadata: { resource, authorizationServers: [world.server], ...vendor } },
      });
      const found = await document(await publish(mcpAuth, world), `${wellKnown}/notes`);
      const { vendorMember, vendor_member: renamed } = found as Record<string, unknown>;
      return [vendorMember, renamed];
    },
    [undefined, { own_name: 1 }],
  ),
  same(
    'two resources in one process',
    async (world) => {
      const mcpAuth = new world.pkg.MCPAuth({
        protectedResources: [resource, neighbour].map((identifier) => ({
          metadata: { resource: identifier, authorizationServers: [world.server] },
        })),
      });
      const app = await publish(mcpAuth, world);
      const found = await Promise.all(
        ['notes', 'todos'].map((name) => document(app, `${wellKnown}/${name}`)),
      );
      return found.map((each) => (each as { resource: string }).resource);
    },
    [resource, neighbour],
  ),
];
