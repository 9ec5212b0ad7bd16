/** The fixed points that every token of the corpus is made around. */
export interface Facts {
  /** The authorization server whose tokens the first resource accepts; it publishes the trap keys as well. */
  readonly issuer: string;
  /** Trusted too, with one key and no key identifier. */
  readonly secondIssuer: string;
  /** An attacker's server with its own metadata and keys; nobody trusts it. */
  readonly untrustedIssuer: string;
  /** Trusts both issuers. */
  readonly resource: string;
  /** Trusts the second issuer only. */
  readonly secondResource: string;
  readonly scope: string;
  /** Seconds since the epoch; the clock of the server under test stands still here. */
  readonly now: number;
}

export const resource = 'https://mcp.example.com/mcp';
export const resourceMetadataUrl = 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp';
export const secondResource = 'https://mcp.example.com/notes';
export const secondMetadataUrl = 'https://mcp.example.com/.well-known/oauth-protected-resource/notes';
export const requiredScope = 'mcp:read';
