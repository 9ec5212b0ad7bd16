import type { AuthServerEntry } from '@mcp-auth/core';
import { cognito } from '@mcp-auth/core/providers';
import { readSetting } from './settings.js';

/** Who issues tokens for this server. The resource server in the user pool is named as this server. */
export function readAuthorizationServer(): AuthServerEntry {
  return cognito({
    region: readSetting('COGNITO_REGION'),
    userPoolId: readSetting('COGNITO_USER_POOL_ID'),
    clientIds: readSetting('COGNITO_CLIENT_IDS').split(','),
    resourceServer: readSetting('RESOURCE'),
  });
}
