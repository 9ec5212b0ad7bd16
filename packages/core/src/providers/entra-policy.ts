import type { Claims, TokenPolicy } from '../token/token-policy.js';
import { readString, readWords } from './claims.js';

/** Version 2 tokens, then version 1 tokens. */
export function issuersOfTenant(tenantId: string): readonly string[] {
  return [`https://login.microsoftonline.com/${tenantId}/v2.0`, `https://sts.windows.net/${tenantId}/`];
}

/** What Entra's tokens must show beside issuer and audience. */
export function createEntraPolicy(name: string): TokenPolicy {
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
    clientId: readClient,
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
