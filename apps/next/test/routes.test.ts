import { type AuthorizationServer, startAuthorizationServer } from '@mcp-auth/app-demo';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type * as Document from '@/app/.well-known/oauth-protected-resource/[[...path]]/route';
import type * as Mcp from '@/app/mcp/route';
import { trustInSample } from './with-issuer.js';

const resource = 'http://localhost:3000/mcp';
const path = '/.well-known/oauth-protected-resource/mcp';

/** What Next.js says in `request.url` behind a proxy of another port. */
const seen = 'http://localhost:4000';

let authorizationServer: AuthorizationServer;
let mcp: typeof Mcp;
let document: typeof Document;
beforeAll(async () => {
  authorizationServer = await startAuthorizationServer(0);
  trustInSample(authorizationServer.issuer);
  mcp = await import('@/app/mcp/route');
  document = await import('@/app/.well-known/oauth-protected-resource/[[...path]]/route');
});
afterAll(async () => {
  vi.doUnmock('@mcp-auth/next');
  await authorizationServer.close();
});

const post = (authorization?: string) =>
  mcp.POST(
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
        method: 'tools/call',
        params: { name: 'whoami', arguments: {} },
      }),
    }),
  );

const sign = (audience: string) =>
  authorizationServer.sign({ audience, subject: 'alice', scopes: [], expiresInSeconds: 60 });

describe('the routes of the sample, called as the router does', () => {
  test('no token: the challenge has the configured address, not the one of the request', async () => {
    const response = await post();
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer resource_metadata="http://localhost:3000${path}"`,
    );
  });

  test('a token whose audience is the address of the request', async () => {
    expect((await post(`Bearer ${await sign(`${seen}/mcp`)}`)).status).toBe(401);
  });

  test.each(['GET', 'OPTIONS'] as const)(
    '%s of the document, from a page of another origin',
    async (method) => {
      const headers = { origin: 'https://app.example.com', 'access-control-request-method': 'GET' };
      const response = await document[method](new Request(`${seen}${path}`, { method, headers }));
      expect(response.status).toBe(method === 'OPTIONS' ? 204 : 200);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
    },
  );

  test('another path below the well-known one', async () => {
    const url = `${seen}/.well-known/oauth-protected-resource/other`;
    expect((await document.GET(new Request(url))).status).toBe(404);
  });

  test('a token of its own: the tool knows its caller', async () => {
    const response = await post(`Bearer ${await sign(resource)}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('alice');
  });
});
