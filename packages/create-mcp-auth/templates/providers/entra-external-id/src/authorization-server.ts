import type { AuthServerEntry } from '@mcp-auth/core';
import { entraExternalId } from '@mcp-auth/core/providers';
import { readSetting } from './settings.js';

/** Who issues tokens for this server. The Application ID URI of its registration is the URL of this server. */
export function readAuthorizationServer(): AuthServerEntry {
  return entraExternalId({
    domain: readSetting('ENTRA_DOMAIN'),
    tenantId: readSetting('ENTRA_TENANT_ID'),
    applicationId: readSetting('ENTRA_APPLICATION_ID'),
    applicationIdUri: readSetting('RESOURCE'),
  });
}
