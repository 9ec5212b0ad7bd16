import { z } from 'zod/v3';
import { toCamelCase } from './camel-case.js';

const text = z.string();
const optionalText = text.optional();
const optionalList = z.array(text).optional();
const optionalFlag = z.boolean().optional();

const members = Object.freeze({
  resource: text,
  authorization_servers: optionalList,
  jwks_uri: optionalText,
  scopes_supported: optionalList,
  bearer_methods_supported: optionalList,
  resource_signing_alg_values_supported: optionalList,
  resource_name: optionalText,
  resource_documentation: optionalText,
  resource_policy_uri: optionalText,
  resource_tos_uri: optionalText,
  tls_client_certificate_bound_access_tokens: optionalFlag,
  authorization_details_types_supported: optionalList,
  dpop_signing_alg_values_supported: optionalList,
  dpop_bound_access_tokens_required: optionalFlag,
  signed_metadata: optionalText,
});

/**
 * Protected resource metadata in wire spelling (RFC 9728 §2), as a schema of zod 3.
 *
 * Checks: types, and that `resource` is there. Does not check: URLs; unknown members are left out. `@mcp-auth/schemas`
 * checks documents in full.
 */
export const protectedResourceMetadataSchema = z.object(members);

/** Protected resource metadata in wire spelling. */
export type ProtectedResourceMetadata = z.infer<typeof protectedResourceMetadataSchema>;

/** {@link protectedResourceMetadataSchema} for documents in camelCase. */
export const camelCaseProtectedResourceMetadataSchema = z.object(toCamelCase(members));

/** Protected resource metadata in camelCase. */
export type CamelCaseProtectedResourceMetadata = z.infer<typeof camelCaseProtectedResourceMetadataSchema>;
