import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { generateKeyPair, exportJWK, SignJWT } from 'jose';

/** What the endpoint, or the firewall in front of it, does with a token that it does not know. */
export const manners = {
  'active: false after 20 ms': (response) => setTimeout(() => json(response, 200, { active: false }), 20),
  403: (response) => json(response, 403, {}),
  429: (response) => json(response, 429, {}),
  500: (response) => json(response, 500, {}),
  'never answers': () => undefined,
};

/** An authorization server on loopback that rotates keys, goes away, and knows some opaque tokens. */
export async function startAuthorizationServer() {
  const counts = { keys: 0, introspection: 0 };
  const tokens = new Map();
  let manner = manners[500];
  let isDown = false;
  let key = await createKey('first');
  const server = createServer(async (request, response) => {
    if (isDown) return request.socket.destroy();
    if (request.url === '/jwks') {
      counts.keys++;
      return json(response, 200, { keys: [key.jwk] });
    }
    if (request.url === '/introspect') {
      counts.introspection++;
      const known = tokens.get(new URLSearchParams(await text(request)).get('token'));
      return known === undefined ? manner(response) : json(response, 200, known);
    }
    const isMetadata = request.url === '/.well-known/oauth-authorization-server';
    return isMetadata ? json(response, 200, metadata) : json(response, 404, {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    introspection_endpoint: `${issuer}/introspect`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
  };
  return {
    issuer,
    counts,
    answerUnknown: (name) => (manner = manners[name]),
    setDown: (value) => {
      isDown = value;
      if (value) server.closeAllConnections();
    },
    rotate: async () => (key = await createKey(`kid-${Date.now()}`)),
    opaque: (token, resource) =>
      tokens.set(token, {
        active: true,
        aud: resource,
        client_id: 'client',
        sub: 'user',
        exp: Math.floor(Date.now() / 1000) + 3600,
      }),
    jwt: (resource, header = {}) =>
      new SignJWT({ client_id: 'client', jti: crypto.randomUUID() })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...header })
        .setIssuer(issuer)
        .setAudience(resource)
        .setSubject('user')
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(key.privateKey),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function createKey(kid) {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } };
}

function json(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
