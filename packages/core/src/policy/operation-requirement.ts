import { isPlain } from '../errors/plain-object.js';
import {
  checkRequirement,
  copyRequirement,
  type ScopeRequirement,
  scopesOf,
} from '../scopes/scope-requirement.js';
import { type AuthenticationNeed, checkAuthentication, copyAuthentication } from './authentication-need.js';

/**
 * A login that an operation needs, with the scopes that it needs as well.
 *
 * @see RFC 9470 §3
 * @example
 * ```ts
 * import type { AuthenticationRequirement } from '@mcp-auth/core';
 *
 * export const closeAccount: AuthenticationRequirement = {
 *   allOf: ['accounts:write'],
 *   authentication: { acrValues: ['urn:example:mfa'], maxAgeSeconds: 900 },
 * };
 * ```
 */
export interface AuthenticationRequirement {
  readonly allOf?: readonly string[] | undefined;
  readonly anyOf?: readonly string[] | undefined;
  /** How the user must have logged in, by `acr` and `auth_time` of the token. */
  readonly authentication: AuthenticationNeed;
}

/** What an operation needs of a token: scopes, a login, or both. */
export type OperationRequirement = ScopeRequirement | AuthenticationRequirement;

/** Both halves of a requirement. */
export interface SplitRequirement {
  readonly scopes: ScopeRequirement;
  readonly authentication: AuthenticationNeed | undefined;
}

export function splitAuthentication(requirement: OperationRequirement): SplitRequirement {
  if (!('authentication' in requirement)) return { scopes: requirement, authentication: undefined };
  const { allOf = [], anyOf, authentication } = requirement;
  return { scopes: { allOf, anyOf }, authentication };
}

/** @throws {MCPAuthConfigError} `unknown_option`, `invalid_scope`, `invalid_option` */
export function checkOperationRequirement(
  requirement: unknown,
  path: string,
): asserts requirement is OperationRequirement {
  if (!isPlain(requirement) || !Object.hasOwn(requirement, 'authentication')) {
    checkRequirement(requirement, path, ['authentication']);
    return;
  }
  const { authentication, ...scopes } = requirement as { readonly authentication?: unknown };
  checkAuthentication(authentication, `${path}.authentication`);
  if (Object.keys(scopes).length > 0) checkRequirement(scopes, path, ['authentication']);
}

/** A requirement as it is now: what somebody does to their lists later changes nothing. */
export function copyOperationRequirement(requirement: OperationRequirement): OperationRequirement {
  const { scopes, authentication } = splitAuthentication(requirement);
  if (authentication === undefined) return copyRequirement(scopes);
  return { ...toMembers(scopes), authentication: copyAuthentication(authentication) };
}

function toMembers(scopes: ScopeRequirement): Omit<AuthenticationRequirement, 'authentication'> {
  const copy = copyRequirement(scopes);
  return 'anyOf' in copy || 'allOf' in copy ? copy : { allOf: copy };
}

/** All scopes that a requirement names. */
export function scopesOfOperation(requirement: OperationRequirement): readonly string[] {
  return scopesOf(splitAuthentication(requirement).scopes);
}
