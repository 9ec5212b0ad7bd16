import type { AuthServerEntry } from '@mcp-auth/core';
import { readSetting } from './settings.js';

/** Who issues tokens for this server. */
export function readAuthorizationServer(): AuthServerEntry {
  return readSetting('ISSUER');
}
