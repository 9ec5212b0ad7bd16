import { checkIssuer } from '../authorization-server/issuer.js';
import { checkOptions, object } from '../config/check-options.js';
import { kind } from '../config/kinds.js';
import { type ProviderConfig, textLike, toOrigin } from './config.js';
import {
  createEntraPolicy,
  type EntraCommonOptions,
  guidOf,
  registration,
  tenantHint,
} from './entra-tokens.js';

/** Options of {@link entraExternalId}. */
export interface EntraExternalIdOptions extends EntraCommonOptions {
  /** Where users sign in: `example.ciamlogin.com`, or a custom domain. The metadata is fetched from there. */
  readonly domain: string;
  /** Directory (tenant) id of the external tenant, a GUID. */
  readonly tenantId: string;
  /**
   * The issuer that the metadata states and tokens carry, byte for byte, where it is another. Default:
   * `https://<tenantId>.ciamlogin.com/<tenantId>/v2.0`.
   */
  readonly issuer?: string | undefined;
}

export const entraExternalIdOptions = object<EntraExternalIdOptions>({
  domain: textLike('example.ciamlogin.com'),
  tenantId: guidOf(tenantHint),
  issuer: kind<string>('the issuer as the metadata states it', () => true),
  ...registration,
});

/**
 * Microsoft Entra External ID: an external tenant, for customers. Its metadata is at the domain where users sign in, and states an
 * issuer at another one.
 *
 * Checks: `iss` and the metadata's issuer as configured, `tid` the tenant, `aud` one of the application's own identifiers, a client in
 * `azp`, and a permission: `scp` for a user's token, `roles` for an application's own. Scopes have full names for clients, as with
 * `entra()`.
 * Tried with tokens of the shape that its documentation shows (2026-11-29), not against the live provider.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`, `invalid_issuer`, `insecure_issuer`
 * @see RFC 8414 §3.3
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { entraExternalId } from '@mcp-auth/core/providers';
 *
 * const server = entraExternalId({
 *   domain: 'example.ciamlogin.com',
 *   tenantId: '0f0b1d9e-6c1c-4a57-9d0a-3a4c3f5d2b11',
 *   applicationId: '5b7f2c1e-8f34-4f0c-b0a3-6c2d9e1f7a22',
 *   applicationIdUri: 'https://api.example.com/mcp',
 * });
 * ```
 */
export function entraExternalId(options: EntraExternalIdOptions): ProviderConfig {
  checkOptions(options, entraExternalIdOptions, 'entraExternalId');
  const { tenantId, applicationId, applicationIdUri = `api://${applicationId}` } = options;
  const { issuer = `https://${tenantId}.ciamlogin.com/${tenantId}/v2.0` } = options;
  checkIssuer(issuer, 'entraExternalId.issuer', false);
  const origin = toOrigin(options.domain, 'entraExternalId.domain');
  return {
    issuer,
    type: 'oidc',
    wellKnownUrl: `${origin}/${tenantId}/v2.0/.well-known/openid-configuration`,
    audiences: [applicationId, applicationIdUri],
    policy: createEntraPolicy('entra-external-id', options, (tenant) =>
      tenant === tenantId ? [issuer] : [],
    ),
  };
}
