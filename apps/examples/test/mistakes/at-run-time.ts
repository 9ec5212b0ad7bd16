import type * as core from '@mcp-auth/core';
import { MCPAuth as ExpressMCPAuth } from '@mcp-auth/express';
import { MCPAuth as FastifyMCPAuth } from '@mcp-auth/fastify';
import { MCPAuth as HonoMCPAuth } from '@mcp-auth/hono';
import express, { Router, type Express } from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import {
  authorized,
  type Call,
  config,
  issuer,
  now,
  resource,
  serving,
  wellKnown,
} from '../support/mistake-world.js';
import { findFreePort } from '../../../../packages/core/test/support/free-port.js';
import { requireInstalled } from './at-start.js';
import type { Mistake } from './mistake.js';

type Headers = Record<string, string>;

/** Express as people run it: its own error page goes to the console. */
function createExpress(): Express {
  const app = express();
  app.set('env', 'development');
  return app;
}

/** An application of Express that is set up as its page shows. */
function withExpress(
  use: (call: Call) => Promise<unknown>,
  given: object = {},
  path = '/mcp',
): Promise<unknown> {
  const mcpAuth = new ExpressMCPAuth({ ...config, ...given });
  const app = createExpress();
  app.use(mcpAuth.protectedResourceMetadataRouter());
  app.post(path, mcpAuth.bearerAuth(), (_request, response) => void response.json({}));
  return serving(app, use);
}

async function sendToHono(...requests: readonly Headers[]): Promise<void> {
  const mcpAuth = new HonoMCPAuth(config);
  const app = new Hono();
  app.route('/', mcpAuth.protectedResourceMetadataRouter());
  app.all('/mcp', mcpAuth.bearerAuth(), (c) => c.json({}));
  for (const headers of requests) await app.request('/mcp', { method: 'POST', headers });
}

async function sendToFastify(...requests: readonly Headers[]): Promise<void> {
  const mcpAuth = new FastifyMCPAuth(config);
  const app = Fastify();
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.post('/mcp', mcpAuth.bearerAuth(), () => ({}));
  for (const headers of requests) await app.inject({ method: 'POST', url: '/mcp', headers });
  await app.close();
}

const post = { method: 'POST' };
const withToken = async (claims: object): Promise<RequestInit> => ({
  ...post,
  headers: await authorized({ ...claims }),
});

async function thrice(call: () => unknown): Promise<void> {
  for (let time = 0; time < 3; time++) await call();
}

export const mistakesAtRunTime: readonly Mistake[] = [
  {
    row: 1,
    what: 'resource names another port than clients use',
    make: () =>
      withExpress(async (call) => call('/mcp', await withToken({ aud: 'http://localhost:3001/mcp' })), {
        resource: 'http://localhost:3000/mcp',
      }),
    says: [
      'wrong_audience: the token is for "http://localhost:3001/mcp", this resource is "http://localhost:3000/mcp"',
      'They differ in the host or port. If clients use the address in the token, write it as resource',
    ],
  },
  {
    row: 1,
    what: 'the same, seen by a client that reads the metadata and goes no further',
    make: () =>
      withExpress(async (call) => {
        await call(`${wellKnown}/mcp`);
        await thrice(() => call('/mcp', post));
      }),
    says: [
      'Requests come for the host "127.0.0.1:',
      `the resource is ${resource}`,
      'write the URL that they use as resource',
    ],
  },
  {
    row: 2,
    what: 'a slash at the end of aud',
    make: async () => sendToHono(await authorized({ aud: `${resource}/` })),
    says: [
      `the token is for "${resource}/", this resource is "${resource}"`,
      'They differ in a slash at the end. Write',
    ],
  },
  {
    row: 7,
    what: 'the slash of the issuer wrong',
    make: async () => sendToFastify(await authorized({ iss: `${issuer}/` })),
    says: [
      `untrusted_issuer: the token is from "${issuer}/", trusted is "${issuer}"`,
      'Write the issuer as its tokens have it, with the slash',
    ],
  },
  {
    row: 9,
    what: 'a provider that is down',
    make: async () => {
      const down = `http://127.0.0.1:${await findFreePort()}`;
      const given = { authorizationServers: [down], fetch: undefined };
      await withExpress(async (call) => call('/mcp', await withToken({ iss: down })), given);
    },
    says: [
      'request_failed',
      /could not be fetched \(ECONNREFUSED 127\.0\.0\.1:\d+\)/,
      'Nothing listens there: start the provider, or correct the host and port',
      'errors.md#request_failed',
    ],
  },
  {
    row: 9,
    what: 'an issuer whose name nobody knows',
    make: async () => {
      const unknown = 'https://auth.invalid';
      const given = { authorizationServers: [unknown], fetch: undefined };
      await withExpress(async (call) => call('/mcp', await withToken({ iss: unknown })), given);
    },
    says: [
      'request_failed',
      /could not be fetched \((?:ENOTFOUND|EAI_AGAIN)\)/,
      'Look for a typing error in the host name, and check that this machine can look it up (DNS)',
      'errors.md#request_failed',
    ],
  },
  {
    row: 9,
    what: 'a port that fetch connects to for nobody',
    make: async () => {
      const blocked = 'http://127.0.0.1:1';
      const given = { authorizationServers: [blocked], fetch: undefined };
      await withExpress(async (call) => call('/mcp', await withToken({ iss: blocked })), given);
    },
    says: ['could not be fetched (bad port)', 'have the provider listen on another'],
  },
  {
    row: 10,
    what: 'a token of another issuer',
    make: async () => sendToHono(await authorized({ iss: 'https://other.example' })),
    says: [
      `the token is from "https://other.example", trusted is "${issuer}"`,
      'If that is a provider of yours, name it in authorizationServers',
    ],
  },
  {
    row: 11,
    what: 'the metadata router is forgotten',
    make: () => {
      const app = createExpress();
      app.post('/mcp', new ExpressMCPAuth(config).bearerAuth(), () => undefined);
      return serving(app, (call) => thrice(() => call('/mcp', post)));
    },
    says: [
      `were told to read https://api.example.com${wellKnown}/mcp`,
      'protectedResourceMetadataRouter() was never called',
      'Mount what it returns at the root of the host',
    ],
  },
  {
    row: 12,
    what: 'Express: the router in a router with a path',
    make: () => {
      const mcpAuth = new ExpressMCPAuth(config);
      const [app, api] = [createExpress(), Router()];
      api.use(mcpAuth.protectedResourceMetadataRouter());
      api.post('/mcp', mcpAuth.bearerAuth(), () => undefined);
      app.use('/api', api);
      return serving(app, (call) => call('/api/mcp', post));
    },
    says: ['answers below "/api" only, so no client finds', 'Mount it at the root of the host: app.use('],
  },
  {
    row: 12,
    what: 'Hono: the router on an app with basePath',
    make: async () => {
      const mcpAuth = new HonoMCPAuth(config);
      const app = new Hono().basePath('/api').route('/', mcpAuth.protectedResourceMetadataRouter());
      await app.request(`${wellKnown}/mcp`);
      await app.request(`/api${wellKnown}/mcp`);
    },
    says: [
      'answers below "/api" only, so no client finds',
      "Mount it at the root of the host: app.route('/',",
    ],
  },
  {
    row: 12,
    what: 'Fastify: the router inside a plugin with a prefix',
    make: async () => {
      const app = Fastify();
      app.register(
        async (api) => {
          await api.register(new FastifyMCPAuth(config).protectedResourceMetadataRouter());
        },
        { prefix: '/api' },
      );
      await app.ready();
      await app.close();
    },
    says: ['is registered inside a plugin with the prefix "/api"', 'Register it on the application itself'],
  },
  {
    row: 13,
    what: 'bearerAuth for all paths, in front of the router',
    make: () => {
      const mcpAuth = new ExpressMCPAuth(config);
      const app = createExpress();
      app.use(mcpAuth.bearerAuth());
      app.use(mcpAuth.protectedResourceMetadataRouter());
      return serving(app, (call) => call(`${wellKnown}/mcp`));
    },
    says: [
      'bearerAuth denied a request for',
      'which must be public. Mount protectedResourceMetadataRouter() in front of bearerAuth',
    ],
  },
  {
    row: 15,
    what: 'bearerAuth passed without a call',
    make: () => {
      const app = createExpress();
      // eslint-disable-next-line @typescript-eslint/unbound-method -- the mistake that is tried
      app.use(new ExpressMCPAuth(config).bearerAuth as never);
      return serving(app, (call) => call('/mcp', post));
    },
    says: ['bearerAuth: must be called', "Write app.post('/mcp', mcpAuth.bearerAuth("],
  },
  {
    row: 17,
    what: 'an opaque token in the mode jwt',
    make: () => sendToFastify({ authorization: 'Bearer b3BhcXVlLXRva2Vu' }),
    says: ['malformed_token: The access token is not a well-formed JWT', "write bearerAuth('auto')"],
  },
  {
    row: 18,
    what: 'an ID token',
    make: async () => sendToHono(await authorized({ at_hash: 'x', nonce: 'n' })),
    says: ['not_an_access_token: The token is not an access token', 'The client must send its access token'],
  },
  {
    row: 18,
    what: 'an ID token that has no mark of one but its audience',
    make: async () =>
      sendToFastify(await authorized({ aud: 'notes-app', client_id: undefined, azp: 'notes-app' })),
    says: [
      'wrong_audience: the token is for "notes-app"',
      'It is for the client itself, as ID tokens are: the client must send its access token',
    ],
  },
  {
    row: 19,
    what: 'tokens that have expired, and nothing else',
    make: async () => {
      const expired = await authorized({ exp: now() - 90 });
      await sendToFastify(expired, expired, expired);
    },
    says: [
      'none was good since: The access token expired: exp is 20',
      /9\d s ago/,
      'The client should refresh it',
    ],
  },
  {
    row: 20,
    what: 'a clock two minutes ahead',
    make: async () => sendToHono(await authorized({ iat: now() + 120 })),
    says: [
      'issued_in_future',
      /12\d s ahead|2 min ahead|1\d\d s ahead/,
      'Set the clocks of this machine and of the provider',
    ],
  },
  {
    row: 20,
    what: 'exp in milliseconds',
    make: async () => sendToFastify(await authorized({ exp: Date.now() + 300_000 })),
    says: ['invalid_claim', 'exp must be seconds since 1970; this looks like milliseconds'],
  },
  {
    row: 25,
    what: 'an error of another copy of the core',
    make: async () => {
      const other = requireInstalled('@mcp-auth/core') as typeof core;
      const mcpAuth = new FastifyMCPAuth(config);
      const app = Fastify();
      await app.register(mcpAuth.protectedResourceMetadataRouter());
      const verify = () => Promise.reject(new other.MCPAuthTokenVerificationError('inactive_token'));
      app.post('/mcp', mcpAuth.bearerAuth(verify as never), () => ({}));
      await app.inject({ method: 'POST', url: '/mcp', headers: await authorized() });
      await app.close();
    },
    says: ['threw MCPAuthTokenVerificationError of another copy of @mcp-auth/core', 'npm dedupe'],
  },
  {
    row: 29,
    what: 'a proxy that cuts a prefix off, and forwards nothing else',
    make: () =>
      withExpress(
        (call) => thrice(() => call('/mcp', { ...post, headers: { 'x-forwarded-for': '192.0.2.1' } })),
        {
          resource: 'https://api.example.com/api/mcp',
        },
      ),
    says: [
      `told to read https://api.example.com${wellKnown}/api/mcp, and nobody has asked for it here`,
      'let the proxy in front forward its path',
    ],
  },
  {
    row: 29,
    what: 'a proxy that cuts a prefix off what is in front of the document too',
    make: () =>
      withExpress((call) => call(`/api${wellKnown}/mcp`), { resource: 'https://api.example.com/api/mcp' }),
    says: ['Metadata was asked for at "/api/.well-known/', 'If a proxy in front changes paths'],
  },
  {
    row: 34,
    what: 'a preflight without cors',
    make: async () => {
      const mcpAuth = new HonoMCPAuth(config);
      const app = new Hono();
      app.route('/', mcpAuth.protectedResourceMetadataRouter());
      app.use('*', mcpAuth.bearerAuth());
      const headers = { origin: 'https://app.example.com', 'access-control-request-method': 'POST' };
      await app.request('/mcp', { method: 'OPTIONS', headers });
    },
    says: [
      'denied the preflight (OPTIONS) of a page in a browser',
      'cors: { origins: ["https://app.example.com"] }',
    ],
  },
];
