import { createDataFolder } from '../lib/data-folder.js';
import type { Disposal } from '../lib/disposal.js';
import { findFreePort } from '../../lib/free-port.js';
import type { TriedServer } from '../suites/tried-server.js';
import type { GlewlwydFiles } from './download.js';
import { pluginSettings } from './plugin.js';
import { GlewlwydSession } from './session.js';
import { SigningKeys } from './signing-keys.js';
import { startGlewlwyd } from './start-glewlwyd.js';

export const machine = { id: 'machine', secret: 'interop-only' };
/** Its secret holds signs that form-encoding changes. */
export const odd = { id: 'odd', secret: 's3cret:/+ %&=é' };

const scopes = ['read:notes', 'write:notes'] as const;
const user = { username: 'ada', password: 'interop-only' };

export interface TriedGlewlwyd extends TriedServer {
  /** By the grant of client credentials. */
  readonly fetchToken: (request: Readonly<Record<string, string>>) => Promise<GrantAnswer>;
}

export interface GrantAnswer {
  readonly access_token?: string;
  readonly error?: string;
}

/** Glewlwyd with a plugin, two scopes, a user, and two clients that act for themselves. */
export async function tryGlewlwyd(files: GlewlwydFiles, disposal: Disposal): Promise<TriedGlewlwyd> {
  const dataFolder = await createDataFolder('glewlwyd', disposal);
  const server = await startGlewlwyd(files, dataFolder);
  disposal.add(() => server.stop());
  const resource = `http://localhost:${await findFreePort()}/mcp`;
  const issuer = `${server.url}/api/oidc`;
  const admin = new GlewlwydSession(server.url);
  await admin.logIn('admin', 'password');
  const keys = new SigningKeys();
  const plugin = () => ({
    module: 'oidc',
    name: 'oidc',
    display_name: 'OpenID Connect',
    enabled: true,
    parameters: { ...pluginSettings(issuer, resource, scopes), ...keys.settings },
  });
  await keys.add();
  for (const name of scopes) {
    await admin.call('POST', '/scope/', { name, display_name: name, password_required: true, scheme: {} });
  }
  await admin.call('POST', '/mod/plugin/', plugin());
  await admin.call('POST', '/user/', { ...user, name: 'Ada', email: 'ada@example.com', scope: scopes });
  for (const client of [machine, odd]) await admin.call('POST', '/client/', toClient(client));
  // The settings of a plugin are read when it begins
  const applyKeys = async () => {
    await admin.call('PUT', '/mod/plugin/oidc/disable/');
    await admin.call('PUT', '/mod/plugin/oidc', plugin());
    await admin.call('PUT', '/mod/plugin/oidc/enable/');
  };
  const fetchToken = async (request: Readonly<Record<string, string>>) => {
    const basic = Buffer.from(`${machine.id}:${machine.secret}`).toString('base64');
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...request }),
    });
    return (await response.json()) as GrantAnswer;
  };
  return {
    issuer,
    resource,
    scopes,
    entry: (introspection) => ({ issuer, ...(introspection && { introspection }) }),
    issueToken: async () => {
      const { access_token: token, error } = await fetchToken({ scope: scopes[0], resource });
      if (token === undefined) throw new Error(`no token: ${error ?? ''}`);
      return token;
    },
    fetchToken,
    addKey: async () => {
      await keys.add();
      await applyKeys();
    },
    removeOldKeys: async () => {
      keys.removeOld();
      await applyKeys();
    },
    logIn: async (authorizationUrl) => {
      const session = new GlewlwydSession(server.url);
      await session.logIn(user.username, user.password);
      return session.approve(authorizationUrl);
    },
    stop: () => server.stop(),
    start: () => server.start(),
  };
}

function toClient({ id, secret }: { readonly id: string; readonly secret: string }): object {
  return {
    client_id: id,
    name: id,
    confidential: true,
    enabled: true,
    client_secret: secret,
    token_endpoint_auth_method: ['client_secret_basic', 'client_secret_post'],
    authorization_type: ['client_credentials'],
    scope: scopes,
  };
}
