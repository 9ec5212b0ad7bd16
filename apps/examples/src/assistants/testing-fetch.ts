import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const [resource, issuer] = ['https://mcp.example.com/mcp', 'https://auth.example.com'];
const { privateKey, publicKey } = await generateKeyPair('ES256');
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256' }] };

/** Your own server takes its authorization servers as an argument, so that a test can name another. */
const mcpAuth = new MCPAuth({ resource, authorizationServers: [{ metadata: { issuer }, jwks }] });
const handler = { fetch: () => Response.json({}) };
const server = mcpAuth.protect(handler, { requiredScopes: ['notes:read'] });

async function call(token?: string): Promise<number> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return (await server.fetch(new Request(resource, { method: 'POST', headers }))).status;
}

const mint = (audience: string, scope = 'notes:read') =>
  new SignJWT({ client_id: 'test', scope })
    .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setSubject('alice')
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(privateKey);

void test('lets in a token for this resource, and nothing else', async () => {
  assert.equal(await call(), 401);
  assert.equal(await call(await mint('https://other.example.com/mcp')), 401);
  assert.equal(await call(await mint(resource, 'something:else')), 403);
  assert.equal(await call(await mint(resource)), 200);
});
