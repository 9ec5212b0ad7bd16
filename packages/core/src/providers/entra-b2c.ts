import { checkIssuer } from '../authorization-server/issuer.js';
import { checkOptions, object } from '../config/check-options.js';
import { kind } from '../config/kinds.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { parseUrl } from '../net/secure-url.js';
import type { Claims } from '../token/token-policy.js';
import { type ProviderConfig, readString, textLike } from './config.js';
import { checkPermission, createEntraNames, guidOf, readClient, readPermissions } from './entra-tokens.js';

/** Options of {@link entraB2C}. */
export interface EntraB2COptions {
  /**
   * Address of the metadata of the user flow, as the portal shows it, with the flow in its path or as `?p=`:
   * `https://example.b2clogin.com/example.onmicrosoft.com/B2C_1_signin/v2.0/.well-known/openid-configuration`.
   */
  readonly wellKnownUrl: string;
  /** The issuer as that document states it, byte for byte: `https://example.b2clogin.com/<tenant id>/v2.0/`. */
  readonly issuer: string;
  /** Application (client) id of the registration that stands for this resource, a GUID. */
  readonly applicationId: string;
  /** Application ID URI of that registration. Clients ask for its scopes by names that begin with it. */
  readonly applicationIdUri: string;
}

export const entraB2COptions = object<EntraB2COptions>({
  wellKnownUrl: textLike(
    'https://example.b2clogin.com/example.onmicrosoft.com/B2C_1_signin/v2.0/.well-known/openid-configuration',
  ),
  issuer: kind('the issuer as the metadata states it', () => true),
  applicationId: guidOf('the Application (client) ID of the registration'),
  applicationIdUri: textLike('https://example.onmicrosoft.com/mcp'),
});

/**
 * Azure AD B2C, one user flow or custom policy. Its metadata has an address that the issuer does not lead to, and all flows of a tenant
 * may share one issuer.
 *
 * Checks: `iss` and the metadata's issuer as configured, the user flow in `tfp` (or `acr`) is that of the address, `aud` the
 * application, a client in `azp`, and a permission: `scp` for a user's token, `roles` for an application's own.
 * Does not check: which of two flows with the same issuer signed; `tfp` says so, and two flows need two entries with different
 * issuers (*Token compatibility*, the issuer with `tfp`).
 * Tried with tokens of the shape that its documentation shows (2026-11-29), not against the live provider.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`, `invalid_issuer`, `insecure_issuer`
 * @see RFC 8414 §3.3
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { entraB2C } from '@mcp-auth/core/providers';
 *
 * const server = entraB2C({
 *   wellKnownUrl:
 *     'https://example.b2clogin.com/example.onmicrosoft.com/B2C_1_signin/v2.0/.well-known/openid-configuration',
 *   issuer: 'https://example.b2clogin.com/0f0b1d9e-6c1c-4a57-9d0a-3a4c3f5d2b11/v2.0/',
 *   applicationId: '5b7f2c1e-8f34-4f0c-b0a3-6c2d9e1f7a22',
 *   applicationIdUri: 'https://example.onmicrosoft.com/mcp',
 * });
 * ```
 */
export function entraB2C(options: EntraB2COptions): ProviderConfig {
  checkOptions(options, entraB2COptions, 'entraB2C');
  const { wellKnownUrl, issuer, applicationId } = options;
  checkIssuer(issuer, 'entraB2C.issuer', false);
  const flow = readUserFlow(wellKnownUrl);
  return {
    issuer,
    type: 'oidc',
    wellKnownUrl,
    audiences: [applicationId],
    policy: {
      name: 'entra-b2c',
      check: (claims) => {
        if (!isOfFlow(claims, flow)) return 'tfp';
        return readString(claims, 'azp') === undefined ? 'azp' : checkPermission(claims);
      },
      scopes: readPermissions,
      publishedScope: createEntraNames(options),
      clientId: readClient,
    },
  };
}

/** Names of user flows ignore case; addresses and tokens spell them differently. */
function isOfFlow(claims: Claims, flow: string): boolean {
  const stated = readString(claims, 'tfp') ?? readString(claims, 'acr');
  return stated?.toLowerCase() === flow;
}

function readUserFlow(wellKnownUrl: string): string {
  const url = parseUrl(wellKnownUrl);
  const segment = url?.pathname.split('/').find((part) => /^b2c_1a?_/i.test(part));
  const flow = url?.searchParams.get('p') ?? segment;
  if (url?.protocol === 'https:' && flow !== undefined && flow !== '') return flow.toLowerCase();
  throw new MCPAuthConfigError(
    'invalid_option',
    'entraB2C.wellKnownUrl',
    'must be the https address of the metadata of one user flow: with its name in the path, or as "?p=B2C_1_signin".',
  );
}
