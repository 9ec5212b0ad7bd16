import { once } from 'node:events';
import { request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AuthorizationServer, startAuthorizationServer } from '@mcp-auth/app-demo';
import { listen, type RunningServer } from '@mcp-auth/app-sample-kit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { readQuotedFile } from './support/quoted-file.js';

interface Service {
  readonly image?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
}

const { services } = parse(readQuotedFile('containers/compose.yaml')) as {
  readonly services: Readonly<Record<'keycloak' | 'mcp', Service>>;
};
const { keycloak, mcp } = services;

/** The port of this machine that a service has, and the one inside. */
const portsOf = ({ ports }: Service) => ports[0]!.split(':').slice(1);

describe('the addresses of compose.yaml agree', () => {
  test('tokens carry what the server is told', () => {
    expect(mcp.environment['ISSUER']).toBe(`${keycloak.environment['KC_HOSTNAME']}/realms/notes`);
    expect(new URL(mcp.environment['ISSUER']!).port).toBe(portsOf(keycloak)[0]);
  });

  test('keys are fetched from the service, at its inner port', () => {
    const inner = new URL(mcp.environment['INTERNAL_ORIGIN']!);
    expect([inner.hostname, inner.port]).toEqual(['keycloak', keycloak.environment['KC_HTTP_PORT']]);
    expect(inner.port).toBe(portsOf(keycloak)[1]);
  });

  test('clients reach the resource where it is published', () => {
    expect(portsOf(mcp)).toEqual([new URL(mcp.environment['RESOURCE']!).port, mcp.environment['PORT']]);
  });
});

/** No Docker here: one provider (oidc-provider, for Keycloak) at two addresses of this machine, which stand for the two of the file. */
describe('one provider at two addresses, with the settings of compose.yaml', () => {
  let provider: AuthorizationServer;
  let inner: RunningServer;
  let innerOrigin: string;
  let server: Server;
  let origin: string;
  const asked: string[] = [];

  beforeAll(async () => {
    provider = await startAuthorizationServer(0);
    const { port } = new URL(provider.issuer);
    // Takes requests for the inner name, and lets the provider see its outer one, as KC_HOSTNAME does
    inner = await listen(
      (incoming, outgoing) => {
        asked.push(incoming.url ?? '');
        const headers = { host: `127.0.0.1:${port}` };
        forward({ host: '127.0.0.1', port, path: incoming.url, headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        }).end();
      },
      0,
      '127.0.0.1',
    );
    innerOrigin = `http://127.0.0.1:${inner.port}`;
    const settings = { ...mcp.environment, PORT: '0', HOST: '127.0.0.1' };
    const here = { ISSUER: provider.issuer, INTERNAL_ORIGIN: innerOrigin };
    for (const [name, value] of Object.entries({ ...settings, ...here })) vi.stubEnv(name, value);
    ({ server } = await import('../src/recipes/container.js'));
    if (!server.listening) await once(server, 'listening');
    // The name of RESOURCE, which is compared
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    server.close();
    await Promise.all([provider.close(), inner.close()]);
  });

  const post = async (authorization?: string) =>
    fetch(`${origin}/mcp`, {
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
    });
  const sign = (audience: string, scopes = ['notes:read']) =>
    provider.sign({ audience, subject: 'alice', scopes, expiresInSeconds: 60 });

  test('the document shows the outer address alone', async () => {
    const response = await fetch(`${origin}/.well-known/oauth-protected-resource/mcp`);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      resource: mcp.environment['RESOURCE'],
      authorization_servers: [provider.issuer],
    });
    expect(text).not.toContain(innerOrigin);
  });

  test('a client learns the scope that brings the audience: without one Keycloak writes none', async () => {
    const challenge = (await post()).headers.get('www-authenticate');
    expect(challenge).toContain('scope="notes:read"');
  });

  test('a token without that scope is refused', async () => {
    expect((await post(`Bearer ${await sign(mcp.environment['RESOURCE']!, [])}`)).status).toBe(403);
  });

  test('a token for the inner address of the resource is refused', async () => {
    expect((await post(`Bearer ${await sign('http://mcp:3000/mcp')}`)).status).toBe(401);
  });

  test('a token that carries the outer issuer passes, and everything was fetched at the inner address', async () => {
    const spy = vi.spyOn(globalThis, 'fetch');
    const response = await post(`Bearer ${await sign(mcp.environment['RESOURCE']!)}`);
    expect(response.status).toBe(200);
    const others = spy.mock.calls
      .map(([url]) => (url instanceof Request ? url.url : String(url)))
      .filter((url) => !url.startsWith(origin));
    spy.mockRestore();
    expect(others.filter((url) => !url.startsWith(innerOrigin))).toEqual([]);
    expect(asked).toContain('/.well-known/openid-configuration');
    expect(asked.length).toBeGreaterThan(1);
  });
});
