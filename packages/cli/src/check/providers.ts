/** A provider as the configuration of this library knows it. */
export interface KnownProvider {
  readonly name: string;
  /** The page about it, below `providers/`. */
  readonly page: string;
  /** The function of `@mcp-auth/core/providers`; without one its issuer is enough. */
  readonly helper?: string;
  /** What the issuer says about the options of that function. */
  readonly options?: Readonly<Record<string, string>>;
  /** Options that only their owner knows, with what they are. */
  readonly missing?: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly issuer: RegExp;
  readonly provider: (match: Readonly<Record<string, string>>) => KnownProvider;
}

const application = {
  applicationId: 'application (client) id of the registration that stands for this server',
};

/** By the issuer; custom domains cannot be told. */
const patterns: readonly Pattern[] = [
  {
    issuer: /^https:\/\/login\.microsoftonline\.com\/(?<tenantId>[0-9a-f-]{36})\/v2\.0$/,
    provider: ({ tenantId = '' }) => ({
      name: 'Microsoft Entra ID',
      page: 'entra',
      helper: 'entra',
      options: { tenantId },
      missing: application,
    }),
  },
  {
    issuer: /^https:\/\/(?<domain>[\w-]+\.ciamlogin\.com)\/(?<tenantId>[0-9a-f-]{36})\/v2\.0$/,
    provider: ({ domain = '', tenantId = '' }) => ({
      name: 'Microsoft Entra External ID',
      page: 'entra-external-id',
      helper: 'entraExternalId',
      options: { domain, tenantId },
      missing: application,
    }),
  },
  {
    issuer: /^https:\/\/(?<domain>[\w.-]+\.auth0\.com)\/$/,
    provider: ({ domain = '' }) => ({ name: 'Auth0', page: 'auth0', helper: 'auth0', options: { domain } }),
  },
  {
    issuer: /^https:\/\/(?<domain>[\w-]+\.(?:okta|oktapreview|okta-emea)\.com)\/oauth2\/(?<id>\w+)$/,
    provider: ({ domain = '', id = '' }) => ({
      name: 'Okta',
      page: 'okta',
      helper: 'okta',
      options: { domain, authorizationServerId: id },
    }),
  },
  {
    issuer: /^https:\/\/cognito-idp\.(?<region>[\w-]+)\.amazonaws\.com\/(?<userPoolId>[\w-]+)$/,
    provider: ({ region = '', userPoolId = '' }) => ({
      name: 'Amazon Cognito',
      page: 'cognito',
      helper: 'cognito',
      options: { region, userPoolId },
      missing: {
        clientIds: 'app clients that may call, as a list',
        resourceServer: 'identifier of the resource server',
      },
    }),
  },
  {
    issuer: /^https:\/\/[^/]+(?:\/auth)?\/realms\/[^/]+$/,
    provider: () => ({ name: 'Keycloak', page: 'keycloak', helper: 'keycloak', options: {} }),
  },
  {
    issuer: /^https:\/\/(?<host>[^/]+)\/adfs$/,
    provider: ({ host = '' }) => ({ name: 'AD FS', page: 'adfs', helper: 'adfs', options: { host } }),
  },
  {
    issuer: /^https:\/\/(?<domain>[\w-]+\.clerk\.accounts\.dev)$/,
    provider: ({ domain = '' }) => ({ name: 'Clerk', page: 'clerk', helper: 'clerk', options: { domain } }),
  },
  {
    issuer: /^https:\/\/(?<domain>[\w-]+\.customers\.stytch\.(?:dev|com))$/,
    provider: ({ domain = '' }) => ({
      name: 'Stytch',
      page: 'stytch',
      helper: 'stytch',
      options: { domain },
      missing: { projectId: 'id of the project' },
    }),
  },
  {
    issuer: /^https:\/\/(?<projectDomain>[\w-]+\.supabase\.co)\/auth\/v1$/,
    provider: ({ projectDomain = '' }) => ({
      name: 'Supabase',
      page: 'supabase',
      helper: 'supabase',
      options: { projectDomain },
      missing: { clientIds: 'clients that may call, as a list; or audience, which a hook of yours writes' },
    }),
  },
  {
    issuer: /^https:\/\/(?<authkitDomain>[\w-]+\.authkit\.app)$/,
    provider: ({ authkitDomain = '' }) => ({
      name: 'WorkOS AuthKit',
      page: 'workos',
      helper: 'workos',
      options: { authkitDomain },
    }),
  },
  {
    issuer: /^https:\/\/(?<domain>[\w.-]+\.zitadel\.cloud)$/,
    provider: ({ domain = '' }) => ({
      name: 'Zitadel',
      page: 'zitadel',
      helper: 'zitadel',
      options: { domain },
      missing: { projectId: 'id of the project' },
    }),
  },
  {
    issuer: /^https:\/\/(?<teamDomain>[\w-]+\.cloudflareaccess\.com)$/,
    provider: ({ teamDomain = '' }) => ({
      name: 'Cloudflare Access',
      page: 'cloudflare-access',
      helper: 'cloudflareAccess',
      options: { teamDomain },
      missing: { audienceTag: 'AUD tag of the application' },
    }),
  },
  { issuer: /^https:\/\/[\w.-]+\.logto\.app\/oidc$/, provider: () => ({ name: 'Logto', page: 'logto' }) },
  {
    issuer: /^https:\/\/[\w.-]+\.projects\.oryapis\.com\/?$/,
    provider: () => ({ name: 'Ory', page: 'ory' }),
  },
  { issuer: /^https:\/\/api\.descope\.com\//, provider: () => ({ name: 'Descope', page: 'descope' }) },
  { issuer: /^https:\/\/accounts\.google\.com$/, provider: () => ({ name: 'Google', page: 'google' }) },
];

/** The provider that issues under this name, where the name tells. */
export function recogniseProvider(issuer: string): KnownProvider | undefined {
  for (const { issuer: pattern, provider } of patterns) {
    const match = pattern.exec(issuer);
    if (match === null) continue;
    const known = provider(match.groups ?? {});
    // The issuer is the option where nothing else is
    return known.helper === 'keycloak' ? { ...known, options: { issuer } } : known;
  }
  return undefined;
}
