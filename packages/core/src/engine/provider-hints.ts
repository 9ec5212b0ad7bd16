import type { TrustedServer } from '../resource/trusted-server.js';

/** Issuers of providers whose tokens need rules, and what `@mcp-auth/core/providers` has for them. */
const kinds: readonly (readonly [issuer: RegExp, provider: string, policy: string])[] = [
  [/^https:\/\/(?:issuer-)?cognito-idp\.[\w-]+\.amazonaws\.com\//, 'Amazon Cognito', 'cognito'],
  [/^https:\/\/(?:login\.microsoftonline\.com|sts\.windows\.net)\//, 'Entra ID', 'entra'],
  [/^https:\/\/[\w-]+\.b2clogin\.com\//, 'Azure AD B2C', 'entraB2C'],
  [/^https:\/\/[\w-]+\.ciamlogin\.com\//, 'Entra External ID', 'entraExternalId'],
  [/^https:\/\/[\w-]+\.supabase\.co\//, 'Supabase', 'supabase'],
  [/^https:\/\/[\w.-]+\.auth0\.com\/$/, 'Auth0', 'auth0'],
  [/^https:\/\/[\w-]+\.okta(?:preview)?\.com\//, 'Okta', 'okta'],
  [/\/realms\/[^/]+$/, 'Keycloak', 'keycloak'],
  [/^https:\/\/[\w-]+\.authkit\.app$/, 'WorkOS', 'workos'],
  [/^https:\/\/[\w-]+\.clerk\.accounts\.dev$/, 'Clerk', 'clerk'],
  [/^https:\/\/[\w-]+\.cloudflareaccess\.com$/, 'Cloudflare Access', 'cloudflareAccess'],
  [/^https:\/\/[\w.-]+\.zitadel\.cloud$/, 'ZITADEL', 'zitadel'],
  [/^https:\/\/[^/]+\/adfs$/, 'AD FS', 'adfs'],
];

/**
 * What to look at where tokens are refused for their audience, by the value they carry as `iss`: for servers of a known provider without
 * its policy.
 */
export function collectProviderHints(servers: readonly TrustedServer[]): ReadonlyMap<string, string> {
  return new Map(
    servers.flatMap(({ policy, tokenIssuers }) =>
      tokenIssuers.flatMap((issuer) => {
        const known = policy === undefined ? kinds.find(([pattern]) => pattern.test(issuer)) : undefined;
        if (known === undefined) return [];
        const [, provider, name] = known;
        return [
          [
            issuer,
            `Tokens of ${provider} name their audience in their own way: write ${name}({ … }) of @mcp-auth/core/providers in authorizationServers, which checks them by its rules`,
          ] as const,
        ];
      }),
    ),
  );
}
