import type { Account } from 'oidc-provider';

/** Everybody may log in by any name; what a name may be granted differs. */
export const administrator = 'admin';

/** Scopes that only the administrator may grant. */
const administrative = new Set(['todo:admin', 'notes:statistics', 'visitors:read']);

export function isAdministrative(scope: string): boolean {
  return administrative.has(scope);
}

/** How a user may log in (RFC 9470): with a name alone, or with a second factor, which here is a page that says so. */
export const nameAlone = 'urn:example:name';
export const secondFactor = 'urn:example:second-factor';

export function grantableScopes(accountId: string, requested: readonly string[]): string[] {
  return requested.filter((scope) => accountId === administrator || !isAdministrative(scope));
}

export function displayName(accountId: string): string {
  return accountId.charAt(0).toUpperCase() + accountId.slice(1);
}

export function findAccount(accountId: string): Account {
  return {
    accountId,
    claims: () => ({ sub: accountId, name: displayName(accountId) }),
  };
}
