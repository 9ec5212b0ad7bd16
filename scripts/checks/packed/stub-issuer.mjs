import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

function notFound(_request, response) {
  response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
}

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * An authorization server on loopback with metadata, a key set, and tokens for the asking.
 *
 * @param {{ path?: string, metadata?: (issuer: string) => object, answer?: import('node:http').RequestListener }} [options] the path of
 *   its identifier, further metadata, and what answers all other requests
 */
export async function startStubIssuer({ path = '', metadata = () => ({}), answer = notFound } = {}) {
  // As text: Node 20 can stand still when it collects the job that generated a key while that very key is exported
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const key = {
    ...createPublicKey(privateKey).export({ format: 'jwk' }),
    kid: 'stub',
    alg: 'ES256',
    use: 'sig',
  };
  let issuer = '';
  const documents = {
    [path === '' ? '/.well-known/oauth-authorization-server' : `${path}/.well-known/openid-configuration`]:
      () => ({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        ...metadata(issuer),
      }),
    [`${path}/jwks`]: () => ({ keys: [key] }),
  };
  const server = createServer((request, response) => {
    const document = documents[request.url];
    if (document === undefined) return answer(request, response);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${server.address().port}${path}`;

  return {
    issuer,
    /** An access token as RFC 9068 has it, good for five minutes; with further claims. */
    createToken({ audience, subject, claims: more = {}, ...further }) {
      const now = Math.floor(Date.now() / 1000);
      const header = encode({ alg: 'ES256', kid: key.kid, typ: 'at+jwt' });
      const claims = encode({
        iss: issuer,
        aud: audience,
        sub: subject,
        client_id: 'stub-client',
        jti: 'stub',
        iat: now,
        exp: now + 300,
        ...further,
        ...more,
      });
      const signature = sign('sha256', Buffer.from(`${header}.${claims}`), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      });
      return `${header}.${claims}.${signature.toString('base64url')}`;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
