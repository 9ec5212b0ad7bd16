import type { AuthServerEntry } from '@mcp-auth/core';
import { readAuthorizationServer } from './authorization-server.js';
import { readSetting } from './settings.js';

export interface Config {
  /** The URL that clients use for this server, character by character. */
  readonly resource: string;
  /** Who may issue tokens for it. */
  readonly authorizationServers: readonly AuthServerEntry[];
}

export function readConfig(): Config {
  return { resource: readSetting('RESOURCE'), authorizationServers: [readAuthorizationServer()] };
}
