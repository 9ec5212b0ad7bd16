import { exportJWK, generateKeyPair } from 'jose';
import type { IntrospectingClient } from '../suites/tried-server.js';
import { findClient } from './clients.js';
import { oddSecret } from './page-steps.js';
import type { Realm } from './realm.js';

export const introspectionMethods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const;

/**
 * The client of the page that may ask about tokens, its id the resource, with each way in which it can show who it is. Which of
 * them it has, Keycloak is told before.
 */
export async function createIntrospectingClients(realm: Realm): Promise<readonly IntrospectingClient[]> {
  const { resource: clientId } = realm;
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const names = { kid: 'notes-1', alg: 'ES256' };
  const keys = [{ ...(await exportJWK(publicKey)), ...names, use: 'sig' }];
  const key = { ...(await exportJWK(privateKey)), ...names };
  const useSecret = () => changeClient(realm, { clientAuthenticatorType: 'client-secret' });
  const useKey = () =>
    changeClient(realm, {
      clientAuthenticatorType: 'client-jwt',
      attributes: {
        'use.jwks.string': 'true',
        'jwks.string': JSON.stringify({ keys }),
        'token.endpoint.auth.signing.alg': 'ES256',
      },
    });
  const own = { clientId, clientSecret: oddSecret };
  return [
    {
      name: 'client_secret_basic',
      authentication: { method: 'client_secret_basic', ...own },
      prepare: useSecret,
    },
    {
      name: 'client_secret_post',
      authentication: { method: 'client_secret_post', ...own },
      prepare: useSecret,
    },
    {
      name: 'private_key_jwt',
      authentication: { method: 'private_key_jwt', clientId, key },
      prepare: useKey,
    },
  ];
}

async function changeClient(realm: Realm, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const client = await findClient(realm, realm.resource);
  const attributes = { ...client.attributes, ...(changes['attributes'] as object | undefined) };
  await realm.admin.put(`${realm.path}/clients/${client.id}`, { ...client, ...changes, attributes });
}
