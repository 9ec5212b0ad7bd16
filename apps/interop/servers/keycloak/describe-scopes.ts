import { describe, expect, test } from 'vitest';
import { fetchTokenByLogin, redirectUrl } from '../lib/code-flow.js';
import { startFor } from '../suites/tried-server.js';
import { addClient, addPublicClient, findClient, type MachineClient } from './clients.js';
import type { TriedKeycloak } from './keycloak.js';
import { audienceMapper, findScopes, type Realm, scopes } from './realm.js';
import { fetchToken, readClaims } from './tokens.js';

/** Of a client that is registered before anybody makes the scopes. */
export const early: MachineClient = { id: 'early', secret: 'interop-only' };

export function describeScopes(tried: () => TriedKeycloak): void {
  const issue = (client: MachineClient, scope?: string) =>
    fetchToken({ issuer: tried().issuer, client, ...(scope !== undefined && { scope }) });

  describe('{#scopes} which clients get them', () => {
    test('one that was there before does not have them, and gets them when they are added as optional', async () => {
      await expect(issue(early, scopes[0])).rejects.toThrow('invalid_scope');
      await assign(tried().realm, early, 'optional');
      expect(readClaims(await issue(early, scopes[0]))['aud']).toContain(tried().resource);
      expect(readClaims(await issue(early))['aud']).not.toContain(tried().resource);
    });

    test('as default scopes they are in every token of a client, asked for or not', async () => {
      const client = { id: 'with-defaults', secret: 'interop-only' };
      await addClient(tried().realm, client);
      await assign(tried().realm, client, 'default');
      const { aud, scope } = readClaims(await issue(client));
      expect(aud).toContain(tried().resource);
      expect(String(scope).split(' ')).toEqual(expect.arrayContaining([...scopes]));
    });

    test('{#error} with the mapper in a scope of its own the user of a client logs in, and the token is refused', async () => {
      const { issuer, realm, resource, logIn } = tried();
      const [asked, own] = ['list:notes', 'audience-of-notes'];
      await addOptionalScope(realm, asked);
      const id = await addOptionalScope(realm, own);
      const mapper = audienceMapper({ 'included.custom.audience': resource });
      await realm.admin.post(`${realm.path}/client-scopes/${id}/protocol-mappers/models`, mapper);
      await addPublicClient(realm, 'asks-as-told', redirectUrl);
      const result = await fetchTokenByLogin({
        authorizationEndpoint: `${issuer}/protocol/openid-connect/auth`,
        tokenEndpoint: `${issuer}/protocol/openid-connect/token`,
        clientId: 'asks-as-told',
        scope: asked,
        resource,
        logIn,
      });
      if ('error' in result) throw new Error(result.error);
      const server = await startFor(tried(), { scopesSupported: [asked], requiredScopes: [asked] });
      expect(await server.ask(result.token)).toMatchObject({ status: 401 });
      expect(server.lastRefusal).toMatchObject({ code: 'wrong_audience' });
      await server.close();
    });
  });
}

/** The tab _Client scopes_ of a client, for the scopes of the page. */
async function assign(realm: Realm, { id }: MachineClient, type: 'default' | 'optional'): Promise<void> {
  const client = await findClient(realm, id);
  const path = `${realm.path}/clients/${client.id}`;
  for (const scope of await findScopes(realm)) {
    // A scope that a client has as the one is not taken as the other
    if (type === 'default') await realm.admin.delete(`${path}/optional-client-scopes/${scope.id}`);
    await realm.admin.put(`${path}/${type}-client-scopes/${scope.id}`);
  }
}

async function addOptionalScope({ admin, path }: Realm, name: string): Promise<string> {
  await admin.post(`${path}/client-scopes`, {
    name,
    protocol: 'openid-connect',
    attributes: { 'include.in.token.scope': 'true' },
  });
  const all = await admin.get<readonly { readonly id: string; readonly name: string }[]>(
    `${path}/client-scopes`,
  );
  const { id = '' } = all.find((scope) => scope.name === name) ?? {};
  await admin.put(`${path}/default-optional-client-scopes/${id}`);
  return id;
}
