import type { AuthServerEntry } from '@mcp-auth/core';
import { stytch } from '@mcp-auth/core/providers';
import { readSetting } from './settings.js';

/** Who issues tokens for this server. */
export function readAuthorizationServer(): AuthServerEntry {
  return stytch({ domain: readSetting('STYTCH_DOMAIN'), projectId: readSetting('STYTCH_PROJECT_ID') });
}
