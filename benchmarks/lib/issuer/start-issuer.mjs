import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { readCertificate } from './certificate.mjs';

/** Listens on a free port of loopback; resolves with the origin and what closes it. */
async function listen(handle, isSecure) {
  const server = isSecure ? createSecureServer(readCertificate(), handle) : createServer(handle);
  // Node closes an idle connection after 5 s, and a client whose event loop is busy then writes to one that is gone
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1', 4096);
  await once(server, 'listening');
  return {
    server,
    origin: `${isSecure ? 'https' : 'http'}://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const describe = (issuer) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  registration_endpoint: `${issuer}/register`,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256', 'ES256', 'EdDSA'],
  code_challenge_methods_supported: ['S256'],
});

function answer(response, body) {
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body ?? {}));
}

/**
 * An authorization server on loopback that only publishes: metadata and a key set. Counts what reaches it. It is https, as issuers are;
 * plain http is what somebody has while developing.
 *
 * @param {{ jwk: object }[]} keys
 */
export async function startIssuer(keys, { isSecure = true } = {}) {
  const counts = { metadata: 0, keys: 0 };
  let published = keys;
  let isDown = false;
  const { server, origin, close } = await listen((request, response) => {
    if (isDown) return request.socket.destroy();
    const path = request.url.split('?', 1)[0];
    if (path === '/.well-known/jwks.json') {
      counts.keys++;
      return answer(response, { keys: published.map(({ jwk }) => jwk) });
    }
    if (!path.startsWith('/.well-known/')) return answer(response);
    counts.metadata++;
    return answer(response, metadata);
  }, isSecure);
  const metadata = describe(origin);
  return {
    issuer: origin,
    jwksUri: metadata.jwks_uri,
    counts,
    publish(next) {
      published = next;
    },
    /** While it is down it hangs up on whoever asks. */
    setDown(value) {
      isDown = value;
      if (value) server.closeAllConnections();
    },
    close,
  };
}

/**
 * One server with many issuers, each at a path of its own as those with tenants have it (RFC 8414 §3.1).
 *
 * @param {{ jwk: object }[]} keys one for each
 */
export async function startTenants(keys) {
  const { origin, close } = await listen((request, response) => {
    const [, tenant] = /^\/\.well-known\/[^/]+\/tenants\/(\d+)$/.exec(request.url) ?? [];
    if (tenant !== undefined) return answer(response, describe(`${origin}/tenants/${tenant}`));
    const [, keyed] = /^\/tenants\/(\d+)\/\.well-known\/jwks\.json$/.exec(request.url) ?? [];
    const key = keys[keyed];
    return answer(response, key === undefined ? undefined : { keys: [key.jwk] });
  }, true);
  return { issuers: keys.map((_, index) => `${origin}/tenants/${index}`), close };
}
