// Generated from src/sources by pnpm codegen. Do not edit.
import { flag, jws, text, strings, url } from '../../runtime/checks.js';
import type { Issue } from '../../runtime/issue.js';
import { accept } from '../../runtime/metadata-error.js';
import { validate, type Members, type Report } from '../../runtime/report.js';
import type { ProtectedResourceMetadata } from '../types/protected-resource-metadata.js';

function checkProtectedResourceMetadata(o: Members, r: Report): void {
  url(o.resource, 'resource', r, true);
  strings(o.authorization_servers, 'authorization_servers', r);
  url(o.jwks_uri, 'jwks_uri', r);
  strings(o.scopes_supported, 'scopes_supported', r);
  strings(o.bearer_methods_supported, 'bearer_methods_supported', r);
  strings(o.resource_signing_alg_values_supported, 'resource_signing_alg_values_supported', r);
  text(o.resource_name, 'resource_name', r);
  url(o.resource_documentation, 'resource_documentation', r);
  url(o.resource_policy_uri, 'resource_policy_uri', r);
  url(o.resource_tos_uri, 'resource_tos_uri', r);
  flag(o.tls_client_certificate_bound_access_tokens, 'tls_client_certificate_bound_access_tokens', r);
  strings(o.authorization_details_types_supported, 'authorization_details_types_supported', r);
  strings(o.dpop_signing_alg_values_supported, 'dpop_signing_alg_values_supported', r);
  flag(o.dpop_bound_access_tokens_required, 'dpop_bound_access_tokens_required', r);
  jws(o.signed_metadata, 'signed_metadata', r);
}

/**
 * Tells why a value is not a ProtectedResourceMetadata document; an empty array means that it is one.
 *
 * *Checks* the types of all registered members and the presence of the required ones, each member read once.
 * *Does not check* what the lint level does, nor members it does not know. Never throws.
 */
export const validateProtectedResourceMetadata = (input: unknown): readonly Issue[] =>
  validate(input, checkProtectedResourceMetadata);

/**
 * Hands a value back as the ProtectedResourceMetadata it is: the same object, unknown members included.
 *
 * *Checks* what {@link validateProtectedResourceMetadata} checks.
 *
 * @throws MetadataError with code `invalid_metadata` and every issue found
 */
export const parseProtectedResourceMetadata = (input: unknown): ProtectedResourceMetadata =>
  accept('protected_resource', input, validateProtectedResourceMetadata(input)) as ProtectedResourceMetadata;
