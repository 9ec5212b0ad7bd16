// Generated from src/sources by pnpm codegen. Do not edit.
import { flag, jws, missing, strings, text, url } from '../../runtime/checks.js';
import type { Issue } from '../../runtime/issue.js';
import { accept } from '../../runtime/metadata-error.js';
import { validate, type Members, type Report } from '../../runtime/report.js';
import type { ProtectedResourceMetadata } from '../types/protected-resource-metadata.js';

function checkProtectedResourceMetadata(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o.resource) === undefined) missing('resource', r);
  else url(v, 'resource', r);
  if ((v = o.authorization_servers) !== undefined) strings(v, 'authorization_servers', r);
  if ((v = o.jwks_uri) !== undefined) url(v, 'jwks_uri', r);
  if ((v = o.scopes_supported) !== undefined) strings(v, 'scopes_supported', r);
  if ((v = o.bearer_methods_supported) !== undefined) strings(v, 'bearer_methods_supported', r);
  if ((v = o.resource_signing_alg_values_supported) !== undefined)
    strings(v, 'resource_signing_alg_values_supported', r);
  if ((v = o.resource_name) !== undefined) text(v, 'resource_name', r);
  if ((v = o.resource_documentation) !== undefined) url(v, 'resource_documentation', r);
  if ((v = o.resource_policy_uri) !== undefined) url(v, 'resource_policy_uri', r);
  if ((v = o.resource_tos_uri) !== undefined) url(v, 'resource_tos_uri', r);
  if ((v = o.tls_client_certificate_bound_access_tokens) !== undefined)
    flag(v, 'tls_client_certificate_bound_access_tokens', r);
  if ((v = o.authorization_details_types_supported) !== undefined)
    strings(v, 'authorization_details_types_supported', r);
  if ((v = o.dpop_signing_alg_values_supported) !== undefined)
    strings(v, 'dpop_signing_alg_values_supported', r);
  if ((v = o.dpop_bound_access_tokens_required) !== undefined)
    flag(v, 'dpop_bound_access_tokens_required', r);
  if ((v = o.signed_metadata) !== undefined) jws(v, 'signed_metadata', r);
}

/**
 * Tells why a value is not a ProtectedResourceMetadata document; an empty array means that it is one.
 *
 * *Checks* the types of all registered members and the presence of the required ones, each member read once.
 * *Does not check* what the lint level does, nor members it does not know. Never throws.
 *
 * @see RFC 9728 section 2
 * @example
 * ```ts
 * import { validateProtectedResourceMetadata } from '@mcp-auth/schemas';
 *
 * for (const { path, message } of validateProtectedResourceMetadata({})) console.error(path.join('.'), message);
 * ```
 */
export const validateProtectedResourceMetadata = (input: unknown): readonly Issue[] =>
  validate(input, checkProtectedResourceMetadata);

/**
 * Hands a value back as the ProtectedResourceMetadata it is: the same object, unknown members included.
 *
 * *Checks* what {@link validateProtectedResourceMetadata} checks.
 *
 * @throws MetadataError with code `invalid_metadata` and every issue found
 * @see RFC 9728 section 2
 * @example
 * ```ts
 * import { parseProtectedResourceMetadata } from '@mcp-auth/schemas';
 *
 * export const read = (json: string) => parseProtectedResourceMetadata(JSON.parse(json));
 * ```
 */
export const parseProtectedResourceMetadata = (input: unknown): ProtectedResourceMetadata =>
  accept('protected_resource', input, validateProtectedResourceMetadata(input)) as ProtectedResourceMetadata;
