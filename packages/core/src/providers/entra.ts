import { checkOptions, type Described, list, object } from '../config/check-options.js';
import { kind, type Kind, text } from '../config/kinds.js';
import { names, type ProviderConfig, readString, readWords } from './config.js';
import type { Claims, TokenPolicy } from '../token/token-policy.js';

/** What both forms have in common. */
export interface EntraCommonOptions {
  /** Application (client) id of the registration that stands for this resource, a GUID. */
  readonly applicationId: string;
  /**
   * Application ID URI of that registration. Clients ask for its scopes by names that begin with it. Default:
   * `api://<applicationId>`.
   */
  readonly applicationIdUri?: string | undefined;
  /**
   * App roles that requirements or `scopesSupported` name. They are published as they are written, because no client can ask for
   * one; all other names are taken for scopes. Default: none.
   */
  readonly applicationRoles?: readonly string[] | undefined;
}

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

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function guidOf(hint: string): Kind<string> {
  const isGuid = (value: unknown) => typeof value === 'string' && guid.test(value);
  return { ...kind(`a GUID in lower case: ${hint}`, isGuid, { shown: true }), required: true };
}

const tenantHint =
  'the Directory (tenant) ID; "common", "organizations" and domain names do not appear in tokens';

const registration = {
  applicationId: guidOf('the Application (client) ID of the registration'),
  applicationIdUri: text,
  applicationRoles: names,
} satisfies Described<EntraCommonOptions>;

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
 * Not tried against the live provider.
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
    policy: createEntraPolicy('entra', options),
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
 * Not tried against the live provider.
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
    policy: createEntraPolicy('entra-multi-tenant', options),
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

/** What Entra's tokens must show in addition to issuer and audience. */
function createEntraPolicy(name: string, registration: EntraCommonOptions): TokenPolicy {
  return {
    name,
    check: (claims) => {
      const tenant = readString(claims, 'tid') ?? '';
      if (!issuersOfTenant(tenant).includes(readString(claims, 'iss') ?? '')) return 'tid';
      if (readClient(claims) === undefined) return claims.ver === '1.0' ? 'appid' : 'azp';
      if (readPermissions(claims).length > 0) return undefined;
      return isApplication(claims) ? 'roles' : 'scp';
    },
    scopes: readPermissions,
    publishedScope: createEntraNames(registration),
    clientId: readClient,
  };
}

/** Scopes of OpenID Connect, which belong to no application (OpenID Connect Core §5.4, §11). */
const openIdScopes: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access']);

/**
 * Clients ask for `<Application ID URI>/read`, and `scp` says `read`. A URI that ends with a slash gets another one: Entra takes what
 * is in front of the last slash for the URI.
 */
function createEntraNames({
  applicationId,
  applicationIdUri = `api://${applicationId}`,
  applicationRoles = [],
}: EntraCommonOptions): (scope: string) => string {
  const unchanged = new Set([...openIdScopes, ...applicationRoles]);
  const own = [`${applicationIdUri}/`, `api://${applicationId}/`, `${applicationId}/`];
  return (scope) => {
    if (unchanged.has(scope)) return scope;
    const prefix = own.find((start) => scope.startsWith(start));
    if (prefix !== undefined) return `${applicationIdUri}/${scope.slice(prefix.length)}`;
    // A scope of another application, which is asked for by its own name
    return scope.includes('://') ? scope : `${applicationIdUri}/${scope}`;
  };
}

/** Version 2 writes `azp`, version 1 `appid`. */
function readClient(claims: Claims): string | undefined {
  return readString(claims, 'azp') ?? readString(claims, 'appid');
}

/** A user's roles say what the user may do, not what the client was allowed to do for the user. */
function readPermissions(claims: Claims): readonly string[] {
  return readWords(claims, isApplication(claims) ? 'roles' : 'scp');
}

/**
 * Whether an application acts for itself. The optional claim `idtyp` says so; without it an application is its own
 * subject and has no delegated scopes.
 */
function isApplication(claims: Claims): boolean {
  if (claims.idtyp !== undefined) return claims.idtyp === 'app';
  const subject = readString(claims, 'sub');
  return subject !== undefined && subject === readString(claims, 'oid') && claims.scp === undefined;
}
