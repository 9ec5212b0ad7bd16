import { createRequire } from 'node:module';
import { fetchServerConfig, type MCPAuthConfig } from '@mcp-auth/core';
import { MCPAuth as FetchMCPAuth } from '@mcp-auth/core/fetch';
import { MCPAuth as ExpressMCPAuth } from '@mcp-auth/express';
import { MCPAuth as FastifyMCPAuth } from '@mcp-auth/fastify';
import { MCPAuth as HonoMCPAuth } from '@mcp-auth/hono';
import Fastify from 'fastify';
import { config, fetchOfIssuer, issuer, resource } from '../support/mistake-world.js';
import type { Mistake } from './mistake.js';

/** As a program without TypeScript writes it. */
const wrong = (given: object): MCPAuthConfig => given as MCPAuthConfig;

export const mistakesAtStart: readonly Mistake[] = [
  {
    row: 3,
    what: 'a route names the resource with a slash',
    make: () => new ExpressMCPAuth(config).bearerAuth('jwt', { resource: `${resource}/` }),
    says: [
      `resource: the string "${resource}/" is not configured.`,
      `Did you mean "${resource}"? A slash at the end counts.`,
    ],
  },
  {
    row: 4,
    what: 'an issuer with http on a public host',
    make: () => new HonoMCPAuth({ resource, authorizationServers: ['http://auth.example.com'] }),
    says: ['authorizationServers[0].issuer: must use https', 'allowInsecureHttp'],
  },
  {
    row: 5,
    what: 'an issuer from a variable that is not set',
    make: () =>
      new FastifyMCPAuth(
        wrong({ resource, authorizationServers: [{ issuer: process.env['NO_SUCH_ISSUER'] }] }),
      ),
    says: ['authorizationServers[0].issuer', 'is undefined. Is an environment variable not set?'],
  },
  {
    row: 5,
    what: 'the same as a list of strings',
    make: () =>
      new ExpressMCPAuth(wrong({ resource, authorizationServers: [process.env['NO_SUCH_ISSUER']] })),
    says: ['authorizationServers[0]', 'is undefined', 'environment variable'],
  },
  {
    row: 5,
    what: 'the same in a template literal',
    make: () => new FetchMCPAuth({ resource, authorizationServers: ['https://auth.example.com/undefined'] }),
    says: ['has a placeholder that was not filled in. Write the value instead'],
  },
  {
    row: 5,
    what: 'the same, and nothing else in the template literal',
    make: () => new HonoMCPAuth({ resource, authorizationServers: [String(process.env['NO_SUCH_ISSUER'])] }),
    says: ['has a placeholder that was not filled in', 'set the environment variable that it comes from'],
  },
  {
    row: 6,
    what: 'a resource with http on a host of the local network',
    make: () => new ExpressMCPAuth({ resource: 'http://notes.lan:3000/mcp', authorizationServers: [issuer] }),
    says: [
      'resource: must use https',
      'protectedResources: { metadata, allowInsecureHttp: true } lifts this',
    ],
  },
  {
    row: 8,
    what: 'the address of the metadata as the issuer',
    make: () =>
      new HonoMCPAuth({ resource, authorizationServers: [`${issuer}/.well-known/openid-configuration`] }),
    says: ['is the address of a metadata document. Write the issuer'],
  },
  {
    row: 21,
    what: 'a letter wrong in an option of a route',
    make: () => new ExpressMCPAuth(config).bearerAuth('jwt', { requiredScope: ['read'] } as object),
    says: ['requiredScope is unknown. Did you mean requiredScopes?'],
  },
  {
    row: 22,
    what: 'authorizationServers as an object',
    make: () => new FastifyMCPAuth(wrong({ resource, authorizationServers: { issuer } })),
    says: ['authorizationServers: must be a list', 'is an object', 'put it in a list'],
  },
  {
    row: 22,
    what: 'members in snake_case',
    make: () =>
      new ExpressMCPAuth(
        wrong({ protectedResources: { metadata: { resource, authorization_servers: [issuer] } } }),
      ),
    says: ['authorization_servers is unknown. Did you mean authorizationServers?'],
  },
  {
    row: 22,
    what: 'the same in the short form',
    make: () => new HonoMCPAuth(wrong({ resource, authorization_servers: [issuer] })),
    says: ['authorization_servers is unknown. Did you mean authorizationServers?'],
  },
  {
    row: 23,
    what: 'no await in front of fetchServerConfig',
    make: () => {
      const server = fetchServerConfig(issuer, { fetch: fetchOfIssuer });
      return new ExpressMCPAuth(wrong({ resource, authorizationServers: [server] }));
    },
    says: ['authorizationServers[0]', 'is a Promise: await it'],
  },
  {
    row: 31,
    what: 'Fastify: what bearerAuth returns as a hook',
    make: async () => {
      const [app, mcpAuth] = [Fastify(), new FastifyMCPAuth(config)];
      await app.register(mcpAuth.protectedResourceMetadataRouter());
      app.post('/mcp', { preHandler: mcpAuth.bearerAuth() as never }, () => 'in');
    },
    says: ['preHandler of POST /mcp', 'is route options and no hook. Spread it: { ...mcpAuth.bearerAuth('],
  },
  {
    row: 32,
    what: 'Fastify: the router passed without a call',
    make: async () => {
      const app = Fastify();
      // eslint-disable-next-line @typescript-eslint/unbound-method -- the mistake that is tried
      await app.register(new FastifyMCPAuth(config).protectedResourceMetadataRouter as never);
      await app.ready();
    },
    says: ['protectedResourceMetadataRouter: must be called', 'Write await app.register('],
  },
];

/** What Node finds from here, and no build of this test replaces. */
export const requireInstalled = createRequire(import.meta.url);
