// Generated from src/sources by pnpm codegen. Do not edit.
import { rename, toCamelCase, toWire, type KeyMap } from '../../runtime/key-map.js';
import type {
  AuthorizationServerMetadata,
  CamelCaseAuthorizationServerMetadata,
} from '../types/authorization-server-metadata.js';
import type {
  OpenIDProviderMetadata,
  CamelCaseOpenIDProviderMetadata,
} from '../types/openid-provider-metadata.js';

export const endpointAliasesKeys: KeyMap = {
  names: [
    'authorization_endpoint',
    'token_endpoint',
    'registration_endpoint',
    'revocation_endpoint',
    'introspection_endpoint',
    'device_authorization_endpoint',
    'pushed_authorization_request_endpoint',
    'backchannel_authentication_endpoint',
    'federation_registration_endpoint',
    'authorization_challenge_endpoint',
    'challenge_endpoint',
    'global_token_revocation_endpoint',
    'status_list_aggregation_endpoint',
    'userinfo_endpoint',
    'end_session_endpoint',
  ],
  nested: {},
};

export const serverKeys: KeyMap = {
  names: [
    'issuer',
    'authorization_endpoint',
    'token_endpoint',
    'jwks_uri',
    'registration_endpoint',
    'scopes_supported',
    'response_types_supported',
    'response_modes_supported',
    'grant_types_supported',
    'token_endpoint_auth_methods_supported',
    'token_endpoint_auth_signing_alg_values_supported',
    'service_documentation',
    'ui_locales_supported',
    'op_policy_uri',
    'op_tos_uri',
    'revocation_endpoint',
    'revocation_endpoint_auth_methods_supported',
    'revocation_endpoint_auth_signing_alg_values_supported',
    'introspection_endpoint',
    'introspection_endpoint_auth_methods_supported',
    'introspection_endpoint_auth_signing_alg_values_supported',
    'code_challenge_methods_supported',
    'signed_metadata',
    'device_authorization_endpoint',
    'tls_client_certificate_bound_access_tokens',
    'mtls_endpoint_aliases',
    'nfv_token_signing_alg_values_supported',
    'nfv_token_encryption_alg_values_supported',
    'nfv_token_encryption_enc_values_supported',
    'require_signed_request_object',
    'pushed_authorization_request_endpoint',
    'require_pushed_authorization_requests',
    'introspection_signing_alg_values_supported',
    'introspection_encryption_alg_values_supported',
    'introspection_encryption_enc_values_supported',
    'authorization_response_iss_parameter_supported',
    'authorization_details_types_supported',
    'dpop_signing_alg_values_supported',
    'protected_resources',
    'authorization_signing_alg_values_supported',
    'authorization_encryption_alg_values_supported',
    'authorization_encryption_enc_values_supported',
    'backchannel_token_delivery_modes_supported',
    'backchannel_authentication_endpoint',
    'backchannel_authentication_request_signing_alg_values_supported',
    'backchannel_user_code_parameter_supported',
    'pre-authorized_grant_anonymous_access_supported',
    'native_sso_supported',
    'client_registration_types_supported',
    'federation_registration_endpoint',
    'signed_jwks_uri',
    'jwks',
    'organization_name',
    'display_name',
    'description',
    'keywords',
    'contacts',
    'logo_uri',
    'policy_uri',
    'information_uri',
    'organization_uri',
    'request_authentication_methods_supported',
    'request_authentication_signing_alg_values_supported',
    'client_id_metadata_document_supported',
    'authorization_grant_profiles_supported',
    'identity_chaining_requested_token_types_supported',
    'authorization_challenge_endpoint',
    'client_attestation_signing_alg_values_supported',
    'client_attestation_pop_signing_alg_values_supported',
    'challenge_endpoint',
    'global_token_revocation_endpoint',
    'status_list_aggregation_endpoint',
    'userinfo_endpoint',
    'acr_values_supported',
    'subject_types_supported',
    'id_token_signing_alg_values_supported',
    'id_token_encryption_alg_values_supported',
    'id_token_encryption_enc_values_supported',
    'userinfo_signing_alg_values_supported',
    'userinfo_encryption_alg_values_supported',
    'userinfo_encryption_enc_values_supported',
    'request_object_signing_alg_values_supported',
    'request_object_encryption_alg_values_supported',
    'request_object_encryption_enc_values_supported',
    'display_values_supported',
    'claim_types_supported',
    'claims_supported',
    'claims_locales_supported',
    'claims_parameter_supported',
    'request_parameter_supported',
    'request_uri_parameter_supported',
    'require_request_uri_registration',
    'check_session_iframe',
    'end_session_endpoint',
    'frontchannel_logout_supported',
    'frontchannel_logout_session_supported',
    'backchannel_logout_supported',
    'backchannel_logout_session_supported',
    'prompt_values_supported',
    'verified_claims_supported',
    'trust_frameworks_supported',
    'claims_in_verified_claims_supported',
    'evidence_supported',
    'documents_supported',
    'documents_methods_supported',
    'documents_check_methods_supported',
    'electronic_records_supported',
    'attachments_supported',
    'digest_algorithms_supported',
  ],
  nested: { mtls_endpoint_aliases: endpointAliasesKeys },
};

/**
 * Renames the members of AuthorizationServerMetadata to camelCase, into a new object; values are shared with the input.
 *
 * Unknown members and `name#language` variants keep their names. A member spelled like the camelCase form of a
 * registered one is left out: it would be mistaken for it. *Does not check* the document; parse it first.
 *
 * @throws MetadataError when it is not an object, or cannot be read
 * @see RFC 8414 section 2
 * @example
 * ```ts
 * import { parseAuthorizationServerMetadata, authorizationServerMetadataToCamelCase } from '@mcp-auth/schemas';
 *
 * export const read = (json: string) => authorizationServerMetadataToCamelCase(parseAuthorizationServerMetadata(JSON.parse(json)));
 * ```
 */
export const authorizationServerMetadataToCamelCase = (
  document: AuthorizationServerMetadata,
): CamelCaseAuthorizationServerMetadata =>
  rename(
    'authorization_server',
    document,
    serverKeys,
    toCamelCase,
  ) as unknown as CamelCaseAuthorizationServerMetadata;

/**
 * Renames the members of CamelCaseAuthorizationServerMetadata to their wire names, into a new object; values are shared with the input.
 *
 * The exact inverse of the other direction. Where a member is given under both names, the wire name wins.
 *
 * @throws MetadataError when it is not an object, or cannot be read
 * @see RFC 8414 section 2
 * @example
 * ```ts
 * import { authorizationServerMetadataToWire, type CamelCaseAuthorizationServerMetadata } from '@mcp-auth/schemas';
 *
 * export const write = (document: CamelCaseAuthorizationServerMetadata) => JSON.stringify(authorizationServerMetadataToWire(document));
 * ```
 */
export const authorizationServerMetadataToWire = (
  document: CamelCaseAuthorizationServerMetadata,
): AuthorizationServerMetadata =>
  rename('authorization_server', document, serverKeys, toWire) as unknown as AuthorizationServerMetadata;

/**
 * Renames the members of OpenIDProviderMetadata to camelCase, into a new object; values are shared with the input.
 *
 * Unknown members and `name#language` variants keep their names. A member spelled like the camelCase form of a
 * registered one is left out: it would be mistaken for it. *Does not check* the document; parse it first.
 *
 * @throws MetadataError when it is not an object, or cannot be read
 * @see OpenID Connect Discovery 1.0 section 3
 * @example
 * ```ts
 * import { parseOpenIDProviderMetadata, openIDProviderMetadataToCamelCase } from '@mcp-auth/schemas';
 *
 * export const read = (json: string) => openIDProviderMetadataToCamelCase(parseOpenIDProviderMetadata(JSON.parse(json)));
 * ```
 */
export const openIDProviderMetadataToCamelCase = (
  document: OpenIDProviderMetadata,
): CamelCaseOpenIDProviderMetadata =>
  rename('openid_provider', document, serverKeys, toCamelCase) as unknown as CamelCaseOpenIDProviderMetadata;

/**
 * Renames the members of CamelCaseOpenIDProviderMetadata to their wire names, into a new object; values are shared with the input.
 *
 * The exact inverse of the other direction. Where a member is given under both names, the wire name wins.
 *
 * @throws MetadataError when it is not an object, or cannot be read
 * @see OpenID Connect Discovery 1.0 section 3
 * @example
 * ```ts
 * import { openIDProviderMetadataToWire, type CamelCaseOpenIDProviderMetadata } from '@mcp-auth/schemas';
 *
 * export const write = (document: CamelCaseOpenIDProviderMetadata) => JSON.stringify(openIDProviderMetadataToWire(document));
 * ```
 */
export const openIDProviderMetadataToWire = (
  document: CamelCaseOpenIDProviderMetadata,
): OpenIDProviderMetadata =>
  rename('openid_provider', document, serverKeys, toWire) as unknown as OpenIDProviderMetadata;
