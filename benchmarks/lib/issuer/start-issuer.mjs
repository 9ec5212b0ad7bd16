import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * An authorization server on loopback that only publishes: metadata and a key set. Counts what reaches it.
 *
 * @param {{ jwk: object }[]} keys
 */
export async function startIssuer(keys) {
  const counts = { metadata: 0, keys: 0 };
  let published = keys;
  const server = createServer((request, response) => {
    const body = answer(new URL(request.url, issuer).pathname);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const jwksUri = `${issuer}/.well-known/jwks.json`;
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    registration_endpoint: `${issuer}/register`,
    jwks_uri: jwksUri,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  };

  function answer(path) {
    if (path === '/.well-known/jwks.json') {
      counts.keys++;
      return { keys: published.map(({ jwk }) => jwk) };
    }
    if (!path.startsWith('/.well-known/')) return undefined;
    counts.metadata++;
    return metadata;
  }

  return {
    issuer,
    jwksUri,
    counts,
    publish(next) {
      published = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
