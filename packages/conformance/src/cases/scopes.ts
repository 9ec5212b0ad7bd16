import type { ConformanceCase } from '../case.js';
import type { JsonObject } from '../json.js';
import { allowed, call, fromNow, insufficientScope, invalidToken } from './case-parts.js';

const covers = [
  'OAUTH21-5-01',
  'MCP-2026-07-28-RS-020',
  'MCP-2026-07-28-RS-021',
  'RFC6750-3.1-03',
  'RFC6750-3-01',
] as const;
const required = ['notes:read', 'notes:write'] as const;

const tooLittle: readonly (readonly [id: string, what: string, claims: JsonObject])[] = [
  ['first-only', 'one of two scopes', { scope: 'notes:read' }],
  ['second-only', 'the other of two scopes', { scope: 'notes:write' }],
  ['other', 'another scope', { scope: 'admin' }],
  ['empty', 'no scope', { scope: '' }],
  ['longer', 'a scope that begins like the right one', { scope: 'notes:read notes:writer' }],
  ['shorter', 'a scope that the right one begins with', { scope: 'notes' }],
  ['upper-case', 'the scopes in other letters', { scope: 'NOTES:READ NOTES:WRITE' }],
  ['tab', 'the scopes with a tab between them', { scope: 'notes:read\tnotes:write' }],
  ['comma', 'the scopes with a comma between them', { scope: 'notes:read,notes:write' }],
  ['number', 'a scope that is a number', { scope: 1 }],
  ['object', 'scopes that are an object', { scope: { 'notes:read': true, 'notes:write': true } }],
  [
    'actor',
    'the scopes of whoever acted before',
    { scope: 'notes:read', act: { sub: 'a', scope: 'notes:write', act: { sub: 'b', scope: 'notes:write' } } },
  ],
  [
    'may-act',
    'the scopes of whoever may act',
    { scope: 'notes:read', may_act: { sub: 'a', scope: 'notes:write' } },
  ],
];

const enough: readonly (readonly [id: string, what: string, claims: JsonObject])[] = [
  ['exact', 'exactly the scopes that the challenge asks for', { scope: 'notes:read notes:write' }],
  ['order', 'the scopes in another order', { scope: 'notes:write notes:read' }],
  ['more', 'more scopes than needed', { scope: 'admin notes:write other notes:read' }],
  ['list', 'the scopes as a list', { scope: ['notes:read', 'notes:write'] }],
];

const delegation: Readonly<Record<string, string>> = { actor: 'RFC8693-4.1-01', 'may-act': 'RFC8693-4.4-01' };

/** A good token may still be too little. */
export const scopeCases: readonly ConformanceCase[] = [
  ...tooLittle.map(([id, what, claims]): ConformanceCase => ({
    id: `scope-${id}`,
    title: `a token with ${what} gets 403 and one challenge with all that is needed`,
    requirements: [
      ...covers,
      'MCP-2026-07-28-RS-022',
      'MCP-2026-07-28-RS-024',
      'MCP-2025-11-25-RS-023',
      ...(delegation[id] === undefined ? [] : [delegation[id]]),
    ],
    profile: 'scoped',
    request: call({ claims }),
    expect: insufficientScope(...required),
  })),
  {
    id: 'scope-missing',
    title: 'a token without any scope claim gets 403',
    requirements: [...covers, 'RFC9110-15.5.2-01', 'OAUTH21-5.3.2-01'],
    profile: 'scoped',
    request: call({ omitClaims: ['scope'] }),
    expect: insufficientScope(...required),
  },
  ...enough.map(([id, what, claims]): ConformanceCase => ({
    id: `scope-${id}`,
    title: `a token with ${what} is let in`,
    requirements: ['OAUTH21-5-01', 'MCP-2026-07-28-RS-020', 'MCP-2026-07-28-RS-024', 'RFC9068-2.2.3-01'],
    profile: 'scoped',
    request: call({ claims }),
    expect: allowed,
  })),
  ...(['scp', 'scopes'] as const).map((claim): ConformanceCase => ({
    id: `scope-claim-${claim}`,
    title: `scopes are read from ${claim} where a provider writes them there`,
    requirements: ['OAUTH21-5-01'],
    profile: 'scoped',
    request: call({ omitClaims: ['scope'], claims: { [claim]: ['notes:read', 'notes:write'] } }),
    expect: { ...allowed, auth: { scopes: ['notes:read', 'notes:write'] } },
  })),
  {
    id: 'scope-unneeded',
    title: 'where a route needs no scope, a token without one is let in',
    requirements: ['OAUTH21-5-01'],
    profile: 'single',
    request: call({ omitClaims: ['scope'] }),
    expect: { ...allowed, auth: { scopes: [] } },
  },
  {
    id: 'scope-and-expired',
    title: 'an expired token that lacks scope too gets 401: a fresh one comes first',
    requirements: ['MCP-2026-07-28-RS-017', 'RFC9110-15.5.2-01'],
    profile: 'scoped',
    request: call({ claims: { scope: 'other', exp: fromNow(-600) } }),
    expect: invalidToken,
  },
  {
    id: 'scope-and-audience',
    title: 'a token for another resource that lacks scope too gets 401',
    requirements: ['MCP-2026-07-28-RS-016', 'RFC9110-15.5.2-01'],
    profile: 'scoped',
    request: call({ claims: { scope: 'other', aud: 'https://other.example.com' } }),
    expect: invalidToken,
  },
  {
    id: 'scope-invalid-token',
    title: 'a bad token is told the scopes as well, so that one login is enough',
    requirements: ['MCP-2026-07-28-RS-008', 'RFC6750-3-04'],
    profile: 'scoped',
    request: call({ spoil: 'flip-signature' }),
    expect: { ...invalidToken, challenge: { ...invalidToken.challenge, scopes: required } },
  },
  {
    id: 'scope-hostile-values',
    title: 'scopes that no header could carry grant nothing and appear nowhere',
    requirements: ['RFC9110-5.5-01', 'RFC6750-3-05', 'RFC6750-3-04'],
    profile: 'scoped',
    request: call({ claims: { scope: ['notes:read"\r\nX-Injected: 1', 'a\\b', '\u0000', 'scöpe'] } }),
    expect: {
      ...insufficientScope(...required),
      headers: { 'x-injected': { absent: true } },
      body: { lacks: 'Injected' },
    },
  },
];
