import { generateKeyPairSync } from 'node:crypto';
import type { DevClient } from '@mcp-auth/dev-issuer';

/** A private key for ES256, under the identifier that the authorization server knows. */
export function createClientKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  return { kty: 'EC', crv: 'P-256', x, y, d, alg: 'ES256', use: 'sig', kid: 'resource-server-key' } as const;
}

/** The key that the resource server of `keyClient` signs assertions with. */
export const clientKey = createClientKey();
const { kty, crv, x, y, alg, use, kid } = clientKey;
const publicKey = { kty, crv, x, y, alg, use, kid };

/** Identifier and secret that mean something else when they are not form-encoded first (RFC 6749 §2.3.1). */
export const oddClient = { id: 'rs:1 +%26&=/~', secret: 'p:a s%73+w&=~"/?' } as const;
export const postClient = { id: 'resource-server-post', secret: 'post secret %41+&=' } as const;
export const keyClient = { id: 'resource-server-with-key' } as const;

const resourceServer = { grant_types: [], redirect_uris: [], response_types: [] };

/** Resource servers that the authorization server knows beside its own, one for each way to authenticate. */
export const clients: readonly DevClient[] = [
  { ...resourceServer, client_id: oddClient.id, client_secret: oddClient.secret },
  {
    ...resourceServer,
    client_id: postClient.id,
    client_secret: postClient.secret,
    token_endpoint_auth_method: 'client_secret_post',
  },
  {
    ...resourceServer,
    client_id: keyClient.id,
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: {
      keys: [publicKey],
    },
  },
];
