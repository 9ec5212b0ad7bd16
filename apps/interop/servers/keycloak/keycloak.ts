import { keycloak } from '@mcp-auth/express/providers';
import { createDataFolder } from '../lib/data-folder.js';
import type { Disposal } from '../lib/disposal.js';
import { findFreePort } from '../../lib/free-port.js';
import { type AnswerPage, visit } from '../../clients/lib/user-agent.js';
import type { TriedServer } from '../suites/tried-server.js';
import { KeycloakAdmin } from './admin.js';
import type { MachineClient } from './clients.js';
import { RealmKeys } from './realm-keys.js';
import { createRealm, type Realm, realmName, scopes, user } from './realm.js';
import { type KeycloakOptions, startKeycloak } from './start-keycloak.js';
import { fetchToken } from './tokens.js';

/** Holds signs that form-encoding changes. */
export const machine: MachineClient = { id: 'machine', secret: 's3cret:/+ %&=é' };

export interface TriedKeycloak extends TriedServer {
  readonly url: string;
  readonly realm: Realm;
}

/** The page of login has fields for both; the one of consent has two buttons. */
const answerPage: AnswerPage = ({ fields }) => ('username' in fields ? user : { accept: 'Yes' });

/** Keycloak with a realm and a user, before anybody has read the page. */
export async function tryKeycloak(
  folder: string,
  disposal: Disposal,
  settings: Pick<KeycloakOptions, 'features' | 'hasFixedAddress'> = {},
): Promise<TriedKeycloak> {
  const dataFolder = await createDataFolder('keycloak', disposal);
  const server = await startKeycloak({ folder, dataFolder, ...settings });
  disposal.add(() => server.stop());
  const resource = `http://127.0.0.1:${await findFreePort()}/mcp`;
  const realm = await createRealm(new KeycloakAdmin(server.url), resource);
  const issuer = `${server.url}/realms/${realmName}`;
  const keys = new RealmKeys(realm);
  return {
    url: server.url,
    realm,
    issuer,
    resource,
    scopes,
    entry: (introspection) => ({ ...keycloak({ issuer }), ...(introspection && { introspection }) }),
    issueToken: () => fetchToken({ issuer, client: machine, scope: scopes[0] }),
    addKey: () => keys.add(),
    removeOldKeys: () => keys.removeOld(),
    logIn: (url) => visit(url, answerPage),
    stop: () => server.stop(),
    start: () => server.start(),
  };
}
