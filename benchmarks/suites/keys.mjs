// What a route costs that takes keys next to tokens, in process, compared with one that takes tokens alone.
import { ResourceServer } from '@mcp-auth/core/adapter';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { compare } from '../lib/rounds.mjs';

const resource = 'https://api.example.com/mcp';
const issuer = 'https://as.example.com';
const key = 'sk_6f0c2d9a41be87e3550d6f0c2d9a';
const baseline = 'a token, on a route for tokens alone';

async function createTokens() {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' };
  const now = Math.floor(Date.now() / 1000);
  const token = await new SignJWT({ scope: 'read write', client_id: 'client-1' })
    .setProtectedHeader({ alg: 'ES256', kid: 'k', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setSubject('user-1')
    .setAudience(resource)
    .setIssuedAt(now)
    .setExpirationTime(now + 36_000)
    .sign(privateKey);
  return { jwk, token, expiresAt: now + 36_000 };
}

/** One request with credentials that were seen before; each comes as a new string, as from an HTTP parser. */
async function createRequest(jwk, token, options) {
  const server = new ResourceServer({
    resource,
    authorizationServers: [{ metadata: { issuer }, jwks: { keys: [jwk] } }],
    log: false,
  });
  const gate = server.createGate({ requiredScopes: ['read'], ...options });
  const bytes = Buffer.from(`Bearer ${token}`);
  const header = (name) => (name === 'authorization' ? bytes.latin1Slice() : undefined);
  const head = { method: 'POST', target: '/mcp', host: undefined, rawHeaders: undefined, header };
  const first = await gate.authenticate(head);
  if (first.kind !== 'allow') throw new Error(`refused: ${first.body}`);
  return () => gate.authenticate(head);
}

/** Runs the suite. */
export async function run({ quick, report }) {
  const { jwk, token, expiresAt } = await createTokens();
  const verify = () => ({ subject: 'build-server', scopes: ['read'], expiresAt });
  const entry = { prefix: 'sk_', issuer: 'https://api.example.com/keys', verify };
  const both = { verifiers: [entry] };
  const kept = { verifiers: [{ ...entry, keepVerdicts: { maxAgeSeconds: 3600 } }] };
  const found = compare(
    {
      [baseline]: await createRequest(jwk, token, {}),
      'a token, on a route that takes keys too': await createRequest(jwk, token, both),
      'a key whose verdict is kept': await createRequest(jwk, key, kept),
    },
    { baseline, quick },
  );
  report.comparison('One request with credentials that were seen before', found);
}
