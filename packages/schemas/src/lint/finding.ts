/**
 * How much a finding matters.
 *
 * - `error`: the document breaks a MUST of its standard, or an MCP client has to stop
 * - `warning`: it breaks a SHOULD, or is legal and yet likely to fail
 * - `info`: nothing is wrong; worth knowing when something else is
 */
export type Severity = 'error' | 'warning' | 'info';

/** Stable names of findings. New ones may be added in a minor version; none changes its meaning. */
export type FindingCode = LintCode | McpCode;

/** What the lint level finds: what the standards ask beyond types and required members. */
export type LintCode =
  | 'unreadable'
  | 'not-https'
  | 'has-query'
  | 'has-fragment'
  | 'issuer-template'
  | 'identifier-mismatch'
  | 'empty-array'
  | 'alg-none'
  | 'alg-symmetric'
  | 'value-undefined'
  | 'value-unregistered'
  | 'value-missing'
  | 'language-tag-invalid'
  | 'language-tag-undefined'
  | 'language-tag-alone'
  | 'member-missing'
  | 'member-recommended'
  | 'member-unregistered'
  | 'member-null'
  | 'camel-case-twin'
  | 'default-applies'
  | 'alias-not-endpoint'
  | 'signed-metadata-unreadable'
  | 'signed-metadata-unsigned'
  | 'signed-metadata-without-issuer'
  | 'signed-metadata-nested'
  | 'not-cross-listed';

/** What the check for MCP finds: what clients of one protocol revision will need. */
export type McpCode =
  | 'mcp-issuer-unusable'
  | 'mcp-openid-only'
  | 'mcp-no-authorization-endpoint'
  | 'mcp-no-token-endpoint'
  | 'mcp-no-code-flow'
  | 'mcp-pkce-not-announced'
  | 'mcp-pkce-without-s256'
  | 'mcp-pkce-plain'
  | 'mcp-registration-by-hand'
  | 'mcp-registration-dynamic-only'
  | 'mcp-no-public-clients'
  | 'mcp-no-iss-parameter'
  | 'mcp-no-keys'
  | 'mcp-client-credentials-auth'
  | 'mcp-dpop-algorithms'
  | 'mcp-no-authorization-servers'
  | 'mcp-authorization-server-unusable'
  | 'mcp-resource-mismatch'
  | 'mcp-no-bearer-header'
  | 'mcp-bearer-in-query'
  | 'mcp-offline-access';

/** One thing about a document that somebody should know. Values of the document are not repeated in it. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Where: member names and array indexes from the root. Empty for the document as a whole. */
  readonly path: readonly (string | number)[];
  /** Id of the requirement, e.g. `RFC8414-2-01`; where none has been given an id, the section of the standard. */
  readonly requirement: string;
  /** What is the matter, in one sentence. */
  readonly message: string;
  /** How to fix it, in one sentence. */
  readonly fix: string;
}
