import type { Expectation } from '../expectation.js';
import type { ProofRecipe } from '../proof-recipe.js';
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
