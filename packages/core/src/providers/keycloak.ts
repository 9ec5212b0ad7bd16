import { checkOptions, object } from '../config/check-options.js';
import { kind } from '../config/kinds.js';
import { checkIssuer } from '../authorization-server/issuer.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { readScopesFrom } from '../scopes/scopes.js';
import type { Claims } from '../token/token-policy.js';
import {
  hasOnlySharedAudiences,
  isTypedAccessToken,
  names,
  ownAudience,
  type ProviderConfig,
  readString,
  refuseSharedAudience,
} from './config.js';

/** Options of {@link keycloak}. */
export interface KeycloakOptions {
  /** Issuer of the realm, for example `https://sso.example.com/realms/example`. */
  readonly issuer: string;
  /** What the realm's audience mapper writes. Never `account`. Default: the resource identifier. */
  readonly audience?: string | undefined;
  /** Role claims that grant scopes too, for example `realm_access.roles`. Default: none. */
  readonly roleClaims?: readonly string[] | undefined;
}

/** Clients that every realm has. Keycloak names them in `aud` for users who hold one of their roles, `account` for all. */
const builtInClients: ReadonlySet<string> = new Set(['account', 'broker', 'realm-management']);

export const keycloakOptions = object<KeycloakOptions>({
  issuer: kind('the issuer of a realm', () => true),
  audience: ownAudience,
  roleClaims: names,
});

/**
 * Keycloak. An audience mapper in each scope of this resource must write it into `aud`: without one tokens say `account`, which
 * every client of the realm gets, or nothing.
 *
 * Checks: `aud` as configured and not the realm's own clients alone, the claim `typ` is `Bearer`, or `DPoP` of a token that is bound to
 * a key (or the header says `at+jwt`), so that ID, refresh and logout tokens of the same realm are refused, and a client in `azp`.
 * Tried against Keycloak 26.7.3.
 *
 * @throws {MCPAuthConfigError} `invalid_issuer`, `insecure_issuer`, `invalid_audience`, `unknown_option`, `invalid_option`
 * @see RFC 9068 §4
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { keycloak } from '@mcp-auth/core/providers';
 *
 * const server = keycloak({ issuer: 'https://sso.example.com/realms/example' });
 * ```
 */
export function keycloak(options: KeycloakOptions): ProviderConfig {
  checkOptions(options, keycloakOptions, 'keycloak');
  const { issuer, audience, roleClaims } = options;
  checkRealm(issuer);
  refuseSharedAudience(
    audience,
    (value) => builtInClients.has(value),
    'keycloak.audience',
    'tokens for any client of the realm carry it. Add an audience mapper for this resource.',
  );
  return {
    issuer,
    type: 'oidc',
    ...(audience === undefined ? undefined : { audiences: [audience] }),
    policy: {
      name: 'keycloak',
      check: (claims, { header }) => {
        if (!isOfAccessToken(claims) && !isTypedAccessToken(header)) return 'typ';
        if (hasOnlySharedAudiences(claims, (value) => builtInClients.has(value))) return 'aud';
        return readString(claims, 'azp') === undefined ? 'azp' : undefined;
      },
      scopes: (claims) => readScopesFrom(claims, ['scope', ...(roleClaims ?? [])]),
      clientId: (claims) => readString(claims, 'azp'),
    },
  };
}

/** Tokens that Keycloak binds to a key have another `typ`. Without the key, such a one would be anybody's. */
function isOfAccessToken({ typ, cnf }: Claims): boolean {
  return typ === 'Bearer' || (typ === 'DPoP' && typeof cnf === 'object' && cnf !== null);
}

function checkRealm(issuer: unknown): asserts issuer is string {
  checkIssuer(issuer, 'keycloak.issuer', false);
  if (/\/realms\/[^/]+$/.test(issuer)) return;
  throw new MCPAuthConfigError(
    'invalid_issuer',
    'keycloak.issuer',
    'must be the address of a realm, such as "https://sso.example.com/realms/example", without a final slash.',
  );
}
