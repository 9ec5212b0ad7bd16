import { join } from 'node:path';
import { findFreePort } from '../../lib/free-port.js';
import { type ServerProcess, startServer } from '../lib/server-process.js';

export const administrator = { username: 'admin', password: 'interop-only' };

/** A Keycloak that can be stopped and started again: what it knows outlives it. */
export interface Keycloak {
  readonly url: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export interface KeycloakOptions {
  /** The unpacked distribution. */
  readonly folder: string;
  /** For its database and its log. */
  readonly dataFolder: string;
  /** Of the product, off by default. */
  readonly features?: readonly string[];
  /** Whether tokens and metadata carry its URL, whichever address a request came to: `KC_HOSTNAME`. Default: they do not. */
  readonly hasFixedAddress?: boolean;
}

/** `kc.sh start-dev` on loopback, with a database in a file. */
export async function startKeycloak(options: KeycloakOptions): Promise<Keycloak> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const database = join(options.dataFolder, 'keycloak');
  const { features = [], hasFixedAddress = false } = options;
  let running: ServerProcess | undefined;
  const start = async () => {
    running = await startServer({
      command: join(options.folder, 'bin/kc.sh'),
      args: [
        'start-dev',
        '--http-host=127.0.0.1',
        `--http-port=${port}`,
        '--db=dev-file',
        `--db-url=jdbc:h2:file:${database};NON_KEYWORDS=VALUE`,
        ...(features.length === 0 ? [] : [`--features=${features.join(',')}`]),
      ],
      env: {
        JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx512m',
        KC_BOOTSTRAP_ADMIN_USERNAME: administrator.username,
        KC_BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
        ...(hasFixedAddress && { KC_HOSTNAME: url }),
      },
      log: join(options.dataFolder, 'keycloak.log'),
      isReady: async () =>
        (await fetch(`${url}/realms/master/.well-known/openid-configuration`)).status === 200,
    });
  };
  await start();
  return { url, start, stop: async () => running?.stop() };
}
