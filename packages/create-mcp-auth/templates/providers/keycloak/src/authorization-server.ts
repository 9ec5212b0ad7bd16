import type { AuthServerEntry } from '@mcp-auth/core';
import { keycloak } from '@mcp-auth/core/providers';
import { readSetting } from './settings.js';

/** Who issues tokens for this server. */
export function readAuthorizationServer(): AuthServerEntry {
  return keycloak({ issuer: readSetting('KEYCLOAK_ISSUER') });
}
