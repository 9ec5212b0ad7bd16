import type { Described } from '../config/check-options.js';
import { kind, type Kind, text } from '../config/kinds.js';
import type { Claims, TokenPolicy } from '../token/token-policy.js';
import { names, readString, readWords } from './config.js';

/** What all forms of Entra have in common. */
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

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A GUID as tokens write it, with what it is. */
export function guidOf(hint: string): Kind<string> {
  const isGuid = (value: unknown) => typeof value === 'string' && guid.test(value);
  return { ...kind(`a GUID in lower case: ${hint}`, isGuid, { shown: true }), required: true };
}

export const tenantHint =
  'the Directory (tenant) ID; "common", "organizations" and domain names do not appear in tokens';

export const registration = {
  applicationId: guidOf('the Application (client) ID of the registration'),
  applicationIdUri: text,
  applicationRoles: names,
} satisfies Described<EntraCommonOptions>;

/**
 * What Entra's tokens must show in addition to issuer and audience.
 *
 * @param issuersOf - the issuers that tokens of a tenant may carry; none for a tenant that is not accepted
 */
export function createEntraPolicy(
  name: string,
  registration: EntraCommonOptions,
  issuersOf: (tenantId: string) => readonly string[],
): TokenPolicy {
  return {
    name,
    check: (claims) => {
      const tenant = readString(claims, 'tid') ?? '';
      if (!issuersOf(tenant).includes(readString(claims, 'iss') ?? '')) return 'tid';
      return checkPermission(claims);
    },
    scopes: readPermissions,
    publishedScope: createEntraNames(registration),
    clientId: readClient,
  };
}

/** ID tokens have the audience of access tokens, but no client and no permission. */
export function checkPermission(claims: Claims): string | undefined {
  if (readClient(claims) === undefined) return claims.ver === '1.0' ? 'appid' : 'azp';
  if (readPermissions(claims).length > 0) return undefined;
  return isApplication(claims) ? 'roles' : 'scp';
}

/** Scopes of OpenID Connect, which belong to no application (OpenID Connect Core §5.4, §11). */
const openIdScopes: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access']);

/**
 * Clients ask for `<Application ID URI>/read`, and `scp` says `read`. A URI that ends with a slash gets another one: Entra takes what
 * is in front of the last slash for the URI.
 */
export function createEntraNames({
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
export function readClient(claims: Claims): string | undefined {
  return readString(claims, 'azp') ?? readString(claims, 'appid');
}

/** A user's roles say what the user may do, not what the client was allowed to do for the user. */
export function readPermissions(claims: Claims): readonly string[] {
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
