import { createHash } from 'node:crypto';
import { importSPKI, exportJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hosts, makeKeyPair, mintToken, type PemKeyPair, type TokenClaims } from '../src/index.js';
import { origin, startHost } from './start-host.js';

const alice: TokenClaims = { subject: 'alice', clientId: 'client-1', scope: 'echo', lifetimeSeconds: 60 };

let keys: PemKeyPair;
beforeAll(async () => {
  keys = makeKeyPair();
});

describe.each(Object.keys(hosts) as (keyof typeof hosts)[])('the article’s server on %s', (name) => {
  let server: Awaited<ReturnType<typeof startHost>>;
  beforeAll(async () => {
    server = await startHost(name, keys.publicKey);
  });
  afterAll(() => server.close());

  const get = (path: string) => fetch(`${server.url}/.well-known/${path}`);
  const post = (message: object, token?: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/mcp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }),
    });
  const initialize = {
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
  };
  const resultOf = async (message: object, claims: TokenClaims = alice): Promise<unknown> => {
    const answer = await post(message, await mintToken(keys.privateKey, origin, claims));
    expect(answer.status).toBe(200);
    const line = (await answer.text()).split('\n').find((text) => text.startsWith('data: '));
    return (JSON.parse(line?.slice('data: '.length) ?? '') as { result: unknown }).result;
  };

  test('[contract article 3][RFC9728-5.1-01] without a token: 401, and where to go', async () => {
    const answer = await post({ method: 'initialize' }, undefined, { origin: 'http://localhost:3000' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(
      `Bearer scope="echo", resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`,
    );
    expect(answer.headers.get('content-type')).toMatch(/^application\/json(;|$)/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({
      message: 'This resource requires an access token.',
      resource_metadata: `${origin}/.well-known/oauth-protected-resource/mcp`,
    });
  });

  test('[contract article 3][RFC9068-4-03] a token of another key: 401 invalid_token', async () => {
    const other = makeKeyPair();
    const answer = await post(initialize, await mintToken(other.privateKey, origin, alice));
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  test('[contract article 3][MCP-2026-07-28-RS-016] a token of the right key for another server: 401', async () => {
    const answer = await post(initialize, await mintToken(keys.privateKey, 'http://localhost:9001', alice));
    expect(answer.status).toBe(401);
  });

  test('[contract article 3][RFC6750-3.1-03] a token without the scope: 403, and which one', async () => {
    const answer = await post(initialize, await mintToken(keys.privateKey, origin, { ...alice, scope: 'x' }));
    expect(answer.status).toBe(403);
    expect(answer.headers.get('www-authenticate')).toMatch(/error="insufficient_scope".*scope="echo"/);
  });

  test('[contract article 2][RFC9068-4-03] jwks.json holds mcp_public_key.pem and no other member of the key', async () => {
    const answer = await get('jwks.json');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json(;|$)/);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const { n, e } = await exportJWK(await importSPKI(keys.publicKey, 'RS256', { extractable: true }));
    const thumbprint = createHash('sha256').update(JSON.stringify({ e, kty: 'RSA', n }));
    expect(await answer.json()).toEqual({
      keys: [{ kty: 'RSA', n, e, use: 'sig', alg: 'RS256', kid: thumbprint.digest('base64url') }],
    });
  });

  test('[contract article 4][RFC9728-3-01] oauth-protected-resource, at the path of the endpoint', async () => {
    const answer = await get('oauth-protected-resource/mcp');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json(;|$)/);
    expect(await answer.json()).toEqual({
      resource: `${origin}/mcp`,
      resource_name: 'Local keys',
      authorization_servers: [origin],
      scopes_supported: ['echo'],
      bearer_methods_supported: ['header'],
    });
    expect((await get('oauth-protected-resource')).status).toBe(404);
  });

  test('[contract article 5][RFC8414-3.1-01] oauth-authorization-server, on the same process', async () => {
    const answer = await get('oauth-authorization-server');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json(;|$)/);
    expect(answer.headers.get('cache-control')).toMatch(/max-age=[1-9]/);
    expect(await answer.json()).toEqual({
      issuer: origin,
      response_types_supported: ['code'],
      jwks_uri: `${origin}/.well-known/jwks.json`,
    });
  });

  test('[contract article 1] JSON-RPC over POST: initialize, the list of tools, and calls', async () => {
    expect(await resultOf(initialize)).toMatchObject({
      protocolVersion: '2025-11-25',
      serverInfo: { name: 'local-keys' },
    });
    expect(await resultOf({ method: 'tools/list' })).toMatchObject({
      tools: [{ name: 'echo' }, { name: 'whoami' }],
    });
    const call = (params: object) => resultOf({ method: 'tools/call', params });
    expect(await call({ name: 'echo', arguments: { text: 'hello' } })).toEqual({
      content: [{ type: 'text', text: 'hello' }],
    });
    expect(await call({ name: 'whoami' })).toEqual({ content: [{ type: 'text', text: 'alice' }] });
  });

  test('[contract article 1] pages of foreign origins and foreign hosts are kept out of the endpoint', async () => {
    const token = await mintToken(keys.privateKey, origin, alice);
    expect((await post(initialize, token, { origin: 'https://evil.example' })).status).toBe(403);
  });
});
