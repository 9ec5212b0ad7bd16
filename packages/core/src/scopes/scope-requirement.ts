import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { isPlain } from '../errors/plain-object.js';
import { unknownOption } from '../errors/unknown-option.js';
import { isScopeToken, type ScopeCheck } from './scopes.js';

/**
 * The scopes an operation needs: a list means all of them. `anyOf` names alternatives, the preferred one first, which is
 * the one a challenge asks for; with `allOf` next to it both must be met.
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

/** A requirement as it is now: what somebody does to their lists later changes nothing. */
export function copyRequirement(requirement: ScopeRequirement): ScopeRequirement {
  const { allOf, anyOf } = splitRequirement(requirement);
  return anyOf === undefined ? [...allOf] : { allOf: [...allOf], anyOf: [...anyOf] };
}

/** All scopes that a requirement names. */
export function scopesOf(requirement: ScopeRequirement): readonly string[] {
  const { allOf, anyOf = [] } = splitRequirement(requirement);
  return [...allOf, ...anyOf];
}

/**
 * @param alsoKnown - members that may stand next to the scopes, and were looked at
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_scope`, `invalid_option`
 */
export function checkRequirement(
  requirement: unknown,
  path: string,
  alsoKnown: readonly string[] = [],
): asserts requirement is ScopeRequirement {
  const { allOf, anyOf } = readParts(requirement, path, alsoKnown);
  for (const [name, list] of Object.entries(Array.isArray(requirement) ? {} : { allOf, anyOf })) {
    if (list === undefined || Array.isArray(list)) continue;
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path}.${name}`,
      `must be a list of scopes, but is ${describeValue(list, true)}${typeof list === 'string' ? `: write [${JSON.stringify(list.slice(0, 80))}]` : ''}.`,
    );
  }
  const lists = [allOf, anyOf].filter((list) => list !== undefined);
  if (lists.length === 0 || !lists.every(Array.isArray)) {
    throw new MCPAuthConfigError(
      'invalid_option',
      path,
      `must be a list of scopes, { allOf }, { anyOf }, "anonymous", "refuse" or a function, but is ${describeValue(requirement, true)}${hintFor(requirement)}.`,
    );
  }
  // A list may have holes, which every() passes over
  if (!lists.flatMap((list) => Array.from(list as readonly unknown[])).every(isScopeToken)) {
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

/** Words that are meant as a decision, with what says it. */
const words: Readonly<Record<string, string>> = {
  allow: 'For no scopes beyond those of the route write []',
  deny: 'Write "refuse", or a function that says why: () => deny({ reason })',
  public: 'For everybody, also without a token, write "anonymous"',
};

function hintFor(requirement: unknown): string {
  if (!isScopeToken(requirement)) return '';
  return `. ${Object.hasOwn(words, requirement) ? words[requirement] : `For a scope write [${JSON.stringify(requirement)}]`}`;
}

const members = ['allOf', 'anyOf'];

const writtenElsewhere = {
  // What a function returns, written as the rule itself
  kind: 'Is it a decision, such as of allow() or deny()? Return it from a function: () => deny().',
  scopes: 'For all of them write the list itself: ["a", "b"].',
  requiredScopes: 'For all of them write the list itself: ["a", "b"].',
};

function readParts(
  requirement: unknown,
  path: string,
  alsoKnown: readonly string[],
): { readonly allOf?: unknown; readonly anyOf?: unknown } {
  if (Array.isArray(requirement)) return { allOf: requirement };
  if (!isPlain(requirement)) return {};
  const known = [...members, ...alsoKnown];
  const unknown = Object.keys(requirement).find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownOption(unknown, known, path, { elsewhere: writtenElsewhere });
  return requirement;
}

function isList(requirement: ScopeRequirement): requirement is readonly string[] {
  return Array.isArray(requirement);
}

/**
 * What a 403 challenge asks for.
 *
 * `required`: what the operation needs (MCP 2026-07-28, whose clients add it to what they have). `with-granted`: that plus
 * the relevant granted scopes (MCP 2025-11-25, whose clients ask for exactly what is challenged). `by-version`: as the
 * request's `MCP-Protocol-Version` says.
 */
export type ChallengeScopes = 'required' | 'with-granted' | 'by-version';

/** What the operations of one request need, decided against what was granted. */
export interface ScopeVerdict {
  readonly covered: boolean;
  /** Complete: a token with exactly these is not challenged again for the same operations. */
  readonly needed: readonly string[];
}

/** Judges all requirements together, so that one challenge names everything. */
export function judgeScopes(
  requirements: readonly ScopeRequirement[],
  granted: readonly string[],
  check: ScopeCheck,
): ScopeVerdict {
  const needed = new Set<string>();
  let covered = true;
  for (const requirement of requirements) {
    const { allOf, anyOf } = splitRequirement(requirement);
    for (const scope of allOf) needed.add(scope);
    covered &&= check.covers(granted, allOf);
    if (anyOf === undefined) continue;
    const met = anyOf.find((scope) => check.covers(granted, [scope]));
    covered &&= met !== undefined;
    const named = met ?? anyOf[0];
    if (named !== undefined) needed.add(named);
  }
  return { covered, needed: [...needed].filter(isScopeToken) };
}

/**
 * The scopes to write into a 403 challenge, by the names that clients ask for. `relevant` are the scopes that this resource knows.
 */
export function selectChallengeScopes(
  mode: ChallengeScopes,
  protocolVersion: string | undefined,
  needed: readonly string[],
  granted: readonly string[],
  relevant: ReadonlySet<string>,
  check: ScopeCheck,
): readonly string[] {
  const asked = check.publish(needed);
  const repeat = mode === 'with-granted' || (mode === 'by-version' && isBefore20260728(protocolVersion));
  if (!repeat) return asked;
  const known = new Set(check.publish([...relevant]));
  return [...new Set([...asked, ...check.publish(granted).filter((scope) => known.has(scope))])];
}

/** Revisions are dates; the first ones sent no header at all. */
export function isBefore20260728(version: string | undefined): boolean {
  return version === undefined || (/^\d{4}-\d{2}-\d{2}$/.test(version) && version < '2026-07-28');
}
