import type { RequestListener } from 'node:http';
import { listen } from '@mcp-auth/app-sample-kit';
import type { MCPAuthConfig, MCPAuthEvent } from '@mcp-auth/core';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  knownResourceServer,
  startAuthorizationServer,
  type AuthorizationServer,
} from '../../src/authorization-server/authorization-server.js';
import { type CreateHost, hosts, onExpress } from '../opaque/hosts.js';
import { BoundClient } from './bound-client.js';

let authorizationServer: AuthorizationServer;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  authorizationServer = await startAuthorizationServer(0);
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => authorizationServer.close());

const scope = 'notes:read';

interface Opened {
  readonly resource: string;
  readonly events: readonly MCPAuthEvent[];
}

async function open(
  createHost: CreateHost,
  mode: 'jwt' | 'introspection',
  more: Pick<MCPAuthConfig, 'proofs'> = {},
): Promise<Opened> {
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  const server = await listen((request, response) => listener(request, response), 0, '127.0.0.1');
  closing.push(() => server.close());
  const resource = `http://127.0.0.1:${server.port}/mcp`;
  authorizationServer.addResource(resource, [scope], mode === 'jwt' ? 'jwt' : 'opaque');
  const events: MCPAuthEvent[] = [];
  const { issuer } = authorizationServer;
  const introspection = {
    clientAuthentication: {
      method: 'client_secret_basic',
      clientId: knownResourceServer.id,
      clientSecret: knownResourceServer.secret,
    },
  } as const;
  listener = await createHost({
    config: {
      protectedResources: {
        metadata: { resource, authorizationServers: [{ issuer, introspection }] },
        dpop: { mode: 'dpop-required' },
      },
      onEvent: (event) => events.push(event),
      ...more,
    },
    mode,
    options: { resource, requiredScopes: [scope] },
  });
  return { resource, events };
}

async function logIn(resource: string): Promise<BoundClient> {
  const client = await BoundClient.create(authorizationServer.issuer);
  await client.logIn(resource, scope);
  return client;
}

describe('[RFC9449-7.1-01] a login with DPoP at a certified authorization server', () => {
  it.each(hosts)(
    'on %s: the token opens the resource with a proof of its key, and without one nothing',
    async (_name, host) => {
      const { resource, events } = await open(host, 'jwt');
      const client = await logIn(resource);
      expect(client.tokenType).toBe('DPoP');
      expect(decodeJwt(client.token).cnf).toEqual({ jkt: await client.thumbprint() });
      const plain = await fetch(resource, {
        method: 'POST',
        headers: { authorization: `Bearer ${client.token}` },
      });
      expect(plain.status).toBe(401);
      expect(plain.headers.get('www-authenticate')).toMatch(/^DPoP error="invalid_token"/);
      const thief = await BoundClient.create(authorizationServer.issuer);
      thief.token = client.token;
      expect((await thief.call(resource)).status).toBe(401);
      const response = await client.call(resource);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ subject: 'alice', scopes: [scope] });
      const decisions = events.filter(({ type }) => type === 'decision');
      expect(decisions).toMatchObject([
        { outcome: 'deny', code: 'bound_token_as_bearer', binding: 'dpop' },
        { outcome: 'deny', code: 'wrong_sender', binding: 'dpop' },
        { outcome: 'allow', binding: 'dpop' },
      ]);
    },
  );

  it('of many requests with one proof exactly one is let in', async () => {
    const { resource } = await open(onExpress, 'jwt');
    const client = await logIn(resource);
    const headers = await client.proveOnce(resource);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => fetch(resource, { method: 'POST', headers })),
    );
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 401]));
  });

  it('[RFC9449-6-01] an opaque token is bound by what introspection says', async () => {
    const { resource } = await open(onExpress, 'introspection');
    const client = await logIn(resource);
    const thief = await BoundClient.create(authorizationServer.issuer);
    thief.token = client.token;
    expect((await thief.call(resource)).status).toBe(401);
    expect((await client.call(resource)).status).toBe(200);
  });

  it('[RFC9449-9-01] a client that gets a nonce sends it, and is let in', async () => {
    const { resource } = await open(onExpress, 'jwt', {
      proofs: { nonceSecrets: ['a secret of the demonstration, of 32 bytes or more'] },
    });
    const client = await logIn(resource);
    const before = client.retries;
    expect((await client.call(resource)).status).toBe(200);
    expect(client.retries).toBe(before + 1);
    expect((await client.call(resource)).status).toBe(200);
    expect(client.retries).toBe(before + 1);
  });
});
