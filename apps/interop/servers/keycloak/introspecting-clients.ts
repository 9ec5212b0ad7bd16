import { exportJWK, generateKeyPair } from 'jose';
import type { IntrospectingClient } from '../suites/tried-server.js';
import { addMachineClient } from './tokens.js';
import { audienceMapper, findScopes, type Realm } from './realm.js';

export const introspectingClients = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const;

const keyedClientId = 'notes-server-with-a-key';
/** Holds every sign that form-encoding changes, and some that JSON does. */
const secret = `odd/secret:with+signs &=%20"\\é`;

/**
 * The clients that may ask about tokens: one whose id is the resource, as the page says, with an odd secret; and one with a key,
 * whose id a mapper of its own writes into `aud`.
 */
export async function addIntrospectingClients(realm: Realm): Promise<readonly IntrospectingClient[]> {
  const { resource, admin, path } = realm;
  await addMachineClient(realm, { id: resource, secret }, { serviceAccountsEnabled: false });
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'notes-1', alg: 'ES256', use: 'sig' }];
  await admin.post(`${path}/clients`, {
    clientId: keyedClientId,
    clientAuthenticatorType: 'client-jwt',
    standardFlowEnabled: false,
    attributes: {
      'use.jwks.string': 'true',
      'jwks.string': JSON.stringify({ keys }),
      'token.endpoint.auth.signing.alg': 'ES256',
    },
  });
  for (const { id } of await findScopes(realm)) {
    await admin.post(`${path}/client-scopes/${id}/protocol-mappers/models`, {
      ...audienceMapper({ 'included.client.audience': keyedClientId }),
      name: 'introspecting client',
    });
  }
  const key = { ...(await exportJWK(privateKey)), kid: 'notes-1', alg: 'ES256' };
  const own = { clientId: resource, clientSecret: secret };
  return [
    { name: 'client_secret_basic', authentication: { method: 'client_secret_basic', ...own } },
    { name: 'client_secret_post', authentication: { method: 'client_secret_post', ...own } },
    {
      name: 'private_key_jwt',
      authentication: { method: 'private_key_jwt', clientId: keyedClientId, key },
    },
  ];
}
