import { checkOptions, object } from '../config/check-options.js';
import { flag } from '../config/kinds.js';
import {
  ownAudience,
  type ProviderConfig,
  readString,
  readWords,
  refuseSharedAudience,
  textLike,
  toOrigin,
} from './config.js';

/** Options of {@link auth0}. */
export interface Auth0Options {
  /** Domain of the tenant, for example `example.eu.auth0.com`, or a custom domain. */
  readonly domain: string;
  /** Identifier of the API in Auth0. Default: the resource identifier. */
  readonly audience?: string | undefined;
  /** Whether `permissions` (role-based access control of the API) grant scopes too. Default: false. */
  readonly permissionsAsScopes?: boolean | undefined;
}

export const auth0Options = object<Auth0Options>({
  domain: textLike('example.eu.auth0.com'),
  audience: ownAudience,
  permissionsAsScopes: flag,
});

/**
 * Auth0. The issuer ends with a slash, and it is part of the identifier.
 *
 * Checks: `aud` holds the API's identifier (the user info endpoint may stand next to it), and the token was issued to a
 * client (`azp`, or `client_id` in the RFC 9068 profile).
 * Clients that ask for no audience get opaque or encrypted tokens, which are refused with a reason that says so.
 * Tried with tokens of the shape that its documentation shows (2026-11-29), not against the live provider.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`, `insecure_issuer`, `invalid_audience`
 * @see RFC 9068 §4
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { auth0 } from '@mcp-auth/core/providers';
 *
 * const server = auth0({ domain: 'example.eu.auth0.com', audience: 'https://api.example.com/mcp' });
 * ```
 */
export function auth0(options: Auth0Options): ProviderConfig {
  checkOptions(options, auth0Options, 'auth0');
  const { audience, permissionsAsScopes = false } = options;
  const issuer = `${toOrigin(options.domain, 'auth0.domain')}/`;
  refuseSharedAudience(
    audience,
    (value) => value === `${issuer}userinfo` || value === `${issuer}api/v2/`,
    'auth0.audience',
    'it is an API of Auth0 itself, and its tokens go to every application. Create an API for this resource and use its identifier.',
  );
  return {
    issuer,
    type: 'oidc',
    ...(audience === undefined ? undefined : { audiences: [audience] }),
    policy: {
      name: 'auth0',
      check: (claims) => {
        const client = readString(claims, 'azp') ?? readString(claims, 'client_id');
        return client === undefined ? 'azp' : undefined;
      },
      scopes: (claims) => [
        ...readWords(claims, 'scope'),
        ...(permissionsAsScopes ? readWords(claims, 'permissions') : []),
      ],
    },
  };
}
