import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { MCPAuth } from '../src/fetch.js';

async function issuer() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  let base = '';
  const server: Server = createServer((req, res) => {
    res.setHeader('content-type', 'application/json');
    if (req.url === '/jwks') res.end(JSON.stringify({ keys: [jwk] }));
    else if (req.url === '/.well-known/oauth-authorization-server')
      res.end(JSON.stringify({ issuer: base, jwks_uri: `${base}/jwks`, response_types_supported: ['code'], authorization_endpoint: `${base}/a`, token_endpoint: `${base}/t` }));
    else res.writeHead(404).end('{}');
  });
  await new Promise<void>((r) => server.listen(0, '127.0.0.1', r));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { base, privateKey, close: () => server.close() };
}

test('smoke', async () => {
  const as = await issuer();
  const resource = 'https://api.example.com/mcp';
  const auth = new MCPAuth({ protectedResources: { metadata: { resource, authorizationServers: [{ issuer: as.base, type: 'oauth' }], scopesSupported: ['a'] } } });
  const handler = auth.protect({ fetch: (_r, o) => Response.json({ sub: o?.authInfo?.subject, t: o }) }, 'jwt', { resource, requiredScopes: ['a'] });
  const none = await handler.fetch(new Request(resource, { method: 'POST' }));
  console.log(none.status, [...none.headers], await none.text());
  const meta = await handler.fetch(new Request('https://api.example.com/.well-known/oauth-protected-resource/mcp'));
  console.log(meta.status, [...meta.headers], await meta.text());
  const token = await new SignJWT({ scope: 'a b' }).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).setIssuer(as.base).setAudience(resource).setSubject('u').setExpirationTime('5m').sign(as.privateKey);
  const ok = await handler.fetch(new Request(resource, { method: 'POST', headers: { authorization: `Bearer ${token}` } }));
  console.log(ok.status, await ok.text());
  expect(ok.status).toBe(200);
  as.close();
});
