import type { ChallengeError } from '@mcp-auth/core';
import type { Challenge } from '../challenge/parse-challenges.js';
import { checkOptions } from '../check-options.js';
import { readResponse } from '../response/read-response.js';
import { findChallenges, valuesOf } from './challenges.js';
import { type Judgement, list, show } from './judgement.js';

/** What a challenge must say. What is left out is not looked at. */
export interface ExpectedChallenge {
  /** The scopes that it names, all of them and no others; their order does not matter. An empty list: none. */
  readonly scopes?: readonly string[] | undefined;
  /** The error code. `null`: none, as where no token was sent (RFC 6750 §3.1). */
  readonly error?: ChallengeError | null | undefined;
  /** `resource_metadata`, the URL of the metadata (RFC 9728 §5.1). */
  readonly resourceMetadata?: string | URL | undefined;
}

const known = ['scopes', 'error', 'resourceMetadata'] as const satisfies readonly (keyof ExpectedChallenge)[];

/** Whether a response asks for a token, or for more of one, in these words. */
export function judgeChallenge(value: unknown, wanted: ExpectedChallenge | readonly string[]): Judgement {
  const expected: ExpectedChallenge = isList(wanted) ? { scopes: wanted } : wanted;
  checkOptions('toChallengeFor', expected, known);
  const response = readResponse(value);
  const what = describe(expected);
  const fail = (problem: string) => ({ pass: false, message: `expected ${what}, but ${problem}` });
  const found = findChallenges(response);
  if (response.status !== 401 && response.status !== 403)
    return fail(`the response has status ${response.status}, not 401 or 403`);
  if (found.kind === 'none') return fail(`the response has status ${response.status} and ${found.problem}`);
  const problem = findProblem(found.challenges, expected);
  if (problem !== undefined) return fail(problem);
  return { pass: true, message: '' };
}

function findProblem(challenges: readonly Challenge[], expected: ExpectedChallenge): string | undefined {
  const { scopes, error, resourceMetadata } = expected;
  return (
    (scopes === undefined ? undefined : findProblemOf('scope', (value) => compareScopes(value, scopes))) ??
    (error === undefined ? undefined : findProblemOf('error', (value) => compare('error', value, error))) ??
    (resourceMetadata === undefined
      ? undefined
      : findProblemOf('resource_metadata', (value) =>
          compare('resource_metadata', value, String(resourceMetadata)),
        ))
  );

  /** Where two schemes are offered, each says it, or only one does; a client may follow either. */
  function findProblemOf(
    name: string,
    find: (value: string | undefined) => string | undefined,
  ): string | undefined {
    const values = valuesOf(challenges, name);
    if (values.length === 0) return find(undefined);
    return values.map(find).find((problem) => problem !== undefined);
  }
}

function compareScopes(value: string | undefined, expected: readonly string[]): string | undefined {
  const actual = (value ?? '').split(' ').filter((scope) => scope !== '');
  const missing = expected.filter((scope) => !actual.includes(scope));
  const further = actual.filter((scope) => !expected.includes(scope));
  if (missing.length === 0 && further.length === 0) return undefined;
  const named = actual.length === 0 ? 'it names no scopes' : `it names the scopes ${list(actual)}`;
  return [
    named,
    ...(missing.length === 0 ? [] : [`${list(missing)} ${missing.length > 1 ? 'are' : 'is'} missing`]),
    ...(further.length === 0 ? [] : [`${list(further)} ${further.length > 1 ? 'were' : 'was'} not expected`]),
  ].join('; ');
}

function compare(name: string, actual: string | undefined, expected: string | null): string | undefined {
  if ((actual ?? null) === expected) return undefined;
  return actual === undefined ? `it has no ${name}` : `its ${name} is ${show(actual)}`;
}

function describe({ scopes, error, resourceMetadata }: ExpectedChallenge): string {
  const parts = [
    scopes === undefined
      ? undefined
      : scopes.length === 0
        ? 'for no scopes'
        : `for the scopes ${list(scopes)}`,
    error === undefined ? undefined : error === null ? 'without an error' : `with the error ${show(error)}`,
    resourceMetadata === undefined ? undefined : `with the metadata at ${show(String(resourceMetadata))}`,
  ];
  return ['a challenge (401 or 403)', ...parts.filter((part) => part !== undefined)].join(' ');
}

function isList(wanted: ExpectedChallenge | readonly string[]): wanted is readonly string[] {
  return Array.isArray(wanted);
}
