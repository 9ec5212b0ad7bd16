import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { JsonObject, JsonValue } from '../json.js';
import { mcp } from '../profiles/basic-profiles.js';
import type { ProfileName } from '../profiles/profiles.js';
import type { RequestSpec } from '../request-spec.js';
import type { TokenRecipe } from '../token-recipe.js';
import {
  allowed,
  anonymous,
  call,
  fromNow,
  insufficientScope,
  invalidRequest,
  invalidToken,
  unavailable,
  withAuthorization,
  withoutError,
} from './case-parts.js';
import { ask, callTool, jsonBody, notFound, readResource } from './operations-parts.js';

const scopes = ['notes:read', 'notes:write'] as const;

/** The identifier of every token here, and the first half of its SHA-256 (RFC 7519 §4.1.7). */
const jti = 'decision-1';
const tokenId = 'e031d461072b6d47eb45e7cd0f15f0a6';

const named = (recipe: TokenRecipe = {}): TokenRecipe => ({ ...recipe, claims: { jti, ...recipe.claims } });

const facts = {
  version: 1,
  type: 'decision',
  resource: mcp,
  route: '/mcp',
  httpMethod: 'POST',
  binding: 'none',
} as const satisfies JsonObject;

/** Whom a genuine token names. */
const vouched: JsonObject = {
  issuer: '{primary}',
  subject: 'user-1',
  clientId: 'client-1',
  expiresAt: fromNow(300),
};
const caller: JsonObject = { ...vouched, verifiedBy: 'jwt', tokenId };

/** What a token says that nobody vouches for. */
const claimed: JsonObject = {
  ...vouched,
  audience: mcp,
  type: 'at+jwt',
  algorithm: 'ES256',
  keyId: 'primary-es256',
};

function allow(more: JsonObject): JsonObject {
  return { ...facts, level: 'info', outcome: 'allow', via: 'bearer', ...more };
}

function deny(status: number, code: string, more: JsonObject): JsonObject {
  return { ...facts, level: 'warn', outcome: 'deny', status, code, via: 'none', ...more };
}

const firstSight: JsonObject = { memory: 'first-sight', required: scopes, granted: scopes, caller };

interface Row {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  /** Default: `scoped`. */
  readonly profile?: ProfileName;
  readonly before?: ConformanceCase['before'];
  readonly issuers?: ConformanceCase['issuers'];
  readonly request: RequestSpec;
  readonly expect: Expectation;
  readonly decision: JsonObject;
}

const operation = (method: string, target?: string): JsonObject => ({
  operations: [target === undefined ? { method } : { method, target }],
});

/** A token of the same caller for a call of a tool. */
function askFor(tool: JsonValue, scope: string): RequestSpec {
  return ask(jsonBody(callTool(tool)), scope, { token: named({ claims: { scope } }) });
}

const rows: readonly Row[] = [
  {
    id: 'first-sight',
    title: 'a call that is allowed is told: who, with what, and by which request',
    requirements: ['RFC9068-4-05'],
    request: call(named(), {
      headers: [
        ['X-Request-Id', 'request-17'],
        ['Traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
      ],
    }),
    expect: allowed,
    decision: allow({
      ...firstSight,
      requestId: 'request-17',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    }),
  },
  {
    id: 'remembered',
    title: 'a token that comes again is told with the same facts, as remembered',
    requirements: ['RFC9068-4-05'],
    before: [{ request: call(named()), expect: { ...allowed, decisions: [allow(firstSight)] } }],
    request: call({ again: true }),
    expect: allowed,
    decision: allow({ ...firstSight, memory: 'remembered' }),
  },
  {
    id: 'missing-credentials',
    title: 'a call without a token is told, and names nobody',
    requirements: ['RFC6750-3.1-04'],
    request: anonymous(),
    expect: withoutError,
    decision: deny(401, 'missing_credentials', { level: 'info', required: scopes }),
  },
  {
    id: 'other-scheme',
    title: 'credentials of another scheme are told without a word of them',
    requirements: ['RFC6750-3.1-04'],
    request: anonymous({ authorization: ['Basic dXNlci0xOnNlY3JldC1zZWNyZXQ='] }),
    expect: withoutError,
    decision: deny(401, 'unsupported_scheme', { required: scopes }),
  },
  {
    id: 'malformed-credentials',
    title: 'credentials that cannot be read are told without a word of them',
    requirements: ['RFC6750-3.1-01'],
    request: withAuthorization('Bearer {token} {token}'),
    expect: invalidRequest,
    decision: deny(400, 'malformed_credentials', { required: scopes }),
  },
  {
    id: 'wrong-audience',
    title: 'a genuine token for another resource is told with both names, and with its caller',
    requirements: ['MCP-2026-07-28-RS-016'],
    request: call(named({ claims: { aud: 'https://other.example.com/mcp' } })),
    expect: invalidToken,
    decision: deny(401, 'wrong_audience', {
      via: 'bearer',
      claim: 'aud',
      expected: [mcp],
      actual: 'https://other.example.com/mcp',
      hint: 'They differ in the host or port. If clients use the address in the token, write it as resource',
      ...firstSight,
    }),
  },
  {
    id: 'untrusted-issuer',
    title: 'what a token of a foreign issuer says is told as a claim, not as a caller',
    requirements: ['RFC9068-4-01'],
    request: call(named({ issuer: 'foreign' })),
    expect: invalidToken,
    decision: deny(401, 'untrusted_issuer', {
      via: 'bearer',
      claim: 'iss',
      expected: ['{primary}'],
      actual: '{foreign}',
      required: scopes,
      claimed: { ...claimed, issuer: '{foreign}', keyId: 'foreign-es256' },
    }),
  },
  {
    id: 'bad-signature',
    title: 'what a token with a bad signature says is told as a claim, not as a caller',
    requirements: ['RFC9068-4-03'],
    request: call(named({ spoil: 'flip-signature' })),
    expect: invalidToken,
    decision: deny(401, 'invalid_signature', { via: 'bearer', required: scopes, claimed }),
  },
  {
    id: 'expired',
    title: 'an expired token is told with its time, and with its caller',
    requirements: ['RFC9068-4-04'],
    request: call(named({ claims: { exp: fromNow(-60) } })),
    expect: invalidToken,
    decision: deny(401, 'token_expired', {
      level: 'info',
      via: 'bearer',
      claim: 'exp',
      actual: fromNow(-60),
      required: scopes,
      caller: { ...vouched, expiresAt: fromNow(-60) },
    }),
  },
  {
    id: 'insufficient-scope',
    title: 'a token that grants too little is told with what it grants and what is needed',
    requirements: ['RFC6750-3.1-03'],
    request: call(named({ claims: { scope: 'notes:read' } })),
    expect: insufficientScope(...scopes),
    decision: deny(403, 'insufficient_scope', {
      level: 'info',
      via: 'bearer',
      memory: 'first-sight',
      required: scopes,
      granted: ['notes:read'],
      caller,
    }),
  },
  {
    id: 'operation-allowed',
    title: 'an operation that is allowed is told with its method and its target',
    requirements: ['MCP-2026-07-28-RS-021'],
    profile: 'operations-closed',
    request: askFor('write', 'notes:read notes:write'),
    expect: allowed,
    decision: allow({ ...firstSight, ...operation('tools/call', 'write') }),
  },
  {
    id: 'operation-scope',
    title: 'an operation that needs more is told with all it needs',
    requirements: ['MCP-2026-07-28-RS-021'],
    profile: 'operations-closed',
    request: askFor('write', 'notes:read'),
    expect: insufficientScope(...scopes),
    decision: deny(403, 'insufficient_scope', {
      level: 'info',
      via: 'bearer',
      memory: 'first-sight',
      ...operation('tools/call', 'write'),
      required: scopes,
      granted: ['notes:read'],
      caller,
    }),
  },
  {
    id: 'operation-refused',
    title: 'an operation that a rule refuses is told with its caller',
    requirements: ['MCP-2026-07-28-RS-021'],
    profile: 'operations-closed',
    request: askFor('retired', 'notes:read'),
    expect: notFound(-32602),
    decision: deny(200, 'refused_operation', {
      via: 'bearer',
      memory: 'first-sight',
      ...operation('tools/call', 'retired'),
      required: ['notes:read'],
      granted: ['notes:read'],
      caller,
    }),
  },
  {
    id: 'operation-unknown',
    title: 'an operation that no rule knows is told with its caller',
    requirements: ['MCP-2026-07-28-RS-021'],
    profile: 'operations-closed',
    request: askFor('nowhere', 'notes:read'),
    expect: notFound(-32602),
    decision: deny(200, 'unknown_operation', {
      via: 'bearer',
      memory: 'first-sight',
      ...operation('tools/call', 'nowhere'),
      required: ['notes:read'],
      granted: ['notes:read'],
      caller,
    }),
  },
  {
    id: 'token-in-a-name',
    title: 'a client that names its own token has it in no event',
    requirements: ['MCP-2026-07-28-RS-033'],
    profile: 'operations',
    request: ask(jsonBody(readResource('notes://private/{token}')), 'notes:read', {
      token: named({ claims: { scope: 'notes:read' } }),
    }),
    expect: insufficientScope('notes:read', 'notes:private'),
    decision: deny(403, 'insufficient_scope', {
      level: 'info',
      via: 'bearer',
      memory: 'first-sight',
      ...operation('resources/read', '(a part of the token)'),
      required: ['notes:read', 'notes:private'],
      granted: ['notes:read'],
      caller,
    }),
  },
  {
    id: 'unreadable-body',
    title: 'a body that cannot be judged is told with what is wrong with it',
    requirements: ['MCP-2026-07-28-RS-021'],
    profile: 'operations-closed',
    request: ask({ type: 'application/json', text: '{"jsonrpc":' }, 'notes:read', {
      token: named({ claims: { scope: 'notes:read' } }),
    }),
    expect: { status: 400, handlerRan: false },
    decision: deny(400, 'unreadable_body', {
      via: 'bearer',
      memory: 'first-sight',
      actual: 'not-json',
      hint: 'The body is not JSON. If another parser reads it first, put bearerAuth in front of that parser, or hand on what it parsed',
      required: ['notes:read'],
      granted: ['notes:read'],
      caller,
    }),
  },
  {
    id: 'anonymous',
    title: 'an operation that may come without a token is told as anonymous',
    requirements: ['MCP-2026-07-28-RS-021'],
    profile: 'operations-closed',
    request: ask(jsonBody(callTool('help')), undefined),
    expect: allowed,
    decision: allow({ via: 'anonymous', ...operation('tools/call', 'help'), required: [] }),
  },
  {
    id: 'outage',
    title: 'a call that nobody could judge is told, and names nobody',
    requirements: ['RFC9110-15.5.2-01'],
    issuers: { primary: { keys: 'fails' } },
    request: call(named()),
    expect: unavailable,
    decision: deny(503, 'authorization_server_unavailable', { via: 'bearer', required: scopes }),
  },
];

/** What the owner is told of each request: the same on every adapter, member by member. */
export const decisionCases: readonly ConformanceCase[] = rows.map(
  ({ id, title, requirements, profile = 'scoped', before, issuers, request, expect, decision }) => ({
    id: `decision-${id}`,
    title,
    requirements,
    profile,
    ...(before === undefined ? undefined : { before }),
    ...(issuers === undefined ? undefined : { issuers }),
    request,
    expect: { ...expect, decisions: [decision] },
  }),
);
