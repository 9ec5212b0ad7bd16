// A practice issuer. It gives a token to everybody who asks: never run it anywhere but on your own machine.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const { ISSUER: issuer = 'http://127.0.0.1:4000' } = process.env;
const { privateKey, publicKey } = await generateKeyPair('ES256');
const publicJwk = { ...(await exportJWK(publicKey)), kid: 'practice', alg: 'ES256', use: 'sig' };

const documents = {
  '/.well-known/oauth-authorization-server': {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
  },
  '/jwks': { keys: [publicJwk] },
};

async function issueToken(form) {
  const token = await new SignJWT({ client_id: 'practice-client', scope: form.get('scope') ?? '' })
    .setProtectedHeader({ alg: 'ES256', kid: 'practice', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setSubject('alice')
    .setAudience(form.get('resource') ?? 'nobody')
    .setIssuedAt()
    .setExpirationTime('10 minutes')
    .sign(privateKey);
  return { access_token: token, token_type: 'Bearer', expires_in: 600 };
}

createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const found =
    request.url === '/token' ? await issueToken(new URLSearchParams(body)) : documents[request.url];
  response.writeHead(found ? 200 : 404, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(found ?? { error: 'not_found' }));
}).listen(new URL(issuer).port, '127.0.0.1', () => console.log(`Practice issuer: ${issuer}`));
