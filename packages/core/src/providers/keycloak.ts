import { MCPAuthConfigError } from '../errors/config-error.js';
import { checkIssuer } from '../authorization-server/issuer.js';
import { mapScopes } from '../policy/scopes.js';
import { readString } from './claims.js';
import type { ProviderConfig } from './config.js';

/** Options of {@link keycloak}. */
export interface KeycloakOptions {
  /** For example `https://sso.example.com/realms/example`. */
  readonly issuer: string;
  /** What the realm's audience mapper writes, where it is not the resource identifier. Never `account`. */
  readonly audience?: string | undefined;
  /** Role claims that grant scopes too, for example `realm_access.roles`. Default: none. */
  readonly roleClaims?: readonly string[] | undefined;
}

/**
 * Keycloak. An audience mapper in the realm must write this resource into `aud`: without one tokens say `account`, which
 * every client of the realm gets.
 *
 * Checks: `aud` as configured, and the claim `typ` is `Bearer` (or the header says `at+jwt`), so that ID, refresh and
 * logout tokens of the same realm are refused.
 * Not tried against the live provider.
 *
 * @throws {MCPAuthConfigError} `invalid_issuer`, `insecure_issuer`, `invalid_audience`
 */
export function keycloak(options: KeycloakOptions): ProviderConfig {
  const { issuer, audience, roleClaims = [] } = options;
  checkIssuer(issuer, 'keycloak.issuer', false);
  if (audience === 'account') {
    throw new MCPAuthConfigError(
      'invalid_audience',
      'keycloak.audience',
      'must not be "account": every token of the realm carries it. Add an audience mapper for this resource.',
    );
  }
  return {
    issuer,
    type: 'oidc',
    ...(audience === undefined ? undefined : { audiences: [audience] }),
    policy: {
      name: 'keycloak',
      check: (claims, { header }) => (claims.typ === 'Bearer' || isTyped(header) ? undefined : 'typ'),
      scopes: (claims) => mapScopes(claims, ['scope', ...roleClaims]),
      clientId: (claims) => readString(claims, 'azp') ?? readString(claims, 'client_id'),
    },
  };
}

function isTyped({ typ }: Readonly<Record<string, unknown>>): boolean {
  return typeof typ === 'string' && /^(?:application\/)?at\+jwt$/i.test(typ);
}
