import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { ProofRecipe } from '../proof-recipe.js';
import type { ProfileName } from '../profiles/profiles.js';
import type { RequestSpec } from '../request-spec.js';
import type { TokenRecipe } from '../token-recipe.js';
import { call } from './case-parts.js';

/** A token that is bound to the key of `holder`. */
export const bound = { claims: { cnf: { jkt: '{holder}' } } } as const satisfies TokenRecipe;

/** A call with a bound token and a proof, both good unless told otherwise. */
export function proveCall(
  proof: ProofRecipe = {},
  more: Partial<RequestSpec> = {},
  token: TokenRecipe = bound,
): RequestSpec {
  return call(token, { proof, ...more });
}

/** The same as an opaque token: an introspection endpoint, or a function, tells what it is bound to. */
export const opaque = (literal: string) => ({ literal }) as const satisfies TokenRecipe;
export const held = opaque('bound-opaque-token-of-the-holder');

/** How a route finds out what a token is bound to, with a token that it takes. */
interface Way {
  /** Begins the identifiers of its cases. */
  readonly id: string;
  readonly profile: ProfileName;
  readonly token: TokenRecipe;
  /** Ends their titles. */
  readonly where: string;
  /** Whether one proof for each check will do: proofs are judged by the code that all ways share. */
  readonly isCovered?: true;
}

const ways: readonly Way[] = [
  { id: 'dpop', profile: 'dpop', token: bound, where: '' },
  { id: 'dpop-opaque', profile: 'dpop-introspection', token: held, where: ', with an opaque token' },
  {
    id: 'dpop-auto',
    profile: 'dpop-auto',
    token: bound,
    where: ', with a JWT where both kinds are taken',
    isCovered: true,
  },
  {
    id: 'dpop-auto-opaque',
    profile: 'dpop-auto',
    token: held,
    where: ', with an opaque token where both kinds are taken',
    isCovered: true,
  },
  {
    id: 'dpop-function',
    profile: 'dpop-function',
    token: held,
    where: ', with a token that a function knows',
    isCovered: true,
  },
];

/** What must hold in each way that a route may verify tokens. */
export function inEachWay(
  create: (token: TokenRecipe, isCovered: boolean) => readonly Omit<ConformanceCase, 'profile'>[],
): readonly ConformanceCase[] {
  return ways.flatMap(({ id, profile, token, where, isCovered = false }) =>
    create(token, isCovered).map((each): ConformanceCase => ({
      ...each,
      id: `${id}-${each.id}`,
      title: `${each.title}${where}`,
      profile,
    })),
  );
}

/** One proof. The identifiers are those of the list of cases for RFC 9449 that they were taken from. */
export type ProofRow = readonly [
  id: string,
  title: string,
  requirements: readonly string[],
  proof: ProofRecipe,
  more?: Partial<RequestSpec>,
];

/** Requests with each of these proofs, in each way. */
export function proofCases(
  rows: readonly ProofRow[],
  verdict: string,
  expect: Expectation,
): readonly ConformanceCase[] {
  return inEachWay((token, isCovered) =>
    (isCovered ? selectCovering(rows) : rows).map(([id, title, requirements, proof, more]) => ({
      id,
      title: `a proof is ${verdict}: ${title}`,
      requirements,
      request: proveCall(proof, more, token),
      expect,
    })),
  );
}

/** The first for each check. */
function selectCovering(rows: readonly ProofRow[]): readonly ProofRow[] {
  const seen = new Set<string>();
  return rows.filter(([, , requirements]) => {
    const check = requirements.join();
    const isFirst = !seen.has(check);
    seen.add(check);
    return isFirst;
  });
}

const otherChallenge = { absent: ['error', 'error_description'] } as const;

/** 401 about the proof (RFC 9449 §7.1): the error stands on the DPoP challenge, and on no other. */
export const invalidProof = {
  status: 401,
  challenge: otherChallenge,
  dpopChallenge: { exactly: { error: 'invalid_dpop_proof' }, scopes: ['notes:read'] },
  headers: { 'dpop-nonce': { absent: true } },
  body: { members: { error: 'invalid_dpop_proof' }, absent: ['auth'] },
  handlerRan: false,
} as const satisfies Expectation;

/** 401 about the token, which came with the scheme DPoP. */
export const invalidBoundToken = {
  status: 401,
  challenge: otherChallenge,
  dpopChallenge: { exactly: { error: 'invalid_token' }, scopes: ['notes:read'] },
  headers: { 'dpop-nonce': { absent: true } },
  body: { members: { error: 'invalid_token' }, absent: ['auth'] },
  handlerRan: false,
} as const satisfies Expectation;

/** 401 about the token, which came with the scheme Bearer. */
export const invalidPlainToken = {
  status: 401,
  challenge: { exactly: { error: 'invalid_token' }, scopes: ['notes:read'] },
  dpopChallenge: otherChallenge,
  body: { members: { error: 'invalid_token' }, absent: ['auth'] },
  handlerRan: false,
} as const satisfies Expectation;

/** 401 that asks for a proof with a nonce (RFC 9449 §9). */
export const nonceWanted = {
  status: 401,
  challenge: otherChallenge,
  dpopChallenge: { exactly: { error: 'use_dpop_nonce' } },
  headers: { 'dpop-nonce': { matches: '^[\\x21\\x23-\\x5b\\x5d-\\x7e]{20,200}$' } },
  body: { members: { error: 'use_dpop_nonce' }, absent: ['auth'] },
  handlerRan: false,
} as const satisfies Expectation;
