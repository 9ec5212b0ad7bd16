import type { Expectation } from '../expectation.js';
import type { JsonValue } from '../json.js';
import type { RequestSpec } from '../request-spec.js';
import type { TokenRecipe } from '../token-recipe.js';

/** Seconds from now, in a token recipe. */
export function fromNow(seconds: number): JsonValue {
  return { fromNow: seconds };
}

export const toolsList = {
  type: 'application/json',
  text: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
} as const;

/** A call to the MCP endpoint, with a good token unless told otherwise. */
export function call(token: TokenRecipe = {}, more: Partial<RequestSpec> = {}): RequestSpec {
  return { target: '/mcp', body: toolsList, token, ...more };
}

/** A call without a token. */
export function anonymous(more: Partial<RequestSpec> = {}): RequestSpec {
  return { target: '/mcp', body: toolsList, ...more };
}

/** A call whose Authorization headers are written out. */
export function withAuthorization(...authorization: readonly string[]): RequestSpec {
  return { ...call(), authorization };
}

const details = ['error', 'error_description', 'error_uri'] as const;

export const allowed: Expectation = { status: 200, handlerRan: true };

/** 401 as for a request that brought no credentials (RFC 6750 §3.1). */
export const withoutError = {
  status: 401,
  challenge: { absent: details },
  body: { absent: ['error', 'error_description', 'auth'] },
  handlerRan: false,
} as const satisfies Expectation;

export const invalidToken = {
  status: 401,
  challenge: { exactly: { error: 'invalid_token' }, absent: ['error_uri'] },
  body: { members: { error: 'invalid_token' }, absent: ['auth'] },
  handlerRan: false,
} as const satisfies Expectation;

export const invalidRequest = {
  status: 400,
  challenge: { exactly: { error: 'invalid_request' }, absent: ['error_uri'] },
  body: { members: { error: 'invalid_request' }, absent: ['auth'] },
  handlerRan: false,
} as const satisfies Expectation;

/** 403 that names all scopes in one challenge. */
export function insufficientScope(...scopes: readonly string[]): Expectation {
  return {
    status: 403,
    challenge: { exactly: { error: 'insufficient_scope' }, scopes, absent: ['error_uri'] },
    body: { members: { error: 'insufficient_scope' }, absent: ['auth'] },
    handlerRan: false,
  };
}

/** 503 without a challenge: the token is not at fault, and whoever comes back within five seconds is not late. */
export const unavailable: Expectation = {
  status: 503,
  headers: { 'retry-after': { matches: '^[1-5]$' }, 'www-authenticate': { absent: true } },
  body: { absent: ['auth'] },
  handlerRan: false,
};
