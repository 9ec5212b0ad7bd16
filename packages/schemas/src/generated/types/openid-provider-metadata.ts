// Generated from src/sources by pnpm codegen. Do not edit.

import type { EndpointAliases, CamelCaseEndpointAliases } from './authorization-server-metadata.js';

/** Metadata of an OpenID Provider (OpenID Connect Discovery 1.0). */
export interface OpenIDProviderMetadata {
  /**
   * Issuer identifier of the provider; must also equal iss in its ID Tokens.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  issuer: string;
  /**
   * Authorization endpoint.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  authorization_endpoint: string;
  /**
   * Token endpoint.
   *
   * Condition: required unless only the implicit flow is used.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  token_endpoint?: string;
  /**
   * UserInfo endpoint.
   *
   * Recommended.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  userinfo_endpoint?: string;
  /**
   * Key set of the provider.
   *
   * Optional in RFC 8414, required here: the most common difference between the two document kinds.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  jwks_uri: string;
  /**
   * Dynamic registration endpoint.
   *
   * Recommended.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  registration_endpoint?: string;
  /**
   * Scopes; openid must be supported.
   *
   * Recommended.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  scopes_supported?: string[];
  /**
   * Response types; dynamic providers must support code, id_token and id_token token.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  response_types_supported: string[];
  /**
   * Response modes.
   *
   * @defaultValue ["query","fragment"]
   * @see OpenID Connect Discovery 1.0 section 3
   */
  response_modes_supported?: string[];
  /**
   * Grant types.
   *
   * @defaultValue ["authorization_code","implicit"]
   * @see OpenID Connect Discovery 1.0 section 3
   */
  grant_types_supported?: string[];
  /**
   * Authentication context class references.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  acr_values_supported?: string[];
  /**
   * Subject identifier types.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  subject_types_supported: string[];
  /**
   * Algorithms used to sign ID Tokens.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  id_token_signing_alg_values_supported: string[];
  /**
   * Key management algorithms for ID Tokens.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  id_token_encryption_alg_values_supported?: string[];
  /**
   * Content encryption algorithms for ID Tokens.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  id_token_encryption_enc_values_supported?: string[];
  /**
   * Signing algorithms for UserInfo responses.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  userinfo_signing_alg_values_supported?: string[];
  /**
   * Key management algorithms for UserInfo responses.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  userinfo_encryption_alg_values_supported?: string[];
  /**
   * Content encryption algorithms for UserInfo responses.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  userinfo_encryption_enc_values_supported?: string[];
  /**
   * Signing algorithms for request objects.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  request_object_signing_alg_values_supported?: string[];
  /**
   * Key management algorithms for request objects.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  request_object_encryption_alg_values_supported?: string[];
  /**
   * Content encryption algorithms for request objects.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  request_object_encryption_enc_values_supported?: string[];
  /**
   * Client authentication methods.
   *
   * @defaultValue ["client_secret_basic"]
   * @see OpenID Connect Discovery 1.0 section 3
   */
  token_endpoint_auth_methods_supported?: string[];
  /**
   * Algorithms accepted on the client assertion.
   *
   * Unlike RFC 8414, presence is not tied to the assertion methods here.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  token_endpoint_auth_signing_alg_values_supported?: string[];
  /**
   * display values.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  display_values_supported?: string[];
  /**
   * Claim types.
   *
   * @defaultValue ["normal"]
   * @see OpenID Connect Discovery 1.0 section 3
   */
  claim_types_supported?: string[];
  /**
   * Claims the provider may supply; may be partial.
   *
   * Recommended.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  claims_supported?: string[];
  /**
   * Developer documentation.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  service_documentation?: string;
  /**
   * Languages for claim values, BCP 47.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  claims_locales_supported?: string[];
  /**
   * Languages for the user interface, BCP 47.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  ui_locales_supported?: string[];
  /**
   * Whether the claims request parameter works.
   *
   * @defaultValue false
   * @see OpenID Connect Discovery 1.0 section 3
   */
  claims_parameter_supported?: boolean;
  /**
   * Whether request objects by value work.
   *
   * @defaultValue false
   * @see OpenID Connect Discovery 1.0 section 3
   */
  request_parameter_supported?: boolean;
  /**
   * Whether request objects by reference work.
   *
   * The one boolean whose absence means true.
   *
   * @defaultValue true
   * @see OpenID Connect Discovery 1.0 section 3
   */
  request_uri_parameter_supported?: boolean;
  /**
   * Whether request URIs must be registered first.
   *
   * @defaultValue false
   * @see OpenID Connect Discovery 1.0 section 3
   */
  require_request_uri_registration?: boolean;
  /**
   * Policy page for those who register clients.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  op_policy_uri?: string;
  /**
   * Terms page for those who register clients.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  op_tos_uri?: string;
  /**
   * Page that answers session state by postMessage.
   *
   * Condition: required when session management is supported.
   *
   * @see OpenID Connect Session Management 1.0 section 3.3
   */
  check_session_iframe?: string;
  /**
   * Where a relying party sends the user to log out.
   *
   * Condition: required when RP-initiated logout is supported.
   *
   * @see OpenID Connect RP-Initiated Logout 1.0 section 2.1
   */
  end_session_endpoint?: string;
  /**
   * Front-channel logout support.
   *
   * @defaultValue false
   * @see OpenID Connect Front-Channel Logout 1.0 section 3
   */
  frontchannel_logout_supported?: boolean;
  /**
   * Whether iss and sid go into the logout URL.
   *
   * @defaultValue false
   * @see OpenID Connect Front-Channel Logout 1.0 section 3
   */
  frontchannel_logout_session_supported?: boolean;
  /**
   * Back-channel logout support.
   *
   * @defaultValue false
   * @see OpenID Connect Back-Channel Logout 1.0 section 2.1
   */
  backchannel_logout_supported?: boolean;
  /**
   * Whether sid is included in logout tokens.
   *
   * @defaultValue false
   * @see OpenID Connect Back-Channel Logout 1.0 section 2.1
   */
  backchannel_logout_session_supported?: boolean;
  /**
   * prompt values accepted, e.g. create.
   *
   * @see Initiating User Registration via OpenID Connect 1.0 section 4.1
   */
  prompt_values_supported?: string[];
  /**
   * Whether verified_claims can be returned.
   *
   * Condition: required when identity assurance is supported.
   *
   * @see OpenID Identity Assurance Schema / IDA section 8
   */
  verified_claims_supported?: boolean;
  /**
   * Trust frameworks in use.
   *
   * Condition: required with verified_claims_supported.
   *
   * @see IDA section 8
   */
  trust_frameworks_supported?: string[];
  /**
   * Claims that can appear verified.
   *
   * Condition: required with verified_claims_supported.
   *
   * @see IDA section 8
   */
  claims_in_verified_claims_supported?: string[];
  /**
   * Kinds of evidence.
   *
   * Condition: required when evidence is delivered.
   *
   * @see IDA section 8
   */
  evidence_supported?: string[];
  /**
   * Document types.
   *
   * Condition: required when evidence holds document.
   *
   * @see IDA section 8
   */
  documents_supported?: string[];
  /**
   * Document verification methods.
   *
   * @see IDA section 8
   */
  documents_methods_supported?: string[];
  /**
   * Document check methods.
   *
   * @see IDA section 8
   */
  documents_check_methods_supported?: string[];
  /**
   * Electronic record types.
   *
   * Condition: required when evidence holds electronic_record.
   *
   * @see IDA section 8
   */
  electronic_records_supported?: string[];
  /**
   * How attachments are delivered.
   *
   * Condition: required when attachments are supported.
   *
   * @see IDA section 8
   */
  attachments_supported?: string[];
  /**
   * Digest algorithms for external attachments; sha-256 must be included.
   *
   * Condition: required when external attachments are supported.
   *
   * @see IDA section 8
   */
  digest_algorithms_supported?: string[];
  /**
   * Token revocation (RFC 7009).
   *
   * @see RFC 8414 section 2
   */
  revocation_endpoint?: string;
  /**
   * Client authentication methods at the revocation endpoint.
   *
   * @defaultValue ["client_secret_basic"]
   * @see RFC 8414 section 2
   */
  revocation_endpoint_auth_methods_supported?: string[];
  /**
   * Algorithms accepted on the client assertion at the revocation endpoint.
   *
   * @see RFC 8414 section 2
   */
  revocation_endpoint_auth_signing_alg_values_supported?: string[];
  /**
   * Token introspection (RFC 7662).
   *
   * @see RFC 8414 section 2
   */
  introspection_endpoint?: string;
  /**
   * How callers authenticate at the introspection endpoint; may list client authentication methods and also access token types such as Bearer.
   *
   * No default: absence says nothing and the caller must learn it elsewhere.
   *
   * @see RFC 8414 section 2
   */
  introspection_endpoint_auth_methods_supported?: string[];
  /**
   * Algorithms accepted on the client assertion at the introspection endpoint.
   *
   * @see RFC 8414 section 2
   */
  introspection_endpoint_auth_signing_alg_values_supported?: string[];
  /**
   * PKCE challenge methods.
   *
   * Absence means no PKCE. MCP revisions from 2025-11-25 on make it required, in OpenID Provider documents too.
   *
   * @see RFC 8414 section 2
   */
  code_challenge_methods_supported?: string[];
  /**
   * JWT bundling metadata values as claims, signed or MACed.
   *
   * @see RFC 8414 section 2.1
   */
  signed_metadata?: string;
  /**
   * Device authorization endpoint.
   *
   * @see RFC 8628 section 4
   */
  device_authorization_endpoint?: string;
  /**
   * Whether certificate-bound access tokens can be issued.
   *
   * @defaultValue false
   * @see RFC 8705 section 3.3
   */
  tls_client_certificate_bound_access_tokens?: boolean;
  /**
   * Alternative URLs of endpoints for clients that do mutual TLS.
   *
   * @see RFC 8705 section 5
   */
  mtls_endpoint_aliases?: EndpointAliases;
  /**
   * Signing algorithms for NFV tokens.
   *
   * @see ETSI GS NFV-SEC 022
   */
  nfv_token_signing_alg_values_supported?: string[];
  /**
   * Key management algorithms for NFV tokens.
   *
   * @see ETSI GS NFV-SEC 022
   */
  nfv_token_encryption_alg_values_supported?: string[];
  /**
   * Content encryption algorithms for NFV tokens.
   *
   * @see ETSI GS NFV-SEC 022
   */
  nfv_token_encryption_enc_values_supported?: string[];
  /**
   * Whether authorization requests must be signed request objects.
   *
   * @defaultValue false
   * @see RFC 9101 section 10.5
   */
  require_signed_request_object?: boolean;
  /**
   * Where authorization requests are pushed.
   *
   * @see RFC 9126 section 5
   */
  pushed_authorization_request_endpoint?: string;
  /**
   * Whether only pushed requests are accepted.
   *
   * @defaultValue false
   * @see RFC 9126 section 5
   */
  require_pushed_authorization_requests?: boolean;
  /**
   * Algorithms used to sign JWT introspection responses.
   *
   * @see RFC 9701 section 7
   */
  introspection_signing_alg_values_supported?: string[];
  /**
   * Key management algorithms for encrypted introspection responses.
   *
   * @see RFC 9701 section 7
   */
  introspection_encryption_alg_values_supported?: string[];
  /**
   * Content encryption algorithms for encrypted introspection responses.
   *
   * @see RFC 9701 section 7
   */
  introspection_encryption_enc_values_supported?: string[];
  /**
   * Whether every authorization response carries iss.
   *
   * MCP 2026-07-28 makes it required (true) for a server that emits iss.
   *
   * @defaultValue false
   * @see RFC 9207 section 3
   */
  authorization_response_iss_parameter_supported?: boolean;
  /**
   * authorization_details type values accepted.
   *
   * @see RFC 9396 section 10
   */
  authorization_details_types_supported?: string[];
  /**
   * Algorithms accepted on DPoP proofs.
   *
   * Required by the MCP DPoP extension for servers that support DPoP.
   *
   * @see RFC 9449 section 5.1
   */
  dpop_signing_alg_values_supported?: string[];
  /**
   * Resource identifiers this server can issue tokens for; may be partial.
   *
   * When the resource lists its servers and the server lists its resources, consumers should cross-check the two.
   *
   * @see RFC 9728 section 4
   */
  protected_resources?: string[];
  /**
   * Algorithms used to sign JWT authorization responses.
   *
   * @see JARM section 4
   */
  authorization_signing_alg_values_supported?: string[];
  /**
   * Key management algorithms for encrypted authorization responses.
   *
   * @see JARM section 4
   */
  authorization_encryption_alg_values_supported?: string[];
  /**
   * Content encryption algorithms for encrypted authorization responses.
   *
   * @see JARM section 4
   */
  authorization_encryption_enc_values_supported?: string[];
  /**
   * Ways tokens are delivered after decoupled authentication.
   *
   * @see CIBA Core section 4
   */
  backchannel_token_delivery_modes_supported?: string[];
  /**
   * Where a decoupled authentication request is started.
   *
   * @see CIBA Core section 4
   */
  backchannel_authentication_endpoint?: string;
  /**
   * Algorithms accepted on signed backchannel requests; absent means signed requests are not supported.
   *
   * @see CIBA Core section 4
   */
  backchannel_authentication_request_signing_alg_values_supported?: string[];
  /**
   * Whether user_code may be sent.
   *
   * @defaultValue false
   * @see CIBA Core section 4
   */
  backchannel_user_code_parameter_supported?: boolean;
  /**
   * Whether the pre-authorized code grant works without a client_id.
   *
   * The name holds hyphens; do not turn names into identifiers blindly when generating code.
   *
   * @defaultValue false
   * @see OpenID4VCI section 12.3
   */
  'pre-authorized_grant_anonymous_access_supported'?: boolean;
  /**
   * Whether native SSO between apps of one vendor is supported.
   *
   * @defaultValue false
   * @see OpenID Connect Native SSO
   */
  native_sso_supported?: boolean;
  /**
   * Federation registration types (automatic, explicit).
   *
   * @see OpenID Federation section 5.1.3
   */
  client_registration_types_supported?: string[];
  /**
   * Explicit registration endpoint.
   *
   * @see OpenID Federation section 5.1.3
   */
  federation_registration_endpoint?: string;
  /**
   * Location of the key set wrapped in a signed JWT.
   *
   * @see OpenID Federation section 5.2.1
   */
  signed_jwks_uri?: string;
  /**
   * Key set by value.
   *
   * @see OpenID Federation section 5.2.1
   */
  jwks?: { [member: string]: unknown };
  /**
   * Name of the organization behind the entity.
   *
   * @see OpenID Federation section 5.2.2
   */
  organization_name?: string;
  /**
   * Name to show to people.
   *
   * @see OpenID Federation section 5.2.2
   */
  display_name?: string;
  /**
   * Short description of the entity.
   *
   * @see OpenID Federation section 5.2.2
   */
  description?: string;
  /**
   * Search terms.
   *
   * @see OpenID Federation section 5.2.2
   */
  keywords?: string[];
  /**
   * People to contact, mostly e-mail addresses.
   *
   * @see OpenID Federation section 5.2.2
   */
  contacts?: string[];
  /**
   * Logo.
   *
   * @see OpenID Federation section 5.2.2
   */
  logo_uri?: string;
  /**
   * Policy page.
   *
   * @see OpenID Federation section 5.2.2
   */
  policy_uri?: string;
  /**
   * Information page.
   *
   * @see OpenID Federation section 5.2.2
   */
  information_uri?: string;
  /**
   * Home page of the organization.
   *
   * @see OpenID Federation section 5.2.2
   */
  organization_uri?: string;
  /**
   * How automatic registration requests may be authenticated, per endpoint.
   *
   * @see OpenID Federation section 5.1.3
   */
  request_authentication_methods_supported?: { [member: string]: unknown };
  /**
   * Algorithms accepted on those requests.
   *
   * @see OpenID Federation section 5.1.3
   */
  request_authentication_signing_alg_values_supported?: string[];
  /**
   * Whether a URL may be used as client_id and is resolved to a client metadata document.
   *
   * MCP 2025-11-25 and later rely on it. A server that publishes metadata and supports the feature must send it.
   *
   * @defaultValue false
   * @see draft-ietf-oauth-client-id-metadata-document section 5
   */
  client_id_metadata_document_supported?: boolean;
  /**
   * Profiles of the JWT bearer grant that are supported, e.g. the identity assertion grant.
   *
   * @see draft-ietf-oauth-identity-assertion-authz-grant section 7
   */
  authorization_grant_profiles_supported?: string[];
  /**
   * Token types that can be asked for in a cross-domain token exchange.
   *
   * @see draft-ietf-oauth-identity-chaining
   */
  identity_chaining_requested_token_types_supported?: string[];
  /**
   * Endpoint for browserless first-party authorization.
   *
   * @see draft-ietf-oauth-first-party-apps
   */
  authorization_challenge_endpoint?: string;
  /**
   * Algorithms accepted on client attestations.
   *
   * @see draft-ietf-oauth-attestation-based-client-auth
   */
  client_attestation_signing_alg_values_supported?: string[];
  /**
   * Algorithms accepted on attestation proofs.
   *
   * @see draft-ietf-oauth-attestation-based-client-auth
   */
  client_attestation_pop_signing_alg_values_supported?: string[];
  /**
   * Where a fresh challenge can be fetched.
   *
   * @see draft-ietf-oauth-attestation-based-client-auth
   */
  challenge_endpoint?: string;
  /**
   * Endpoint that revokes every token of a subject.
   *
   * @see draft-parecki-oauth-global-token-revocation
   */
  global_token_revocation_endpoint?: string;
  /**
   * Index of status lists of the issuer.
   *
   * @see Token Status List (draft-ietf-oauth-status-list)
   */
  status_list_aggregation_endpoint?: string;
  [variant: `organization_name#${string}`]: string;
  [variant: `display_name#${string}`]: string;
  [variant: `description#${string}`]: string;
  [variant: `keywords#${string}`]: string[];
  [variant: `contacts#${string}`]: string[];
  [variant: `logo_uri#${string}`]: string;
  [variant: `policy_uri#${string}`]: string;
  [variant: `information_uri#${string}`]: string;
  [variant: `organization_uri#${string}`]: string;
  [other: string]: unknown;
}

/**
 * Metadata of an OpenID Provider (OpenID Connect Discovery 1.0).
 *
 * Members this package does not know keep their wire names.
 */
export interface CamelCaseOpenIDProviderMetadata {
  /**
   * Issuer identifier of the provider; must also equal iss in its ID Tokens.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  issuer: string;
  /**
   * Authorization endpoint.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  authorizationEndpoint: string;
  /**
   * Token endpoint.
   *
   * Condition: required unless only the implicit flow is used.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  tokenEndpoint?: string;
  /**
   * UserInfo endpoint.
   *
   * Recommended.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  userinfoEndpoint?: string;
  /**
   * Key set of the provider.
   *
   * Optional in RFC 8414, required here: the most common difference between the two document kinds.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  jwksUri: string;
  /**
   * Dynamic registration endpoint.
   *
   * Recommended.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  registrationEndpoint?: string;
  /**
   * Scopes; openid must be supported.
   *
   * Recommended.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  scopesSupported?: string[];
  /**
   * Response types; dynamic providers must support code, id_token and id_token token.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  responseTypesSupported: string[];
  /**
   * Response modes.
   *
   * @defaultValue ["query","fragment"]
   * @see OpenID Connect Discovery 1.0 section 3
   */
  responseModesSupported?: string[];
  /**
   * Grant types.
   *
   * @defaultValue ["authorization_code","implicit"]
   * @see OpenID Connect Discovery 1.0 section 3
   */
  grantTypesSupported?: string[];
  /**
   * Authentication context class references.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  acrValuesSupported?: string[];
  /**
   * Subject identifier types.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  subjectTypesSupported: string[];
  /**
   * Algorithms used to sign ID Tokens.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  idTokenSigningAlgValuesSupported: string[];
  /**
   * Key management algorithms for ID Tokens.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  idTokenEncryptionAlgValuesSupported?: string[];
  /**
   * Content encryption algorithms for ID Tokens.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  idTokenEncryptionEncValuesSupported?: string[];
  /**
   * Signing algorithms for UserInfo responses.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  userinfoSigningAlgValuesSupported?: string[];
  /**
   * Key management algorithms for UserInfo responses.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  userinfoEncryptionAlgValuesSupported?: string[];
  /**
   * Content encryption algorithms for UserInfo responses.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  userinfoEncryptionEncValuesSupported?: string[];
  /**
   * Signing algorithms for request objects.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  requestObjectSigningAlgValuesSupported?: string[];
  /**
   * Key management algorithms for request objects.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  requestObjectEncryptionAlgValuesSupported?: string[];
  /**
   * Content encryption algorithms for request objects.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  requestObjectEncryptionEncValuesSupported?: string[];
  /**
   * Client authentication methods.
   *
   * @defaultValue ["client_secret_basic"]
   * @see OpenID Connect Discovery 1.0 section 3
   */
  tokenEndpointAuthMethodsSupported?: string[];
  /**
   * Algorithms accepted on the client assertion.
   *
   * Unlike RFC 8414, presence is not tied to the assertion methods here.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  tokenEndpointAuthSigningAlgValuesSupported?: string[];
  /**
   * display values.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  displayValuesSupported?: string[];
  /**
   * Claim types.
   *
   * @defaultValue ["normal"]
   * @see OpenID Connect Discovery 1.0 section 3
   */
  claimTypesSupported?: string[];
  /**
   * Claims the provider may supply; may be partial.
   *
   * Recommended.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  claimsSupported?: string[];
  /**
   * Developer documentation.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  serviceDocumentation?: string;
  /**
   * Languages for claim values, BCP 47.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  claimsLocalesSupported?: string[];
  /**
   * Languages for the user interface, BCP 47.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  uiLocalesSupported?: string[];
  /**
   * Whether the claims request parameter works.
   *
   * @defaultValue false
   * @see OpenID Connect Discovery 1.0 section 3
   */
  claimsParameterSupported?: boolean;
  /**
   * Whether request objects by value work.
   *
   * @defaultValue false
   * @see OpenID Connect Discovery 1.0 section 3
   */
  requestParameterSupported?: boolean;
  /**
   * Whether request objects by reference work.
   *
   * The one boolean whose absence means true.
   *
   * @defaultValue true
   * @see OpenID Connect Discovery 1.0 section 3
   */
  requestUriParameterSupported?: boolean;
  /**
   * Whether request URIs must be registered first.
   *
   * @defaultValue false
   * @see OpenID Connect Discovery 1.0 section 3
   */
  requireRequestUriRegistration?: boolean;
  /**
   * Policy page for those who register clients.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  opPolicyUri?: string;
  /**
   * Terms page for those who register clients.
   *
   * @see OpenID Connect Discovery 1.0 section 3
   */
  opTosUri?: string;
  /**
   * Page that answers session state by postMessage.
   *
   * Condition: required when session management is supported.
   *
   * @see OpenID Connect Session Management 1.0 section 3.3
   */
  checkSessionIframe?: string;
  /**
   * Where a relying party sends the user to log out.
   *
   * Condition: required when RP-initiated logout is supported.
   *
   * @see OpenID Connect RP-Initiated Logout 1.0 section 2.1
   */
  endSessionEndpoint?: string;
  /**
   * Front-channel logout support.
   *
   * @defaultValue false
   * @see OpenID Connect Front-Channel Logout 1.0 section 3
   */
  frontchannelLogoutSupported?: boolean;
  /**
   * Whether iss and sid go into the logout URL.
   *
   * @defaultValue false
   * @see OpenID Connect Front-Channel Logout 1.0 section 3
   */
  frontchannelLogoutSessionSupported?: boolean;
  /**
   * Back-channel logout support.
   *
   * @defaultValue false
   * @see OpenID Connect Back-Channel Logout 1.0 section 2.1
   */
  backchannelLogoutSupported?: boolean;
  /**
   * Whether sid is included in logout tokens.
   *
   * @defaultValue false
   * @see OpenID Connect Back-Channel Logout 1.0 section 2.1
   */
  backchannelLogoutSessionSupported?: boolean;
  /**
   * prompt values accepted, e.g. create.
   *
   * @see Initiating User Registration via OpenID Connect 1.0 section 4.1
   */
  promptValuesSupported?: string[];
  /**
   * Whether verified_claims can be returned.
   *
   * Condition: required when identity assurance is supported.
   *
   * @see OpenID Identity Assurance Schema / IDA section 8
   */
  verifiedClaimsSupported?: boolean;
  /**
   * Trust frameworks in use.
   *
   * Condition: required with verified_claims_supported.
   *
   * @see IDA section 8
   */
  trustFrameworksSupported?: string[];
  /**
   * Claims that can appear verified.
   *
   * Condition: required with verified_claims_supported.
   *
   * @see IDA section 8
   */
  claimsInVerifiedClaimsSupported?: string[];
  /**
   * Kinds of evidence.
   *
   * Condition: required when evidence is delivered.
   *
   * @see IDA section 8
   */
  evidenceSupported?: string[];
  /**
   * Document types.
   *
   * Condition: required when evidence holds document.
   *
   * @see IDA section 8
   */
  documentsSupported?: string[];
  /**
   * Document verification methods.
   *
   * @see IDA section 8
   */
  documentsMethodsSupported?: string[];
  /**
   * Document check methods.
   *
   * @see IDA section 8
   */
  documentsCheckMethodsSupported?: string[];
  /**
   * Electronic record types.
   *
   * Condition: required when evidence holds electronic_record.
   *
   * @see IDA section 8
   */
  electronicRecordsSupported?: string[];
  /**
   * How attachments are delivered.
   *
   * Condition: required when attachments are supported.
   *
   * @see IDA section 8
   */
  attachmentsSupported?: string[];
  /**
   * Digest algorithms for external attachments; sha-256 must be included.
   *
   * Condition: required when external attachments are supported.
   *
   * @see IDA section 8
   */
  digestAlgorithmsSupported?: string[];
  /**
   * Token revocation (RFC 7009).
   *
   * @see RFC 8414 section 2
   */
  revocationEndpoint?: string;
  /**
   * Client authentication methods at the revocation endpoint.
   *
   * @defaultValue ["client_secret_basic"]
   * @see RFC 8414 section 2
   */
  revocationEndpointAuthMethodsSupported?: string[];
  /**
   * Algorithms accepted on the client assertion at the revocation endpoint.
   *
   * @see RFC 8414 section 2
   */
  revocationEndpointAuthSigningAlgValuesSupported?: string[];
  /**
   * Token introspection (RFC 7662).
   *
   * @see RFC 8414 section 2
   */
  introspectionEndpoint?: string;
  /**
   * How callers authenticate at the introspection endpoint; may list client authentication methods and also access token types such as Bearer.
   *
   * No default: absence says nothing and the caller must learn it elsewhere.
   *
   * @see RFC 8414 section 2
   */
  introspectionEndpointAuthMethodsSupported?: string[];
  /**
   * Algorithms accepted on the client assertion at the introspection endpoint.
   *
   * @see RFC 8414 section 2
   */
  introspectionEndpointAuthSigningAlgValuesSupported?: string[];
  /**
   * PKCE challenge methods.
   *
   * Absence means no PKCE. MCP revisions from 2025-11-25 on make it required, in OpenID Provider documents too.
   *
   * @see RFC 8414 section 2
   */
  codeChallengeMethodsSupported?: string[];
  /**
   * JWT bundling metadata values as claims, signed or MACed.
   *
   * @see RFC 8414 section 2.1
   */
  signedMetadata?: string;
  /**
   * Device authorization endpoint.
   *
   * @see RFC 8628 section 4
   */
  deviceAuthorizationEndpoint?: string;
  /**
   * Whether certificate-bound access tokens can be issued.
   *
   * @defaultValue false
   * @see RFC 8705 section 3.3
   */
  tlsClientCertificateBoundAccessTokens?: boolean;
  /**
   * Alternative URLs of endpoints for clients that do mutual TLS.
   *
   * @see RFC 8705 section 5
   */
  mtlsEndpointAliases?: CamelCaseEndpointAliases;
  /**
   * Signing algorithms for NFV tokens.
   *
   * @see ETSI GS NFV-SEC 022
   */
  nfvTokenSigningAlgValuesSupported?: string[];
  /**
   * Key management algorithms for NFV tokens.
   *
   * @see ETSI GS NFV-SEC 022
   */
  nfvTokenEncryptionAlgValuesSupported?: string[];
  /**
   * Content encryption algorithms for NFV tokens.
   *
   * @see ETSI GS NFV-SEC 022
   */
  nfvTokenEncryptionEncValuesSupported?: string[];
  /**
   * Whether authorization requests must be signed request objects.
   *
   * @defaultValue false
   * @see RFC 9101 section 10.5
   */
  requireSignedRequestObject?: boolean;
  /**
   * Where authorization requests are pushed.
   *
   * @see RFC 9126 section 5
   */
  pushedAuthorizationRequestEndpoint?: string;
  /**
   * Whether only pushed requests are accepted.
   *
   * @defaultValue false
   * @see RFC 9126 section 5
   */
  requirePushedAuthorizationRequests?: boolean;
  /**
   * Algorithms used to sign JWT introspection responses.
   *
   * @see RFC 9701 section 7
   */
  introspectionSigningAlgValuesSupported?: string[];
  /**
   * Key management algorithms for encrypted introspection responses.
   *
   * @see RFC 9701 section 7
   */
  introspectionEncryptionAlgValuesSupported?: string[];
  /**
   * Content encryption algorithms for encrypted introspection responses.
   *
   * @see RFC 9701 section 7
   */
  introspectionEncryptionEncValuesSupported?: string[];
  /**
   * Whether every authorization response carries iss.
   *
   * MCP 2026-07-28 makes it required (true) for a server that emits iss.
   *
   * @defaultValue false
   * @see RFC 9207 section 3
   */
  authorizationResponseIssParameterSupported?: boolean;
  /**
   * authorization_details type values accepted.
   *
   * @see RFC 9396 section 10
   */
  authorizationDetailsTypesSupported?: string[];
  /**
   * Algorithms accepted on DPoP proofs.
   *
   * Required by the MCP DPoP extension for servers that support DPoP.
   *
   * @see RFC 9449 section 5.1
   */
  dpopSigningAlgValuesSupported?: string[];
  /**
   * Resource identifiers this server can issue tokens for; may be partial.
   *
   * When the resource lists its servers and the server lists its resources, consumers should cross-check the two.
   *
   * @see RFC 9728 section 4
   */
  protectedResources?: string[];
  /**
   * Algorithms used to sign JWT authorization responses.
   *
   * @see JARM section 4
   */
  authorizationSigningAlgValuesSupported?: string[];
  /**
   * Key management algorithms for encrypted authorization responses.
   *
   * @see JARM section 4
   */
  authorizationEncryptionAlgValuesSupported?: string[];
  /**
   * Content encryption algorithms for encrypted authorization responses.
   *
   * @see JARM section 4
   */
  authorizationEncryptionEncValuesSupported?: string[];
  /**
   * Ways tokens are delivered after decoupled authentication.
   *
   * @see CIBA Core section 4
   */
  backchannelTokenDeliveryModesSupported?: string[];
  /**
   * Where a decoupled authentication request is started.
   *
   * @see CIBA Core section 4
   */
  backchannelAuthenticationEndpoint?: string;
  /**
   * Algorithms accepted on signed backchannel requests; absent means signed requests are not supported.
   *
   * @see CIBA Core section 4
   */
  backchannelAuthenticationRequestSigningAlgValuesSupported?: string[];
  /**
   * Whether user_code may be sent.
   *
   * @defaultValue false
   * @see CIBA Core section 4
   */
  backchannelUserCodeParameterSupported?: boolean;
  /**
   * Whether the pre-authorized code grant works without a client_id.
   *
   * The name holds hyphens; do not turn names into identifiers blindly when generating code.
   *
   * @defaultValue false
   * @see OpenID4VCI section 12.3
   */
  preAuthorizedGrantAnonymousAccessSupported?: boolean;
  /**
   * Whether native SSO between apps of one vendor is supported.
   *
   * @defaultValue false
   * @see OpenID Connect Native SSO
   */
  nativeSsoSupported?: boolean;
  /**
   * Federation registration types (automatic, explicit).
   *
   * @see OpenID Federation section 5.1.3
   */
  clientRegistrationTypesSupported?: string[];
  /**
   * Explicit registration endpoint.
   *
   * @see OpenID Federation section 5.1.3
   */
  federationRegistrationEndpoint?: string;
  /**
   * Location of the key set wrapped in a signed JWT.
   *
   * @see OpenID Federation section 5.2.1
   */
  signedJwksUri?: string;
  /**
   * Key set by value.
   *
   * @see OpenID Federation section 5.2.1
   */
  jwks?: { [member: string]: unknown };
  /**
   * Name of the organization behind the entity.
   *
   * @see OpenID Federation section 5.2.2
   */
  organizationName?: string;
  /**
   * Name to show to people.
   *
   * @see OpenID Federation section 5.2.2
   */
  displayName?: string;
  /**
   * Short description of the entity.
   *
   * @see OpenID Federation section 5.2.2
   */
  description?: string;
  /**
   * Search terms.
   *
   * @see OpenID Federation section 5.2.2
   */
  keywords?: string[];
  /**
   * People to contact, mostly e-mail addresses.
   *
   * @see OpenID Federation section 5.2.2
   */
  contacts?: string[];
  /**
   * Logo.
   *
   * @see OpenID Federation section 5.2.2
   */
  logoUri?: string;
  /**
   * Policy page.
   *
   * @see OpenID Federation section 5.2.2
   */
  policyUri?: string;
  /**
   * Information page.
   *
   * @see OpenID Federation section 5.2.2
   */
  informationUri?: string;
  /**
   * Home page of the organization.
   *
   * @see OpenID Federation section 5.2.2
   */
  organizationUri?: string;
  /**
   * How automatic registration requests may be authenticated, per endpoint.
   *
   * @see OpenID Federation section 5.1.3
   */
  requestAuthenticationMethodsSupported?: { [member: string]: unknown };
  /**
   * Algorithms accepted on those requests.
   *
   * @see OpenID Federation section 5.1.3
   */
  requestAuthenticationSigningAlgValuesSupported?: string[];
  /**
   * Whether a URL may be used as client_id and is resolved to a client metadata document.
   *
   * MCP 2025-11-25 and later rely on it. A server that publishes metadata and supports the feature must send it.
   *
   * @defaultValue false
   * @see draft-ietf-oauth-client-id-metadata-document section 5
   */
  clientIdMetadataDocumentSupported?: boolean;
  /**
   * Profiles of the JWT bearer grant that are supported, e.g. the identity assertion grant.
   *
   * @see draft-ietf-oauth-identity-assertion-authz-grant section 7
   */
  authorizationGrantProfilesSupported?: string[];
  /**
   * Token types that can be asked for in a cross-domain token exchange.
   *
   * @see draft-ietf-oauth-identity-chaining
   */
  identityChainingRequestedTokenTypesSupported?: string[];
  /**
   * Endpoint for browserless first-party authorization.
   *
   * @see draft-ietf-oauth-first-party-apps
   */
  authorizationChallengeEndpoint?: string;
  /**
   * Algorithms accepted on client attestations.
   *
   * @see draft-ietf-oauth-attestation-based-client-auth
   */
  clientAttestationSigningAlgValuesSupported?: string[];
  /**
   * Algorithms accepted on attestation proofs.
   *
   * @see draft-ietf-oauth-attestation-based-client-auth
   */
  clientAttestationPopSigningAlgValuesSupported?: string[];
  /**
   * Where a fresh challenge can be fetched.
   *
   * @see draft-ietf-oauth-attestation-based-client-auth
   */
  challengeEndpoint?: string;
  /**
   * Endpoint that revokes every token of a subject.
   *
   * @see draft-parecki-oauth-global-token-revocation
   */
  globalTokenRevocationEndpoint?: string;
  /**
   * Index of status lists of the issuer.
   *
   * @see Token Status List (draft-ietf-oauth-status-list)
   */
  statusListAggregationEndpoint?: string;
  [variant: `organization_name#${string}`]: string;
  [variant: `display_name#${string}`]: string;
  [variant: `description#${string}`]: string;
  [variant: `keywords#${string}`]: string[];
  [variant: `contacts#${string}`]: string[];
  [variant: `logo_uri#${string}`]: string;
  [variant: `policy_uri#${string}`]: string;
  [variant: `information_uri#${string}`]: string;
  [variant: `organization_uri#${string}`]: string;
  [other: `${string}_${string}`]: unknown;
}
