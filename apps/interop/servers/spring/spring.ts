import { join } from 'node:path';
import { type AnswerPage, visit } from '../../clients/lib/user-agent.js';
import { createDataFolder } from '../lib/data-folder.js';
import type { Disposal } from '../lib/disposal.js';
import { findFreePort } from '../../lib/free-port.js';
import { startServer } from '../lib/server-process.js';
import type { IntrospectingClient, TriedServer } from '../suites/tried-server.js';
import { publishKey } from './public-keys.js';

export const introspectionMethods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const;

const scopes = ['read:notes', 'write:notes'] as const;
/** Holds signs that form-encoding changes. */
const machine = { clientId: 'machine', clientSecret: `odd/secret:with+signs &=%20"é` };

export interface TriedSpring extends TriedServer {
  readonly introspecting: readonly IntrospectingClient[];
  /** By the grant of client credentials; without a scope the token is for nobody but its client. */
  readonly fetchToken: (scope?: string) => Promise<string>;
}

/** The page of login has fields for both; the one of consent a box for each scope. */
const answerPage: AnswerPage = ({ fields }) =>
  'username' in fields ? { username: 'ada', password: 'interop-only' } : { scope: scopes[0] };

/** Spring Authorization Server. It keeps all in memory, so what is stopped here stays there, and answers nothing. */
export async function trySpring(application: string, disposal: Disposal): Promise<TriedSpring> {
  const dataFolder = await createDataFolder('spring', disposal);
  const key = await publishKey();
  disposal.add(() => key.close());
  const port = await findFreePort();
  const issuer = `http://127.0.0.1:${port}`;
  const resource = `http://127.0.0.1:${await findFreePort()}/mcp`;
  const server = await startServer({
    command: 'java',
    args: ['-Xmx256m', '-jar', application, `--server.port=${port}`, '--server.address=127.0.0.1'],
    env: {
      INTEROP_SECRET: machine.clientSecret,
      INTEROP_JWKS: key.url,
      INTEROP_RESOURCE: resource,
      SPRING_SECURITY_OAUTH2_AUTHORIZATIONSERVER_ISSUER: issuer,
    },
    log: join(dataFolder, 'spring.log'),
    isReady: async () => (await fetch(`${issuer}/.well-known/oauth-authorization-server`)).status === 200,
  });
  disposal.add(() => {
    server.resume();
    return server.stop();
  });
  const changeKeys = async (method: 'POST' | 'DELETE') => {
    const { status } = await fetch(`${issuer}/interop/keys`, { method });
    if (status !== 200) throw new Error(`the keys cannot be changed (${status})`);
  };
  const fetchToken = async (scope?: string) => {
    const response = await fetch(`${issuer}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: machine.clientId,
        client_secret: machine.clientSecret,
        ...(scope !== undefined && { scope }),
      }),
    });
    const { access_token: token } = (await response.json()) as { readonly access_token?: string };
    if (token === undefined) throw new Error(`no token (${response.status})`);
    return token;
  };
  return {
    issuer,
    resource,
    scopes,
    introspecting: [
      { name: 'client_secret_basic', authentication: { method: 'client_secret_basic', ...machine } },
      { name: 'client_secret_post', authentication: { method: 'client_secret_post', ...machine } },
      {
        name: 'private_key_jwt',
        authentication: { method: 'private_key_jwt', clientId: 'keyed', key: key.privateKey },
      },
    ],
    entry: (introspection) => ({ issuer, ...(introspection && { introspection }) }),
    fetchToken,
    issueToken: () => fetchToken(scopes[0]),
    addKey: () => changeKeys('POST'),
    removeOldKeys: () => changeKeys('DELETE'),
    logIn: (url) => visit(url, answerPage),
    stop: () => {
      server.pause();
      return Promise.resolve();
    },
    start: () => {
      server.resume();
      return Promise.resolve();
    },
  };
}
