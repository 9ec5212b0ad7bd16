import type { AuthServerEntry } from '@mcp-auth/core';
import { adfs } from '@mcp-auth/core/providers';
import { readSetting } from './settings.js';

/** Who issues tokens for this server. */
export function readAuthorizationServer(): AuthServerEntry {
  return adfs({ host: readSetting('ADFS_HOST') });
}
