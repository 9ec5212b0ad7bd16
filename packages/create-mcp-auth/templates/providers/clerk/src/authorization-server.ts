import type { AuthServerEntry } from '@mcp-auth/core';
import { clerk } from '@mcp-auth/core/providers';
import { readSetting } from './settings.js';

/** Who issues tokens for this server. */
export function readAuthorizationServer(): AuthServerEntry {
  return clerk({ domain: readSetting('CLERK_DOMAIN') });
}
