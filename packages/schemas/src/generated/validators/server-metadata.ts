// Generated from src/sources by pnpm codegen. Do not edit.
import { flag, jws, object, text, strings, url } from '../../runtime/checks.js';
import type { Issue } from '../../runtime/issue.js';
import { accept } from '../../runtime/metadata-error.js';
import { validate, type Members, type Report } from '../../runtime/report.js';
import type { AuthorizationServerMetadata } from '../types/authorization-server-metadata.js';
import type { OpenIDProviderMetadata } from '../types/openid-provider-metadata.js';

function checkEndpointAliases(o: Members, r: Report): void {
  url(o.authorization_endpoint, 'authorization_endpoint', r);
  url(o.token_endpoint, 'token_endpoint', r);
  url(o.registration_endpoint, 'registration_endpoint', r);
  url(o.revocation_endpoint, 'revocation_endpoint', r);
  url(o.introspection_endpoint, 'introspection_endpoint', r);
  url(o.device_authorization_endpoint, 'device_authorization_endpoint', r);
  url(o.pushed_authorization_request_endpoint, 'pushed_authorization_request_endpoint', r);
  url(o.backchannel_authentication_endpoint, 'backchannel_authentication_endpoint', r);
  url(o.federation_registration_endpoint, 'federation_registration_endpoint', r);
  url(o.authorization_challenge_endpoint, 'authorization_challenge_endpoint', r);
  url(o.challenge_endpoint, 'challenge_endpoint', r);
  url(o.global_token_revocation_endpoint, 'global_token_revocation_endpoint', r);
  url(o.status_list_aggregation_endpoint, 'status_list_aggregation_endpoint', r);
  url(o.userinfo_endpoint, 'userinfo_endpoint', r);
  url(o.end_session_endpoint, 'end_session_endpoint', r);
}

function checkServerMembers(o: Members, r: Report): void {
  url(o.issuer, 'issuer', r, true);
  url(o.token_endpoint, 'token_endpoint', r);
  url(o.registration_endpoint, 'registration_endpoint', r);
  strings(o.scopes_supported, 'scopes_supported', r);
  strings(o.response_types_supported, 'response_types_supported', r, true);
  strings(o.response_modes_supported, 'response_modes_supported', r);
  strings(o.grant_types_supported, 'grant_types_supported', r);
  strings(o.token_endpoint_auth_methods_supported, 'token_endpoint_auth_methods_supported', r);
  strings(
    o.token_endpoint_auth_signing_alg_values_supported,
    'token_endpoint_auth_signing_alg_values_supported',
    r,
  );
  url(o.service_documentation, 'service_documentation', r);
  strings(o.ui_locales_supported, 'ui_locales_supported', r);
  url(o.op_policy_uri, 'op_policy_uri', r);
  url(o.op_tos_uri, 'op_tos_uri', r);
  url(o.revocation_endpoint, 'revocation_endpoint', r);
  strings(o.revocation_endpoint_auth_methods_supported, 'revocation_endpoint_auth_methods_supported', r);
  strings(
    o.revocation_endpoint_auth_signing_alg_values_supported,
    'revocation_endpoint_auth_signing_alg_values_supported',
    r,
  );
  url(o.introspection_endpoint, 'introspection_endpoint', r);
  strings(
    o.introspection_endpoint_auth_methods_supported,
    'introspection_endpoint_auth_methods_supported',
    r,
  );
  strings(
    o.introspection_endpoint_auth_signing_alg_values_supported,
    'introspection_endpoint_auth_signing_alg_values_supported',
    r,
  );
  strings(o.code_challenge_methods_supported, 'code_challenge_methods_supported', r);
  jws(o.signed_metadata, 'signed_metadata', r);
  url(o.device_authorization_endpoint, 'device_authorization_endpoint', r);
  flag(o.tls_client_certificate_bound_access_tokens, 'tls_client_certificate_bound_access_tokens', r);
  object(o.mtls_endpoint_aliases, 'mtls_endpoint_aliases', r, false, checkEndpointAliases);
  strings(o.nfv_token_signing_alg_values_supported, 'nfv_token_signing_alg_values_supported', r);
  strings(o.nfv_token_encryption_alg_values_supported, 'nfv_token_encryption_alg_values_supported', r);
  strings(o.nfv_token_encryption_enc_values_supported, 'nfv_token_encryption_enc_values_supported', r);
  flag(o.require_signed_request_object, 'require_signed_request_object', r);
  url(o.pushed_authorization_request_endpoint, 'pushed_authorization_request_endpoint', r);
  flag(o.require_pushed_authorization_requests, 'require_pushed_authorization_requests', r);
  strings(o.introspection_signing_alg_values_supported, 'introspection_signing_alg_values_supported', r);
  strings(
    o.introspection_encryption_alg_values_supported,
    'introspection_encryption_alg_values_supported',
    r,
  );
  strings(
    o.introspection_encryption_enc_values_supported,
    'introspection_encryption_enc_values_supported',
    r,
  );
  flag(o.authorization_response_iss_parameter_supported, 'authorization_response_iss_parameter_supported', r);
  strings(o.authorization_details_types_supported, 'authorization_details_types_supported', r);
  strings(o.dpop_signing_alg_values_supported, 'dpop_signing_alg_values_supported', r);
  strings(o.protected_resources, 'protected_resources', r);
  strings(o.authorization_signing_alg_values_supported, 'authorization_signing_alg_values_supported', r);
  strings(
    o.authorization_encryption_alg_values_supported,
    'authorization_encryption_alg_values_supported',
    r,
  );
  strings(
    o.authorization_encryption_enc_values_supported,
    'authorization_encryption_enc_values_supported',
    r,
  );
  strings(o.backchannel_token_delivery_modes_supported, 'backchannel_token_delivery_modes_supported', r);
  url(o.backchannel_authentication_endpoint, 'backchannel_authentication_endpoint', r);
  strings(
    o.backchannel_authentication_request_signing_alg_values_supported,
    'backchannel_authentication_request_signing_alg_values_supported',
    r,
  );
  flag(o.backchannel_user_code_parameter_supported, 'backchannel_user_code_parameter_supported', r);
  flag(
    o['pre-authorized_grant_anonymous_access_supported'],
    'pre-authorized_grant_anonymous_access_supported',
    r,
  );
  flag(o.native_sso_supported, 'native_sso_supported', r);
  strings(o.client_registration_types_supported, 'client_registration_types_supported', r);
  url(o.federation_registration_endpoint, 'federation_registration_endpoint', r);
  url(o.signed_jwks_uri, 'signed_jwks_uri', r);
  object(o.jwks, 'jwks', r);
  text(o.organization_name, 'organization_name', r);
  text(o.display_name, 'display_name', r);
  text(o.description, 'description', r);
  strings(o.keywords, 'keywords', r);
  strings(o.contacts, 'contacts', r);
  url(o.logo_uri, 'logo_uri', r);
  url(o.policy_uri, 'policy_uri', r);
  url(o.information_uri, 'information_uri', r);
  url(o.organization_uri, 'organization_uri', r);
  object(o.request_authentication_methods_supported, 'request_authentication_methods_supported', r);
  strings(
    o.request_authentication_signing_alg_values_supported,
    'request_authentication_signing_alg_values_supported',
    r,
  );
  flag(o.client_id_metadata_document_supported, 'client_id_metadata_document_supported', r);
  strings(o.authorization_grant_profiles_supported, 'authorization_grant_profiles_supported', r);
  strings(
    o.identity_chaining_requested_token_types_supported,
    'identity_chaining_requested_token_types_supported',
    r,
  );
  url(o.authorization_challenge_endpoint, 'authorization_challenge_endpoint', r);
  strings(
    o.client_attestation_signing_alg_values_supported,
    'client_attestation_signing_alg_values_supported',
    r,
  );
  strings(
    o.client_attestation_pop_signing_alg_values_supported,
    'client_attestation_pop_signing_alg_values_supported',
    r,
  );
  url(o.challenge_endpoint, 'challenge_endpoint', r);
  url(o.global_token_revocation_endpoint, 'global_token_revocation_endpoint', r);
  url(o.status_list_aggregation_endpoint, 'status_list_aggregation_endpoint', r);
  url(o.userinfo_endpoint, 'userinfo_endpoint', r);
  strings(o.acr_values_supported, 'acr_values_supported', r);
  strings(o.id_token_encryption_alg_values_supported, 'id_token_encryption_alg_values_supported', r);
  strings(o.id_token_encryption_enc_values_supported, 'id_token_encryption_enc_values_supported', r);
  strings(o.userinfo_signing_alg_values_supported, 'userinfo_signing_alg_values_supported', r);
  strings(o.userinfo_encryption_alg_values_supported, 'userinfo_encryption_alg_values_supported', r);
  strings(o.userinfo_encryption_enc_values_supported, 'userinfo_encryption_enc_values_supported', r);
  strings(o.request_object_signing_alg_values_supported, 'request_object_signing_alg_values_supported', r);
  strings(
    o.request_object_encryption_alg_values_supported,
    'request_object_encryption_alg_values_supported',
    r,
  );
  strings(
    o.request_object_encryption_enc_values_supported,
    'request_object_encryption_enc_values_supported',
    r,
  );
  strings(o.display_values_supported, 'display_values_supported', r);
  strings(o.claim_types_supported, 'claim_types_supported', r);
  strings(o.claims_supported, 'claims_supported', r);
  strings(o.claims_locales_supported, 'claims_locales_supported', r);
  flag(o.claims_parameter_supported, 'claims_parameter_supported', r);
  flag(o.request_parameter_supported, 'request_parameter_supported', r);
  flag(o.request_uri_parameter_supported, 'request_uri_parameter_supported', r);
  flag(o.require_request_uri_registration, 'require_request_uri_registration', r);
  url(o.check_session_iframe, 'check_session_iframe', r);
  url(o.end_session_endpoint, 'end_session_endpoint', r);
  flag(o.frontchannel_logout_supported, 'frontchannel_logout_supported', r);
  flag(o.frontchannel_logout_session_supported, 'frontchannel_logout_session_supported', r);
  flag(o.backchannel_logout_supported, 'backchannel_logout_supported', r);
  flag(o.backchannel_logout_session_supported, 'backchannel_logout_session_supported', r);
  strings(o.prompt_values_supported, 'prompt_values_supported', r);
  flag(o.verified_claims_supported, 'verified_claims_supported', r);
  strings(o.trust_frameworks_supported, 'trust_frameworks_supported', r);
  strings(o.claims_in_verified_claims_supported, 'claims_in_verified_claims_supported', r);
  strings(o.evidence_supported, 'evidence_supported', r);
  strings(o.documents_supported, 'documents_supported', r);
  strings(o.documents_methods_supported, 'documents_methods_supported', r);
  strings(o.documents_check_methods_supported, 'documents_check_methods_supported', r);
  strings(o.electronic_records_supported, 'electronic_records_supported', r);
  strings(o.attachments_supported, 'attachments_supported', r);
  strings(o.digest_algorithms_supported, 'digest_algorithms_supported', r);
}

function checkAuthorizationServerMetadata(o: Members, r: Report): void {
  url(o.authorization_endpoint, 'authorization_endpoint', r);
  url(o.jwks_uri, 'jwks_uri', r);
  strings(o.subject_types_supported, 'subject_types_supported', r);
  strings(o.id_token_signing_alg_values_supported, 'id_token_signing_alg_values_supported', r);
  checkServerMembers(o, r);
}

/**
 * Tells why a value is not an AuthorizationServerMetadata document; an empty array means that it is one.
 *
 * *Checks* the types of all registered members and the presence of the required ones, each member read once.
 * *Does not check* what the lint level does, nor members it does not know. Never throws.
 */
export const validateAuthorizationServerMetadata = (input: unknown): readonly Issue[] =>
  validate(input, checkAuthorizationServerMetadata);

/**
 * Hands a value back as the AuthorizationServerMetadata it is: the same object, unknown members included.
 *
 * *Checks* what {@link validateAuthorizationServerMetadata} checks.
 *
 * @throws MetadataError with code `invalid_metadata` and every issue found
 */
export const parseAuthorizationServerMetadata = (input: unknown): AuthorizationServerMetadata =>
  accept(
    'authorization_server',
    input,
    validateAuthorizationServerMetadata(input),
  ) as AuthorizationServerMetadata;

function checkOpenIDProviderMetadata(o: Members, r: Report): void {
  url(o.authorization_endpoint, 'authorization_endpoint', r, true);
  url(o.jwks_uri, 'jwks_uri', r, true);
  strings(o.subject_types_supported, 'subject_types_supported', r, true);
  strings(o.id_token_signing_alg_values_supported, 'id_token_signing_alg_values_supported', r, true);
  checkServerMembers(o, r);
}

/**
 * Tells why a value is not an OpenIDProviderMetadata document; an empty array means that it is one.
 *
 * *Checks* the types of all registered members and the presence of the required ones, each member read once.
 * *Does not check* what the lint level does, nor members it does not know. Never throws.
 */
export const validateOpenIDProviderMetadata = (input: unknown): readonly Issue[] =>
  validate(input, checkOpenIDProviderMetadata);

/**
 * Hands a value back as the OpenIDProviderMetadata it is: the same object, unknown members included.
 *
 * *Checks* what {@link validateOpenIDProviderMetadata} checks.
 *
 * @throws MetadataError with code `invalid_metadata` and every issue found
 */
export const parseOpenIDProviderMetadata = (input: unknown): OpenIDProviderMetadata =>
  accept('openid_provider', input, validateOpenIDProviderMetadata(input)) as OpenIDProviderMetadata;
