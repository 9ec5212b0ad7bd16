import type { AuthServerEntry } from '@mcp-auth/core';
import { okta } from '@mcp-auth/core/providers';
import { readSetting } from './settings.js';

/** Who issues tokens for this server. */
export function readAuthorizationServer(): AuthServerEntry {
  return okta({
    domain: readSetting('OKTA_DOMAIN'),
    authorizationServerId: readSetting('OKTA_AUTHORIZATION_SERVER_ID'),
  });
}
