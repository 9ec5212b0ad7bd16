import { checkOptions, list, object } from '../config/check-options.js';
import type { ProviderConfig } from './config.js';
import {
  createEntraPolicy,
  type EntraCommonOptions,
  guidOf,
  registration,
  tenantHint,
} from './entra-tokens.js';

/** Options of {@link entra}. */
export interface EntraOptions extends EntraCommonOptions {
  /** Directory (tenant) id, a GUID. */
  readonly tenantId: string;
}

/** Options of {@link entraMultiTenant}. */
export interface EntraMultiTenantOptions extends EntraCommonOptions {
  /** Directory (tenant) ids whose tokens are accepted. There is no wildcard: anybody can create a tenant. */
  readonly tenantIds: readonly string[];
}

export const entraOptions = object<EntraOptions>({ tenantId: guidOf(tenantHint), ...registration });

/**
 * Microsoft Entra ID, one tenant, tokens of version 1 and 2, in the public cloud.
 *
 * Checks: exactly the two issuers of the tenant, `tid` equal to it, `aud` one of the application's own identifiers, a
 * client in `azp` or `appid`, and a permission: `scp` for a user's token, `roles` for an application's own. ID tokens of
 * the same application have neither, although their `aud` is the same.
 * Scopes are read from `scp` for users and from `roles` for applications; a user's roles grant the client nothing. `scp` says
 * `read` where clients must ask for `<applicationIdUri>/read`: requirements may use either name, challenges and metadata say the full
 * one.
 * Tried with tokens of the shape that its documentation shows (2026-11-29), not against the live provider.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`
 * @see RFC 9068 §4
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { entra } from '@mcp-auth/core/providers';
 *
 * const server = entra({
 *   tenantId: '0f0b1d9e-6c1c-4a57-9d0a-3a4c3f5d2b11',
 *   applicationId: '5b7f2c1e-8f34-4f0c-b0a3-6c2d9e1f7a22',
 * });
 * ```
 */
export function entra(options: EntraOptions): ProviderConfig {
  checkOptions(options, entraOptions, 'entra');
  return {
    issuer: `https://login.microsoftonline.com/${options.tenantId}/v2.0`,
    type: 'oidc',
    tokenIssuers: issuersOfTenant(options.tenantId),
    audiences: audiencesOf(options),
    policy: createEntraPolicy('entra', options, issuersOfTenant),
  };
}

export const entraMultiTenantOptions = object<EntraMultiTenantOptions>({
  tenantIds: { ...list(guidOf(tenantHint), { nonEmpty: true }), required: true },
  ...registration,
});

/**
 * Microsoft Entra ID, several tenants by name.
 *
 * Entra publishes one document for all tenants, with a placeholder for an issuer, so it cannot be compared with anything;
 * the metadata is therefore given here and each accepted issuer is written out from the list of tenants.
 * Checks what {@link entra} checks, for each tenant, and that `tid` belongs to the issuer.
 * Does not check: which tenant a signing key belongs to; Entra signs for all of them with one key set.
 * Tried with tokens of the shape that its documentation shows (2026-11-29), not against the live provider.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`
 * @see RFC 9068 §4
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { entraMultiTenant } from '@mcp-auth/core/providers';
 *
 * const server = entraMultiTenant({
 *   tenantIds: ['0f0b1d9e-6c1c-4a57-9d0a-3a4c3f5d2b11'],
 *   applicationId: '5b7f2c1e-8f34-4f0c-b0a3-6c2d9e1f7a22',
 * });
 * ```
 */
export function entraMultiTenant(options: EntraMultiTenantOptions): ProviderConfig {
  checkOptions(options, entraMultiTenantOptions, 'entraMultiTenant');
  const base = 'https://login.microsoftonline.com/organizations';
  return {
    type: 'oidc',
    metadata: {
      issuer: `${base}/v2.0`,
      authorizationEndpoint: `${base}/oauth2/v2.0/authorize`,
      tokenEndpoint: `${base}/oauth2/v2.0/token`,
      jwksUri: `${base}/discovery/v2.0/keys`,
      responseTypesSupported: ['code'],
    },
    tokenIssuers: [...new Set(options.tenantIds)].flatMap(issuersOfTenant),
    audiences: audiencesOf(options),
    policy: createEntraPolicy('entra-multi-tenant', options, issuersOfTenant),
  };
}

/** Version 2 tokens carry the GUID, version 1 tokens that or the Application ID URI. */
function audiencesOf({ applicationId, applicationIdUri }: EntraCommonOptions): readonly string[] {
  return [applicationId, applicationIdUri ?? `api://${applicationId}`];
}

/** Version 2 tokens, then version 1 tokens. */
function issuersOfTenant(tenantId: string): readonly string[] {
  return [`https://login.microsoftonline.com/${tenantId}/v2.0`, `https://sts.windows.net/${tenantId}/`];
}
