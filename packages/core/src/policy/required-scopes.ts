import { MCPAuthConfigError } from '../errors/config-error.js';
import { isScopeToken } from './scopes.js';

/** @throws {MCPAuthConfigError} `invalid_scope` */
export function readRequiredScopes(option: readonly string[] | undefined): readonly string[] {
  const scopes = option ?? [];
  if (!Array.isArray(scopes)) {
    throw new MCPAuthConfigError(
      'invalid_scope',
      'requiredScopes',
      'must be a list of scopes, such as ["notes:read"].',
    );
  }
  for (const [index, scope] of scopes.entries()) {
    if (isScopeToken(scope)) continue;
    throw new MCPAuthConfigError(
      'invalid_scope',
      `requiredScopes[${index}]`,
      'is no scope: printable ASCII without blanks, double quotes and backslashes (RFC 6749 §3.3).',
    );
  }
  return [...new Set<string>(scopes)];
}
