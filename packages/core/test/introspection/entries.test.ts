import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MCPAuth } from '../../src/fetch.js';
import { AuthInfo } from '../../src/caller/auth-info.js';
import { introspecting, opaque } from './support.js';

const resource = 'https://api.example.com/mcp';
let endpoint: Server;
let issuer: string;

/** A server of its own on loopback: what the platform's fetch does is not imitated. */
beforeAll(async () => {
  endpoint = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const token = new URLSearchParams(Buffer.concat(chunks).toString()).get('token');
      if (token === 'redirected') {
        response.writeHead(307, { location: '/elsewhere' }).end();
        return;
      }
      if (token === 'cut-off') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
        response.write('{"active":true');
        response.destroy();
        return;
      }
      const isKnown = token === opaque && request.headers.authorization === `Basic ${btoa('rs:s')}`;
      const answer = isKnown
        ? { active: true, aud: resource, exp: Date.now() / 1000 + 60, sub: 'user-1', iss: issuer }
        : { active: false };
      response
        .writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
        .end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
});

afterAll(async () => {
  endpoint.closeAllConnections();
  await new Promise((resolve) => endpoint.close(resolve));
});

test.each(['introspection', 'auto'] as const)(
  'the fetch entry, with the fetch of the platform: %s',
  async (mode) => {
    const mcpAuth = new MCPAuth({
      protectedResources: {
        metadata: {
          resource,
          authorizationServers: [
            {
              metadata: { issuer, jwksUri: `${issuer}/jwks` },
              introspection: {
                endpoint: `${issuer}/introspect`,
                clientAuthentication: { method: 'client_secret_basic', clientId: 'rs', clientSecret: 's' },
              },
            },
          ],
        },
      },
      onEvent: () => undefined,
    });
    const seen: (string | undefined)[] = [];
    const handler = mcpAuth.protect(
      {
        fetch: (_request, options) => {
          seen.push(options?.authInfo?.subject);
          return new Response(null, { status: 204 });
        },
      },
      mode,
      { resource },
    );
    const statusWith = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await handler.fetch(new Request(resource, { method: 'POST', headers }))).status;
    };
    expect(await statusWith('unknown')).toBe(401);
    expect(await statusWith('redirected')).toBe(503);
    expect(await statusWith('cut-off')).toBe(503);
    expect(seen).toEqual([]);
    expect(await statusWith(opaque)).toBe(204);
    expect(seen).toEqual(['user-1']);
  },
);

test('the verifier for the official SDK’s own gate asks too', async () => {
  const { server, issuer: known, endpoint: asked } = await introspecting();
  const verifier = server.verifier(resource, { mode: 'introspection' });
  expect(await verifier.verifyAccessToken(opaque)).toBeInstanceOf(AuthInfo);
  await expect(verifier.verifyAccessToken('unknown')).rejects.toMatchObject({
    code: 'invalid_token',
    cause: { code: 'inactive_token' },
  });
  asked.answers.set('elsewhere', { active: true, ...known.claims({ aud: 'https://other.example.com' }) });
  await expect(verifier.verifyAccessToken('elsewhere')).rejects.toMatchObject({
    cause: { code: 'wrong_audience' },
  });
  const both = server.verifier(resource, { mode: 'auto' });
  expect(await both.verifyAccessToken(opaque)).toBeInstanceOf(AuthInfo);
  expect(await both.verifyAccessToken(await known.sign())).toBeInstanceOf(AuthInfo);
});
