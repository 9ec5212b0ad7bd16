import { splitRequirement, type ScopeRequirement } from './scope-requirement.js';
import type { ScopeCheck } from './scope-hierarchy.js';
import { isScopeToken } from './scopes.js';

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

/** The scopes to write into a 403 challenge. `relevant` are the scopes that this resource knows. */
export function selectChallengeScopes(
  mode: ChallengeScopes,
  protocolVersion: string | undefined,
  needed: readonly string[],
  granted: readonly string[],
  relevant: ReadonlySet<string>,
): readonly string[] {
  const repeat = mode === 'with-granted' || (mode === 'by-version' && isBefore20260728(protocolVersion));
  return repeat ? [...new Set([...needed, ...granted.filter((scope) => relevant.has(scope))])] : needed;
}

/** Revisions are dates; the first ones sent no field at all. */
export function isBefore20260728(version: string | undefined): boolean {
  return version === undefined || (/^\d{4}-\d{2}-\d{2}$/.test(version) && version < '2026-07-28');
}
