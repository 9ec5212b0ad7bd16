import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue, isPromise } from '../errors/describe-value.js';
import { unknownOption } from '../errors/unknown-option.js';
import { isScopeToken } from './scopes.js';

/**
 * The scopes an operation needs: a list means all of them. `anyOf` names alternatives, the preferred one first, which is
 * the one a challenge asks for; with `allOf` beside it both must be met.
 */
export type ScopeRequirement =
  | readonly string[]
  | { readonly allOf: readonly string[]; readonly anyOf?: readonly string[] | undefined }
  | { readonly allOf?: readonly string[] | undefined; readonly anyOf: readonly string[] };

/** A requirement in one form. */
export interface RequirementParts {
  readonly allOf: readonly string[];
  readonly anyOf: readonly string[] | undefined;
}

export function splitRequirement(requirement: ScopeRequirement): RequirementParts {
  if (isList(requirement)) return { allOf: requirement, anyOf: undefined };
  return { allOf: requirement.allOf ?? [], anyOf: requirement.anyOf };
}

/** All scopes that a requirement names. */
export function scopesOf(requirement: ScopeRequirement): readonly string[] {
  const { allOf, anyOf = [] } = splitRequirement(requirement);
  return [...allOf, ...anyOf];
}

/** @throws {MCPAuthConfigError} `unknown_option`, `invalid_scope`, `invalid_option` */
export function checkRequirement(
  requirement: unknown,
  path: string,
): asserts requirement is ScopeRequirement {
  const { allOf, anyOf } = readParts(requirement, path);
  const lists = [allOf, anyOf].filter((list) => list !== undefined);
  if (lists.length === 0 || !lists.every(Array.isArray)) {
    throw new MCPAuthConfigError(
      'invalid_option',
      path,
      `must be a list of scopes, { allOf }, { anyOf }, "anonymous", "refuse" or a function, but is ${describeValue(requirement, true)}.`,
    );
  }
  if (!lists.flat().every(isScopeToken)) {
    throw new MCPAuthConfigError(
      'invalid_scope',
      path,
      'names something that is not a valid scope: printable ASCII without spaces, double quotes and backslashes (RFC 6749 §3.3).',
    );
  }
  if (Array.isArray(anyOf) && anyOf.length === 0) {
    throw new MCPAuthConfigError('invalid_option', path, 'has an empty anyOf, which nothing can meet.');
  }
}

const members = ['allOf', 'anyOf'];

function readParts(
  requirement: unknown,
  path: string,
): { readonly allOf?: unknown; readonly anyOf?: unknown } {
  if (Array.isArray(requirement)) return { allOf: requirement };
  if (typeof requirement !== 'object' || requirement === null || isPromise(requirement)) return {};
  const unknown = Object.keys(requirement).find((name) => !members.includes(name));
  if (unknown !== undefined) throw unknownOption(unknown, members, path);
  return requirement;
}

function isList(requirement: ScopeRequirement): requirement is readonly string[] {
  return Array.isArray(requirement);
}
