import { readString, readWords } from './claims.js';
import { toOrigin, type ProviderConfig } from './config.js';

/** Options of {@link auth0}. */
export interface Auth0Options {
  /** For example `example.eu.auth0.com`, or a custom domain. */
  readonly domain: string;
  /** Identifier of the API in Auth0, where it is not the resource identifier. */
  readonly audience?: string | undefined;
  /** Whether `permissions` (role-based access control of the API) grant scopes too. Default: false. */
  readonly permissionsAsScopes?: boolean | undefined;
}

/**
 * Auth0. The issuer ends with a slash, and it is part of the identifier.
 *
 * Checks: `aud` holds the API's identifier; a token whose only other audience is the user info endpoint is fine.
 * Clients that ask for no audience get opaque or encrypted tokens, which are refused with a reason that says so.
 * Not tried against the live provider.
 *
 * @throws {MCPAuthConfigError} `invalid_option`
 */
export function auth0(options: Auth0Options): ProviderConfig {
  const { audience, permissionsAsScopes = false } = options;
  return {
    issuer: `${toOrigin(options.domain, 'auth0.domain')}/`,
    type: 'oidc',
    ...(audience === undefined ? undefined : { audiences: [audience] }),
    policy: {
      name: 'auth0',
      check: (claims) =>
        readString(claims, 'azp') === undefined && readString(claims, 'client_id') === undefined
          ? 'azp'
          : undefined,
      scopes: (claims) => [
        ...readWords(claims, 'scope'),
        ...(permissionsAsScopes ? readWords(claims, 'permissions') : []),
      ],
    },
  };
}
