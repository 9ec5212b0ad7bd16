// Generated from src/sources by pnpm codegen. Do not edit.

/** Metadata of an OAuth 2.0 protected resource (RFC 9728). */
export interface ProtectedResourceMetadata {
  /**
   * Identifier of the protected resource.
   *
   * @see RFC 9728 section 2
   */
  resource: string;
  /**
   * Issuer identifiers of servers whose tokens the resource accepts; may be partial.
   *
   * Required with at least one entry by every MCP revision from 2025-06-18 on.
   *
   * @see RFC 9728 section 2
   */
  authorization_servers?: string[];
  /**
   * Public keys of the resource itself (for signed responses), not the keys that verify access tokens.
   *
   * @see RFC 9728 section 2
   */
  jwks_uri?: string;
  /**
   * Scopes used in requests for access to this resource; may be partial.
   *
   * MCP 2025-11-25 and later read it as the minimal set for basic use; 2026-07-28 asks to keep offline_access out.
   *
   * Recommended.
   *
   * @see RFC 9728 section 2
   */
  scopes_supported?: string[];
  /**
   * Where a bearer token may be put.
   *
   * The one array member with a defined meaning for the empty array, although section 3.2 says parameters with zero values are dropped. MCP only ever uses header; query is forbidden by OAuth 2.1.
   *
   * @see RFC 9728 section 2
   */
  bearer_methods_supported?: string[];
  /**
   * Algorithms the resource uses to sign its responses.
   *
   * @see RFC 9728 section 2
   */
  resource_signing_alg_values_supported?: string[];
  /**
   * Name to show to people.
   *
   * Recommended.
   *
   * @see RFC 9728 section 2
   */
  resource_name?: string;
  /**
   * Developer documentation.
   *
   * @see RFC 9728 section 2
   */
  resource_documentation?: string;
  /**
   * How clients may use the data.
   *
   * @see RFC 9728 section 2
   */
  resource_policy_uri?: string;
  /**
   * Terms of service.
   *
   * @see RFC 9728 section 2
   */
  resource_tos_uri?: string;
  /**
   * Whether certificate-bound tokens are understood.
   *
   * @defaultValue false
   * @see RFC 9728 section 2
   */
  tls_client_certificate_bound_access_tokens?: boolean;
  /**
   * authorization_details types the resource understands.
   *
   * @see RFC 9728 section 2
   */
  authorization_details_types_supported?: string[];
  /**
   * Algorithms accepted on DPoP proofs presented to the resource.
   *
   * @see RFC 9728 section 2
   */
  dpop_signing_alg_values_supported?: string[];
  /**
   * Whether only DPoP-bound tokens are accepted.
   *
   * @defaultValue false
   * @see RFC 9728 section 2
   */
  dpop_bound_access_tokens_required?: boolean;
  /**
   * JWT bundling metadata values as claims, signed or MACed.
   *
   * @see RFC 9728 section 2.2
   */
  signed_metadata?: string;
  [variant: `resource_name#${string}`]: string;
  [variant: `resource_documentation#${string}`]: string;
  [variant: `resource_policy_uri#${string}`]: string;
  [variant: `resource_tos_uri#${string}`]: string;
  [other: string]: unknown;
}

/**
 * Metadata of an OAuth 2.0 protected resource (RFC 9728).
 *
 * Members this package does not know keep their wire names.
 */
export interface CamelCaseProtectedResourceMetadata {
  /**
   * Identifier of the protected resource.
   *
   * @see RFC 9728 section 2
   */
  resource: string;
  /**
   * Issuer identifiers of servers whose tokens the resource accepts; may be partial.
   *
   * Required with at least one entry by every MCP revision from 2025-06-18 on.
   *
   * @see RFC 9728 section 2
   */
  authorizationServers?: string[];
  /**
   * Public keys of the resource itself (for signed responses), not the keys that verify access tokens.
   *
   * @see RFC 9728 section 2
   */
  jwksUri?: string;
  /**
   * Scopes used in requests for access to this resource; may be partial.
   *
   * MCP 2025-11-25 and later read it as the minimal set for basic use; 2026-07-28 asks to keep offline_access out.
   *
   * Recommended.
   *
   * @see RFC 9728 section 2
   */
  scopesSupported?: string[];
  /**
   * Where a bearer token may be put.
   *
   * The one array member with a defined meaning for the empty array, although section 3.2 says parameters with zero values are dropped. MCP only ever uses header; query is forbidden by OAuth 2.1.
   *
   * @see RFC 9728 section 2
   */
  bearerMethodsSupported?: string[];
  /**
   * Algorithms the resource uses to sign its responses.
   *
   * @see RFC 9728 section 2
   */
  resourceSigningAlgValuesSupported?: string[];
  /**
   * Name to show to people.
   *
   * Recommended.
   *
   * @see RFC 9728 section 2
   */
  resourceName?: string;
  /**
   * Developer documentation.
   *
   * @see RFC 9728 section 2
   */
  resourceDocumentation?: string;
  /**
   * How clients may use the data.
   *
   * @see RFC 9728 section 2
   */
  resourcePolicyUri?: string;
  /**
   * Terms of service.
   *
   * @see RFC 9728 section 2
   */
  resourceTosUri?: string;
  /**
   * Whether certificate-bound tokens are understood.
   *
   * @defaultValue false
   * @see RFC 9728 section 2
   */
  tlsClientCertificateBoundAccessTokens?: boolean;
  /**
   * authorization_details types the resource understands.
   *
   * @see RFC 9728 section 2
   */
  authorizationDetailsTypesSupported?: string[];
  /**
   * Algorithms accepted on DPoP proofs presented to the resource.
   *
   * @see RFC 9728 section 2
   */
  dpopSigningAlgValuesSupported?: string[];
  /**
   * Whether only DPoP-bound tokens are accepted.
   *
   * @defaultValue false
   * @see RFC 9728 section 2
   */
  dpopBoundAccessTokensRequired?: boolean;
  /**
   * JWT bundling metadata values as claims, signed or MACed.
   *
   * @see RFC 9728 section 2.2
   */
  signedMetadata?: string;
  [variant: `resource_name#${string}`]: string;
  [variant: `resource_documentation#${string}`]: string;
  [variant: `resource_policy_uri#${string}`]: string;
  [variant: `resource_tos_uri#${string}`]: string;
  [other: `${string}_${string}`]: unknown;
}
