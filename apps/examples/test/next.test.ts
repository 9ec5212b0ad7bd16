import { type AuthorizationServer, startAuthorizationServer } from '@mcp-auth/app-demo';
import type * as NextRoute from '../src/recipes/next-route.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const resource = 'https://mcp.example.com/mcp';
const metadataUrl = 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp';

/** What Next.js 15 and 16 say in `request.url`, whatever the client asked for; measured in November 2026. */
const seen = 'http://localhost:3000';

let authorizationServer: AuthorizationServer;
let route: typeof NextRoute;
beforeAll(async () => {
  authorizationServer = await startAuthorizationServer(0);
  vi.stubEnv('ISSUER', authorizationServer.issuer);
  vi.stubEnv('RESOURCE', resource);
  route = await import('../src/recipes/next-route.js');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await authorizationServer.close();
});

/** As the router calls it: a plain function. */
const post = (authorization?: string) =>
  route.POST(
    new Request(`${seen}/mcp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(authorization !== undefined && { authorization }),
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } },
      }),
    }),
  );

describe('the route handler of Next.js, called as a function', () => {
  test('no token: the challenge has the configured address, not the one of the request', async () => {
    const response = await post();
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer scope="notes:read", resource_metadata="${metadataUrl}"`,
    );
  });

  test('a token whose audience is the address of the request', async () => {
    const claims = {
      audience: `${seen}/mcp`,
      subject: 'alice',
      scopes: ['notes:read'],
      expiresInSeconds: 60,
    };
    expect((await post(`Bearer ${await authorizationServer.sign(claims)}`)).status).toBe(401);
  });

  test.each(['GET', 'HEAD', 'OPTIONS'] as const)('%s of the document', async (method) => {
    const url = `${seen}/.well-known/oauth-protected-resource/mcp`;
    const headers = { origin: 'https://app.example.com', 'access-control-request-method': 'GET' };
    const response = await route[method](new Request(url, { method, headers }));
    expect(response.status).toBe(method === 'OPTIONS' ? 204 : 200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('another path below the well-known one', async () => {
    const url = `${seen}/.well-known/oauth-protected-resource/other`;
    expect((await route.GET(new Request(url))).status).toBe(404);
  });

  test('a token of its own', async () => {
    const claims = { audience: resource, subject: 'alice', scopes: ['notes:read'], expiresInSeconds: 60 };
    const response = await post(`Bearer ${await authorizationServer.sign(claims)}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('"serverInfo"');
  });
});
