const discovery = 'Authorization / Authorization Server Discovery';
const codeProtection = 'Authorization / Security Considerations, Authorization Code Protection';

/** Clauses of MCP have names, and no numbers. */
const named: Readonly<Record<string, string>> = {
  'MCP-2025-06-18-MC-009': 'MCP 2025-06-18, Authorization, Overview item 4',
  'MCP-2026-07-28-MC-004': `MCP 2026-07-28, ${discovery}, Authorization Server Metadata Discovery`,
  'MCP-2026-07-28-MC-005': `MCP 2026-07-28, ${codeProtection}`,
  'MCP-2026-07-28-MC-006': `MCP 2026-07-28, ${codeProtection}`,
  'MCP-2026-07-28-MC-007': `MCP 2026-07-28, ${codeProtection}`,
  'MCP-2026-07-28-MC-010': 'MCP 2026-07-28, Authorization / Client Registration',
  'MCP-2026-07-28-MC-012': 'MCP 2026-07-28, Authorization, Authorization Response Validation',
  'MCP-2026-07-28-MC-014': 'MCP 2026-07-28, Authorization / Client Registration, DCR',
  'MCP-2026-07-28-RS-004': `MCP 2026-07-28, ${discovery}, Authorization Server Location`,
  'MCP-2026-07-28-RS-012': 'MCP 2026-07-28, Authorization, Refresh Tokens',
  'MCP-EXT-CC-01': 'MCP OAuth client credentials extension (draft), Server Metadata Requirements',
  'MCP-EXT-DPOP-08': 'MCP DPoP extension (SEP-1932, draft), Metadata',
};

/** The clause that people find in a standard, for the id that a finding about a document has, or for the section it names. */
export function readClause(requirement: string): string {
  const known = named[requirement];
  if (known !== undefined) return known;
  const [, standard, section] = /^(RFC\d+|OIDCD|OAUTH21)-([\d.]+)-\d+$/.exec(requirement) ?? [];
  if (standard === undefined) return requirement.replace(/,? section (?=\d)/, ' §');
  return `${nameOf(standard)} §${section ?? ''}`;
}

function nameOf(standard: string): string {
  if (standard === 'OIDCD') return 'OpenID Connect Discovery 1.0';
  return standard === 'OAUTH21' ? 'OAuth 2.1 (draft-ietf-oauth-v2-1)' : `RFC ${standard.slice(3)}`;
}
