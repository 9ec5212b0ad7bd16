// Generated from src/sources by pnpm codegen. Do not edit.
import { flag, jws, missing, object, strings, text, url } from '../../runtime/checks.js';
import type { Issue } from '../../runtime/issue.js';
import { accept } from '../../runtime/metadata-error.js';
import { validate, type Members, type Report } from '../../runtime/report.js';
import type { AuthorizationServerMetadata } from '../types/authorization-server-metadata.js';
import type { OpenIDProviderMetadata } from '../types/openid-provider-metadata.js';

function checkEndpointAliases(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o.authorization_endpoint) !== undefined) url(v, 'authorization_endpoint', r);
  if ((v = o.token_endpoint) !== undefined) url(v, 'token_endpoint', r);
  if ((v = o.registration_endpoint) !== undefined) url(v, 'registration_endpoint', r);
  if ((v = o.revocation_endpoint) !== undefined) url(v, 'revocation_endpoint', r);
  if ((v = o.introspection_endpoint) !== undefined) url(v, 'introspection_endpoint', r);
  if ((v = o.device_authorization_endpoint) !== undefined) url(v, 'device_authorization_endpoint', r);
  if ((v = o.pushed_authorization_request_endpoint) !== undefined)
    url(v, 'pushed_authorization_request_endpoint', r);
  if ((v = o.backchannel_authentication_endpoint) !== undefined)
    url(v, 'backchannel_authentication_endpoint', r);
  if ((v = o.federation_registration_endpoint) !== undefined) url(v, 'federation_registration_endpoint', r);
  if ((v = o.authorization_challenge_endpoint) !== undefined) url(v, 'authorization_challenge_endpoint', r);
  if ((v = o.challenge_endpoint) !== undefined) url(v, 'challenge_endpoint', r);
  if ((v = o.global_token_revocation_endpoint) !== undefined) url(v, 'global_token_revocation_endpoint', r);
  if ((v = o.status_list_aggregation_endpoint) !== undefined) url(v, 'status_list_aggregation_endpoint', r);
  if ((v = o.userinfo_endpoint) !== undefined) url(v, 'userinfo_endpoint', r);
  if ((v = o.end_session_endpoint) !== undefined) url(v, 'end_session_endpoint', r);
}

function checkServerMembers(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o.issuer) === undefined) missing('issuer', r);
  else url(v, 'issuer', r);
  if ((v = o.token_endpoint) !== undefined) url(v, 'token_endpoint', r);
  if ((v = o.registration_endpoint) !== undefined) url(v, 'registration_endpoint', r);
  if ((v = o.scopes_supported) !== undefined) strings(v, 'scopes_supported', r);
  if ((v = o.response_types_supported) === undefined) missing('response_types_supported', r);
  else strings(v, 'response_types_supported', r);
  if ((v = o.response_modes_supported) !== undefined) strings(v, 'response_modes_supported', r);
  if ((v = o.grant_types_supported) !== undefined) strings(v, 'grant_types_supported', r);
  if ((v = o.token_endpoint_auth_methods_supported) !== undefined)
    strings(v, 'token_endpoint_auth_methods_supported', r);
  if ((v = o.token_endpoint_auth_signing_alg_values_supported) !== undefined)
    strings(v, 'token_endpoint_auth_signing_alg_values_supported', r);
  if ((v = o.service_documentation) !== undefined) url(v, 'service_documentation', r);
  if ((v = o.ui_locales_supported) !== undefined) strings(v, 'ui_locales_supported', r);
  if ((v = o.op_policy_uri) !== undefined) url(v, 'op_policy_uri', r);
  if ((v = o.op_tos_uri) !== undefined) url(v, 'op_tos_uri', r);
  if ((v = o.revocation_endpoint) !== undefined) url(v, 'revocation_endpoint', r);
  if ((v = o.revocation_endpoint_auth_methods_supported) !== undefined)
    strings(v, 'revocation_endpoint_auth_methods_supported', r);
  if ((v = o.revocation_endpoint_auth_signing_alg_values_supported) !== undefined)
    strings(v, 'revocation_endpoint_auth_signing_alg_values_supported', r);
  if ((v = o.introspection_endpoint) !== undefined) url(v, 'introspection_endpoint', r);
  if ((v = o.introspection_endpoint_auth_methods_supported) !== undefined)
    strings(v, 'introspection_endpoint_auth_methods_supported', r);
  if ((v = o.introspection_endpoint_auth_signing_alg_values_supported) !== undefined)
    strings(v, 'introspection_endpoint_auth_signing_alg_values_supported', r);
  if ((v = o.code_challenge_methods_supported) !== undefined)
    strings(v, 'code_challenge_methods_supported', r);
  if ((v = o.signed_metadata) !== undefined) jws(v, 'signed_metadata', r);
  if ((v = o.device_authorization_endpoint) !== undefined) url(v, 'device_authorization_endpoint', r);
  if ((v = o.tls_client_certificate_bound_access_tokens) !== undefined)
    flag(v, 'tls_client_certificate_bound_access_tokens', r);
  if ((v = o.mtls_endpoint_aliases) !== undefined)
    object(v, 'mtls_endpoint_aliases', r, checkEndpointAliases);
  if ((v = o.nfv_token_signing_alg_values_supported) !== undefined)
    strings(v, 'nfv_token_signing_alg_values_supported', r);
  if ((v = o.nfv_token_encryption_alg_values_supported) !== undefined)
    strings(v, 'nfv_token_encryption_alg_values_supported', r);
  if ((v = o.nfv_token_encryption_enc_values_supported) !== undefined)
    strings(v, 'nfv_token_encryption_enc_values_supported', r);
  if ((v = o.require_signed_request_object) !== undefined) flag(v, 'require_signed_request_object', r);
  if ((v = o.pushed_authorization_request_endpoint) !== undefined)
    url(v, 'pushed_authorization_request_endpoint', r);
  if ((v = o.require_pushed_authorization_requests) !== undefined)
    flag(v, 'require_pushed_authorization_requests', r);
  if ((v = o.introspection_signing_alg_values_supported) !== undefined)
    strings(v, 'introspection_signing_alg_values_supported', r);
  if ((v = o.introspection_encryption_alg_values_supported) !== undefined)
    strings(v, 'introspection_encryption_alg_values_supported', r);
  if ((v = o.introspection_encryption_enc_values_supported) !== undefined)
    strings(v, 'introspection_encryption_enc_values_supported', r);
  if ((v = o.authorization_response_iss_parameter_supported) !== undefined)
    flag(v, 'authorization_response_iss_parameter_supported', r);
  if ((v = o.authorization_details_types_supported) !== undefined)
    strings(v, 'authorization_details_types_supported', r);
  if ((v = o.dpop_signing_alg_values_supported) !== undefined)
    strings(v, 'dpop_signing_alg_values_supported', r);
  if ((v = o.protected_resources) !== undefined) strings(v, 'protected_resources', r);
  if ((v = o.authorization_signing_alg_values_supported) !== undefined)
    strings(v, 'authorization_signing_alg_values_supported', r);
  if ((v = o.authorization_encryption_alg_values_supported) !== undefined)
    strings(v, 'authorization_encryption_alg_values_supported', r);
  if ((v = o.authorization_encryption_enc_values_supported) !== undefined)
    strings(v, 'authorization_encryption_enc_values_supported', r);
  if ((v = o.backchannel_token_delivery_modes_supported) !== undefined)
    strings(v, 'backchannel_token_delivery_modes_supported', r);
  if ((v = o.backchannel_authentication_endpoint) !== undefined)
    url(v, 'backchannel_authentication_endpoint', r);
  if ((v = o.backchannel_authentication_request_signing_alg_values_supported) !== undefined)
    strings(v, 'backchannel_authentication_request_signing_alg_values_supported', r);
  if ((v = o.backchannel_user_code_parameter_supported) !== undefined)
    flag(v, 'backchannel_user_code_parameter_supported', r);
  if ((v = o['pre-authorized_grant_anonymous_access_supported']) !== undefined)
    flag(v, 'pre-authorized_grant_anonymous_access_supported', r);
  if ((v = o.native_sso_supported) !== undefined) flag(v, 'native_sso_supported', r);
  if ((v = o.client_registration_types_supported) !== undefined)
    strings(v, 'client_registration_types_supported', r);
  if ((v = o.federation_registration_endpoint) !== undefined) url(v, 'federation_registration_endpoint', r);
  if ((v = o.signed_jwks_uri) !== undefined) url(v, 'signed_jwks_uri', r);
  if ((v = o.jwks) !== undefined) object(v, 'jwks', r);
  if ((v = o.organization_name) !== undefined) text(v, 'organization_name', r);
  if ((v = o.display_name) !== undefined) text(v, 'display_name', r);
  if ((v = o.description) !== undefined) text(v, 'description', r);
  if ((v = o.keywords) !== undefined) strings(v, 'keywords', r);
  if ((v = o.contacts) !== undefined) strings(v, 'contacts', r);
  if ((v = o.logo_uri) !== undefined) url(v, 'logo_uri', r);
  if ((v = o.policy_uri) !== undefined) url(v, 'policy_uri', r);
  if ((v = o.information_uri) !== undefined) url(v, 'information_uri', r);
  if ((v = o.organization_uri) !== undefined) url(v, 'organization_uri', r);
  if ((v = o.request_authentication_methods_supported) !== undefined)
    object(v, 'request_authentication_methods_supported', r);
  if ((v = o.request_authentication_signing_alg_values_supported) !== undefined)
    strings(v, 'request_authentication_signing_alg_values_supported', r);
  if ((v = o.client_id_metadata_document_supported) !== undefined)
    flag(v, 'client_id_metadata_document_supported', r);
  if ((v = o.authorization_grant_profiles_supported) !== undefined)
    strings(v, 'authorization_grant_profiles_supported', r);
  if ((v = o.identity_chaining_requested_token_types_supported) !== undefined)
    strings(v, 'identity_chaining_requested_token_types_supported', r);
  if ((v = o.authorization_challenge_endpoint) !== undefined) url(v, 'authorization_challenge_endpoint', r);
  if ((v = o.client_attestation_signing_alg_values_supported) !== undefined)
    strings(v, 'client_attestation_signing_alg_values_supported', r);
  if ((v = o.client_attestation_pop_signing_alg_values_supported) !== undefined)
    strings(v, 'client_attestation_pop_signing_alg_values_supported', r);
  if ((v = o.challenge_endpoint) !== undefined) url(v, 'challenge_endpoint', r);
  if ((v = o.global_token_revocation_endpoint) !== undefined) url(v, 'global_token_revocation_endpoint', r);
  if ((v = o.status_list_aggregation_endpoint) !== undefined) url(v, 'status_list_aggregation_endpoint', r);
  if ((v = o.userinfo_endpoint) !== undefined) url(v, 'userinfo_endpoint', r);
  if ((v = o.acr_values_supported) !== undefined) strings(v, 'acr_values_supported', r);
  if ((v = o.id_token_encryption_alg_values_supported) !== undefined)
    strings(v, 'id_token_encryption_alg_values_supported', r);
  if ((v = o.id_token_encryption_enc_values_supported) !== undefined)
    strings(v, 'id_token_encryption_enc_values_supported', r);
  if ((v = o.userinfo_signing_alg_values_supported) !== undefined)
    strings(v, 'userinfo_signing_alg_values_supported', r);
  if ((v = o.userinfo_encryption_alg_values_supported) !== undefined)
    strings(v, 'userinfo_encryption_alg_values_supported', r);
  if ((v = o.userinfo_encryption_enc_values_supported) !== undefined)
    strings(v, 'userinfo_encryption_enc_values_supported', r);
  if ((v = o.request_object_signing_alg_values_supported) !== undefined)
    strings(v, 'request_object_signing_alg_values_supported', r);
  if ((v = o.request_object_encryption_alg_values_supported) !== undefined)
    strings(v, 'request_object_encryption_alg_values_supported', r);
  if ((v = o.request_object_encryption_enc_values_supported) !== undefined)
    strings(v, 'request_object_encryption_enc_values_supported', r);
  if ((v = o.display_values_supported) !== undefined) strings(v, 'display_values_supported', r);
  if ((v = o.claim_types_supported) !== undefined) strings(v, 'claim_types_supported', r);
  if ((v = o.claims_supported) !== undefined) strings(v, 'claims_supported', r);
  if ((v = o.claims_locales_supported) !== undefined) strings(v, 'claims_locales_supported', r);
  if ((v = o.claims_parameter_supported) !== undefined) flag(v, 'claims_parameter_supported', r);
  if ((v = o.request_parameter_supported) !== undefined) flag(v, 'request_parameter_supported', r);
  if ((v = o.request_uri_parameter_supported) !== undefined) flag(v, 'request_uri_parameter_supported', r);
  if ((v = o.require_request_uri_registration) !== undefined) flag(v, 'require_request_uri_registration', r);
  if ((v = o.check_session_iframe) !== undefined) url(v, 'check_session_iframe', r);
  if ((v = o.end_session_endpoint) !== undefined) url(v, 'end_session_endpoint', r);
  if ((v = o.frontchannel_logout_supported) !== undefined) flag(v, 'frontchannel_logout_supported', r);
  if ((v = o.frontchannel_logout_session_supported) !== undefined)
    flag(v, 'frontchannel_logout_session_supported', r);
  if ((v = o.backchannel_logout_supported) !== undefined) flag(v, 'backchannel_logout_supported', r);
  if ((v = o.backchannel_logout_session_supported) !== undefined)
    flag(v, 'backchannel_logout_session_supported', r);
  if ((v = o.prompt_values_supported) !== undefined) strings(v, 'prompt_values_supported', r);
  if ((v = o.verified_claims_supported) !== undefined) flag(v, 'verified_claims_supported', r);
  if ((v = o.trust_frameworks_supported) !== undefined) strings(v, 'trust_frameworks_supported', r);
  if ((v = o.claims_in_verified_claims_supported) !== undefined)
    strings(v, 'claims_in_verified_claims_supported', r);
  if ((v = o.evidence_supported) !== undefined) strings(v, 'evidence_supported', r);
  if ((v = o.documents_supported) !== undefined) strings(v, 'documents_supported', r);
  if ((v = o.documents_methods_supported) !== undefined) strings(v, 'documents_methods_supported', r);
  if ((v = o.documents_check_methods_supported) !== undefined)
    strings(v, 'documents_check_methods_supported', r);
  if ((v = o.electronic_records_supported) !== undefined) strings(v, 'electronic_records_supported', r);
  if ((v = o.attachments_supported) !== undefined) strings(v, 'attachments_supported', r);
  if ((v = o.digest_algorithms_supported) !== undefined) strings(v, 'digest_algorithms_supported', r);
}

function checkAuthorizationServerMetadata(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o.authorization_endpoint) !== undefined) url(v, 'authorization_endpoint', r);
  if ((v = o.jwks_uri) !== undefined) url(v, 'jwks_uri', r);
  if ((v = o.subject_types_supported) !== undefined) strings(v, 'subject_types_supported', r);
  if ((v = o.id_token_signing_alg_values_supported) !== undefined)
    strings(v, 'id_token_signing_alg_values_supported', r);
  checkServerMembers(o, r);
}

/**
 * Tells why a value is not an AuthorizationServerMetadata document; an empty array means that it is one.
 *
 * *Checks* the types of all registered members and the presence of the required ones, each member read once.
 * *Does not check* what the lint level does, nor members it does not know. Never throws.
 *
 * @see RFC 8414 section 2
 * @example
 * ```ts
 * import { validateAuthorizationServerMetadata } from '@mcp-auth/schemas';
 *
 * for (const { path, message } of validateAuthorizationServerMetadata({})) console.error(path.join('.'), message);
 * ```
 */
export const validateAuthorizationServerMetadata = (input: unknown): readonly Issue[] =>
  validate(input, checkAuthorizationServerMetadata);

/**
 * Hands a value back as the AuthorizationServerMetadata it is: the same object, unknown members included.
 *
 * *Checks* what {@link validateAuthorizationServerMetadata} checks.
 *
 * @throws MetadataError with code `invalid_metadata` and every issue found
 * @see RFC 8414 section 2
 * @example
 * ```ts
 * import { parseAuthorizationServerMetadata } from '@mcp-auth/schemas';
 *
 * export const read = (json: string) => parseAuthorizationServerMetadata(JSON.parse(json));
 * ```
 */
export const parseAuthorizationServerMetadata = (input: unknown): AuthorizationServerMetadata =>
  accept(
    'authorization_server',
    input,
    validateAuthorizationServerMetadata(input),
  ) as AuthorizationServerMetadata;

function checkOpenIDProviderMetadata(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o.authorization_endpoint) === undefined) missing('authorization_endpoint', r);
  else url(v, 'authorization_endpoint', r);
  if ((v = o.jwks_uri) === undefined) missing('jwks_uri', r);
  else url(v, 'jwks_uri', r);
  if ((v = o.subject_types_supported) === undefined) missing('subject_types_supported', r);
  else strings(v, 'subject_types_supported', r);
  if ((v = o.id_token_signing_alg_values_supported) === undefined)
    missing('id_token_signing_alg_values_supported', r);
  else strings(v, 'id_token_signing_alg_values_supported', r);
  checkServerMembers(o, r);
}

/**
 * Tells why a value is not an OpenIDProviderMetadata document; an empty array means that it is one.
 *
 * *Checks* the types of all registered members and the presence of the required ones, each member read once.
 * *Does not check* what the lint level does, nor members it does not know. Never throws.
 *
 * @see OpenID Connect Discovery 1.0 section 3
 * @example
 * ```ts
 * import { validateOpenIDProviderMetadata } from '@mcp-auth/schemas';
 *
 * for (const { path, message } of validateOpenIDProviderMetadata({})) console.error(path.join('.'), message);
 * ```
 */
export const validateOpenIDProviderMetadata = (input: unknown): readonly Issue[] =>
  validate(input, checkOpenIDProviderMetadata);

/**
 * Hands a value back as the OpenIDProviderMetadata it is: the same object, unknown members included.
 *
 * *Checks* what {@link validateOpenIDProviderMetadata} checks.
 *
 * @throws MetadataError with code `invalid_metadata` and every issue found
 * @see OpenID Connect Discovery 1.0 section 3
 * @example
 * ```ts
 * import { parseOpenIDProviderMetadata } from '@mcp-auth/schemas';
 *
 * export const read = (json: string) => parseOpenIDProviderMetadata(JSON.parse(json));
 * ```
 */
export const parseOpenIDProviderMetadata = (input: unknown): OpenIDProviderMetadata =>
  accept('openid_provider', input, validateOpenIDProviderMetadata(input)) as OpenIDProviderMetadata;
