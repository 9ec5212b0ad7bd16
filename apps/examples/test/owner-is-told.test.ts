import { MCPAuth as FetchMCPAuth } from '@mcp-auth/core/fetch';
import type { MCPAuthConfig, MCPAuthEvent } from '@mcp-auth/core';
import { MCPAuth as ExpressMCPAuth } from '@mcp-auth/express';
import { MCPAuth as FastifyMCPAuth } from '@mcp-auth/fastify';
import { MCPAuth as HonoMCPAuth } from '@mcp-auth/hono';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { authorized, config, issuer, readOutput, resource, serving, sign } from './support/mistake-world.js';
import { findFreePort } from '../../../packages/core/test/support/free-port.js';
import { openSelfSigned } from './support/self-signed.js';

interface Adapter {
  readonly name: string;
  /** Sends one POST with these headers to a route of an application with this configuration. */
  readonly send: (
    given: MCPAuthConfig,
    scopes: readonly string[],
    headers: Record<string, string>,
  ) => Promise<number>;
}

const adapters: readonly Adapter[] = [
  {
    name: 'Express',
    send: (given, requiredScopes, headers) => {
      const mcpAuth = new ExpressMCPAuth(given);
      const app = express();
      app.use(mcpAuth.protectedResourceMetadataRouter());
      app.post(
        '/mcp',
        mcpAuth.bearerAuth({ requiredScopes }),
        (_request, response) => void response.json({}),
      );
      return serving(app, async (call) => (await call('/mcp', { method: 'POST', headers })).status);
    },
  },
  {
    name: 'Hono',
    send: async (given, requiredScopes, headers) => {
      const mcpAuth = new HonoMCPAuth(given);
      const app = new Hono();
      app.route('/', mcpAuth.protectedResourceMetadataRouter());
      app.post('/mcp', mcpAuth.bearerAuth({ requiredScopes }), (c) => c.json({}));
      return (await app.request('/mcp', { method: 'POST', headers })).status;
    },
  },
  {
    name: 'Fastify',
    send: async (given, requiredScopes, headers) => {
      const mcpAuth = new FastifyMCPAuth(given);
      const app = Fastify();
      await app.register(mcpAuth.protectedResourceMetadataRouter());
      app.post('/mcp', mcpAuth.bearerAuth({ requiredScopes }), () => ({}));
      const { statusCode } = await app.inject({ method: 'POST', url: '/mcp', headers });
      await app.close();
      return statusCode;
    },
  },
  {
    name: 'fetch',
    send: async (given, requiredScopes, headers) => {
      const mcp = new FetchMCPAuth(given).protect({ fetch: () => Response.json({}) }, { requiredScopes });
      return (await mcp.fetch(new Request(resource, { method: 'POST', headers }))).status;
    },
  },
];

describe.each(adapters)('$name: an event says what was wanted, and what was there', ({ send }) => {
  async function ask(claims: object): Promise<readonly [number, readonly MCPAuthEvent[]]> {
    const events: MCPAuthEvent[] = [];
    const given = { ...config, onEvent: (event: MCPAuthEvent) => events.push(event) };
    const status = await send(given, ['read'], await authorized({ ...claims }));
    return [status, events.filter(({ type }) => type === 'decision')];
  }

  test.each([{}, { permissions: ['read'] }])('scopes that nobody found: %j', async (claims) => {
    const [status, events] = await ask(claims);
    expect(status).toBe(403);
    expect(events).toMatchObject([
      {
        code: 'insufficient_scope',
        required: ['read'],
        granted: [],
        hint: expect.stringMatching(/grants no scope that was found.*scopeClaims/) as unknown,
      },
    ]);
  });

  test('an issuer that differs in a slash', async () => {
    const [status, events] = await ask({ iss: `${issuer}/` });
    expect(status).toBe(401);
    expect(events).toMatchObject([
      { code: 'untrusted_issuer', claim: 'iss', expected: [issuer], actual: `${issuer}/` },
    ]);
  });
});

describe.each(adapters)('$name: a fetch that failed is one line with its cause', ({ send }) => {
  const askOn = async (down: string): Promise<string> => {
    const given = { resource, authorizationServers: [down] };
    const headers = { authorization: `Bearer ${await sign({ iss: down })}` };
    const lines = await readOutput(async () => expect(await send(given, [], headers)).toBe(503));
    return lines.find((line) => line.includes('request_failed') || line.includes('unexpected_status')) ?? '';
  };

  test('where nobody listens', async () => {
    const port = await findFreePort();
    expect(await askOn(`http://127.0.0.1:${port}`)).toContain(`(ECONNREFUSED 127.0.0.1:${port})`);
  });

  test('where fetch does not even try: the port belongs to another protocol', async () => {
    expect(await askOn('http://127.0.0.1:1')).toContain(
      'openid-configuration could not be fetched (bad port). ',
    );
  });

  test('where the certificate is one that nobody vouches for', async () => {
    const server = await openSelfSigned(() => undefined);
    expect(await askOn(server.origin)).toContain('(DEPTH_ZERO_SELF_SIGNED_CERT)');
    await server.close();
  });

  test('where all places of the metadata answer 404: each of them', async () => {
    const line = await serving(
      (_request, response) => void response.writeHead(404).end(),
      async (call) => {
        const { url } = await call('/');
        return askOn(`${new URL(url).origin}/realms/typo`);
      },
    );
    for (const path of [
      '/.well-known/oauth-authorization-server/realms/typo',
      '/.well-known/openid-configuration/realms/typo',
      '/realms/typo/.well-known/openid-configuration',
    ]) {
      expect(line).toContain(`${path} answered with status 404`);
    }
  });
});
