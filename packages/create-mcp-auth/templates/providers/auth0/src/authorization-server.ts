import type { AuthServerEntry } from '@mcp-auth/core';
import { auth0 } from '@mcp-auth/core/providers';
import { readSetting } from './settings.js';

/** Who issues tokens for this server. */
export function readAuthorizationServer(): AuthServerEntry {
  return auth0({ domain: readSetting('AUTH0_DOMAIN') });
}
