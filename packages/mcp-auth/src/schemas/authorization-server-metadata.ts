import { z } from 'zod/v3';
import { toCamelCase } from './camel-case.js';

const text = z.string();
const optionalText = text.optional();
const list = z.array(text);
const optionalList = list.optional();

const members = Object.freeze({
  issuer: text,
  authorization_endpoint: text,
  token_endpoint: text,
  jwks_uri: optionalText,
  registration_endpoint: optionalText,
  scopes_supported: optionalList,
  response_types_supported: list,
  response_modes_supported: optionalList,
  grant_types_supported: optionalList,
  token_endpoint_auth_methods_supported: optionalList,
  token_endpoint_auth_signing_alg_values_supported: optionalList,
  service_documentation: optionalText,
  ui_locales_supported: optionalList,
  op_policy_uri: optionalText,
  op_tos_uri: optionalText,
  revocation_endpoint: optionalText,
  revocation_endpoint_auth_methods_supported: optionalList,
  revocation_endpoint_auth_signing_alg_values_supported: optionalList,
  introspection_endpoint: optionalText,
  introspection_endpoint_auth_methods_supported: optionalList,
  introspection_endpoint_auth_signing_alg_values_supported: optionalList,
  code_challenge_methods_supported: optionalList,
  userinfo_endpoint: optionalText,
});

/**
 * Authorization server metadata in wire spelling (RFC 8414 §2, with `userinfo_endpoint` of OpenID Connect Discovery §3),
 * as a schema of zod 3.
 *
 * Checks: types, and that `issuer`, both endpoints and `response_types_supported` are there. Does not check: URLs; unknown
 * members are left out. `@mcp-auth/schemas` checks documents in full.
 */
export const authorizationServerMetadataSchema = z.object(members);

/** Authorization server metadata in wire spelling. */
export type AuthorizationServerMetadata = z.infer<typeof authorizationServerMetadataSchema>;

/** {@link authorizationServerMetadataSchema} for documents in camelCase. */
export const camelCaseAuthorizationServerMetadataSchema = z.object(toCamelCase(members));

/** Authorization server metadata in camelCase. */
export type CamelCaseAuthorizationServerMetadata = z.infer<typeof camelCaseAuthorizationServerMetadataSchema>;

/** What a document means that leaves these members out (RFC 8414 §2). */
export const defaultValues: Readonly<Partial<CamelCaseAuthorizationServerMetadata>> = Object.freeze({
  grantTypesSupported: ['authorization_code', 'implicit'],
  responseModesSupported: ['query', 'fragment'],
});
