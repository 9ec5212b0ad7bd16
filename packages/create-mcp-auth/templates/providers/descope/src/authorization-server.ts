import type { AuthServerEntry } from '@mcp-auth/core';
import { readSetting } from './settings.js';

/** Who issues tokens for this server. Tokens of Descope name its MCP server or, as users report, its project. */
export function readAuthorizationServer(): AuthServerEntry {
  const issuer = readSetting('ISSUER');
  const project = readSetting('DESCOPE_PROJECT_ID');
  return { issuer, tokenIssuers: [issuer, `https://api.descope.com/v1/apps/${project}`] };
}
