import { MCPAuthConfigError } from '../errors/config-error.js';
import type { TokenPolicy } from '../policy/token-policy.js';
import { readString, readWords } from './claims.js';
import { requireList, requireText, type ProviderConfig } from './config.js';

interface EntraCommonOptions {
  /** Application (client) id of the registration that stands for this resource. */
  readonly applicationId: string;
  /** Application ID URI, where it differs from `api://<applicationId>`. */
  readonly applicationIdUri?: string | undefined;
}

/** Options of {@link entra}. */
export interface EntraOptions extends EntraCommonOptions {
  /** Directory (tenant) id, a GUID. */
  readonly tenantId: string;
}

/** Options of {@link entraMultiTenant}. */
export interface EntraMultiTenantOptions extends EntraCommonOptions {
  /** Directory (tenant) ids whose tokens are accepted. There is no wildcard: any stranger can create a tenant. */
  readonly tenantIds: readonly string[];
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Microsoft Entra ID, one tenant, tokens of version 1 and 2.
 *
 * Checks: exactly the two issuers of the tenant, `tid` equal to it, `aud` one of the application's own identifiers.
 * Scopes are read from `scp` for users and from `roles` for applications.
 * Not tried against the live provider.
 *
 * @throws {MCPAuthConfigError} `invalid_option`
 */
export function entra(options: EntraOptions): ProviderConfig {
  checkTenant(options.tenantId, 'entra.tenantId');
  return {
    issuer: `https://login.microsoftonline.com/${options.tenantId}/v2.0`,
    type: 'oidc',
    tokenIssuers: issuersOf(options.tenantId),
    audiences: audiencesOf(options),
    policy: createPolicy('entra'),
  };
}

/**
 * Microsoft Entra ID, several tenants by name.
 *
 * Entra publishes one document for all tenants, with a placeholder for an issuer, so it cannot be compared with anything;
 * the metadata is therefore given here and each accepted issuer is written out from the list of tenants.
 * Checks what {@link entra} checks, for each tenant, and that `tid` belongs to the issuer.
 * Not tried against the live provider.
 *
 * @throws {MCPAuthConfigError} `invalid_option`
 */
export function entraMultiTenant(options: EntraMultiTenantOptions): ProviderConfig {
  requireList(options.tenantIds, 'entraMultiTenant.tenantIds');
  for (const [index, tenant] of options.tenantIds.entries())
    checkTenant(tenant, `entraMultiTenant.tenantIds[${index}]`);
  const base = 'https://login.microsoftonline.com/organizations';
  return {
    type: 'oidc',
    metadata: {
      issuer: `${base}/v2.0`,
      authorizationEndpoint: `${base}/oauth2/v2.0/authorize`,
      tokenEndpoint: `${base}/oauth2/v2.0/token`,
      jwksUri: `${base}/discovery/v2.0/keys`,
    },
    tokenIssuers: options.tenantIds.flatMap(issuersOf),
    audiences: audiencesOf(options),
    policy: createPolicy('entra-multi-tenant'),
  };
}

/** Version 2 tokens, then version 1 tokens. */
function issuersOf(tenantId: string): readonly string[] {
  return [`https://login.microsoftonline.com/${tenantId}/v2.0`, `https://sts.windows.net/${tenantId}/`];
}

/** Version 2 tokens carry the GUID, version 1 tokens the Application ID URI. */
function audiencesOf({ applicationId, applicationIdUri }: EntraCommonOptions): readonly string[] {
  requireText(applicationId, 'entra.applicationId', '11111111-2222-3333-4444-555555555555');
  return [applicationId, applicationIdUri ?? `api://${applicationId}`];
}

function createPolicy(name: string): TokenPolicy {
  return {
    name,
    check: (claims) => {
      const tenant = readString(claims, 'tid');
      const belongs = tenant !== undefined && issuersOf(tenant).includes(readString(claims, 'iss') ?? '');
      return belongs ? undefined : 'tid';
    },
    scopes: (claims) => [...readWords(claims, 'scp'), ...readWords(claims, 'roles')],
    clientId: (claims) => readString(claims, 'azp') ?? readString(claims, 'appid'),
  };
}

function checkTenant(tenantId: unknown, path: string): void {
  requireText(tenantId, path, '11111111-2222-3333-4444-555555555555');
  if (guid.test(tenantId)) return;
  throw new MCPAuthConfigError(
    'invalid_option',
    path,
    'must be the GUID of a tenant in lower case; "common", "organizations" and domain names do not appear in tokens.',
  );
}
