import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../lib/free-port.js';
import { runCommand } from '../lib/run-command.js';
import { type ServerProcess, startServer } from '../lib/server-process.js';
import type { GlewlwydFiles } from './download.js';

/** A Glewlwyd that can be stopped and started again: what it knows is in its database. */
export interface Glewlwyd {
  readonly url: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Starts it on loopback, with a database of its own. */
export async function startGlewlwyd({ root, env }: GlewlwydFiles, dataFolder: string): Promise<Glewlwyd> {
  const port = await findFreePort();
  // Its redirect addresses and resources must be https, or on the host of this name
  const url = `http://localhost:${port}`;
  const database = join(dataFolder, 'glewlwyd.db');
  const schema = join(root, 'usr/share/dbconfig-common/data/glewlwyd/install/sqlite3');
  const statements = join(dataFolder, 'schema.sql');
  writeFileSync(statements, readFileSync(schema));
  await runCommand('sqlite3', [database, `.read ${statements}`]);
  const config = join(dataFolder, 'glewlwyd.conf');
  writeFileSync(config, formatConfig({ port, url, root, database }));
  let running: ServerProcess | undefined;
  const start = async () => {
    running = await startServer({
      command: join(root, 'usr/bin/glewlwyd'),
      args: [`--config-file=${config}`],
      env,
      log: join(dataFolder, 'glewlwyd.log'),
      isReady: async () => (await fetch(`${url}/config`)).status === 200,
    });
  };
  await start();
  return { url, start, stop: async () => running?.stop() };
}

interface Settings {
  readonly port: number;
  readonly url: string;
  readonly root: string;
  readonly database: string;
}

function formatConfig({ port, url, root, database }: Settings): string {
  const modules = join(root, 'usr/lib/glewlwyd');
  return `port=${port}
bind_address="127.0.0.1"
external_url="${url}"
login_url="login.html"
api_prefix="api"
static_files_path="${join(root, 'usr/share/glewlwyd/webapp/')}"
log_mode="console"
log_level="WARNING"
cookie_domain="localhost"
cookie_secure=0
session_expiration=3600
session_key="GLEWLWYD2_SESSION_ID"
admin_session_authentication="cookie"
profile_session_authentication="cookie"
login_api_enabled=true
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="${join(modules, 'user')}"
client_module_path="${join(modules, 'client')}"
user_auth_scheme_module_path="${join(modules, 'scheme')}"
plugin_module_path="${join(modules, 'plugin')}"
hash_algorithm="SHA512"
database = { type = "sqlite3" path = "${database}" };
`;
}
