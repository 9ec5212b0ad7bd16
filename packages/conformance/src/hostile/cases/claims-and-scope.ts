import { refuseClaims } from '../hostile-case.js';

const subjects = refuseClaims('claims', 'invalid_claim', ['RFC8725-3.8-01', 'RFC9068-5-01'], {
  'a subject that is a number': { sub: 0 },
  'subject null': { sub: null },
  'a subject that is a list': { sub: ['subject-of-the-corpus', 'administrator'] },
  'a subject that is an object': { sub: { id: 'administrator' } },
});

const missing = refuseClaims(
  'scope',
  'insufficient_scope',
  ['RFC6750-3.1-03', 'RFC9068-2.2.3-01', 'OAUTH21-5-01'],
  {
    'no scope': { scope: undefined },
    'an empty scope': { scope: '' },
    'a list without scopes': { scope: [] },
    'other scopes': { scope: 'openid profile mcp:write' },
    'scope null next to scp': { scope: null, scp: 'mcp:read' },
    'another scope next to scp': { scope: 'mcp:write', scp: ['mcp:read'] },
    'roles instead of scopes': { scope: undefined, roles: ['mcp:read'], permissions: ['mcp:read'] },
    'the scope in the chain of actors': {
      scope: undefined,
      act: { sub: 'administrator', scope: 'mcp:read' },
    },
    'a scope of who may act': { scope: undefined, may_act: { sub: 'administrator', scope: 'mcp:read' } },
  },
);

/** RFC 6749 §3.3: scopes are case-sensitive, split by single spaces, compared as wholes. */
const similar = refuseClaims(
  'scope',
  'insufficient_scope',
  ['RFC6750-3-04', 'RFC6750-3.1-03', 'RFC9068-2.2.3-01'],
  {
    'a scope that goes on': { scope: 'mcp:reader' },
    'a scope that begins earlier': { scope: 'xmcp:read' },
    'the first half of a scope': { scope: 'mcp:' },
    'a scope in another case': { scope: 'MCP:READ' },
    'a scope with a wildcard': { scope: 'mcp:*' },
    'a wildcard': { scope: '*' },
    'scopes split by commas': { scope: 'mcp:write,mcp:read' },
    'scopes split by tabs': { scope: 'mcp:write\tmcp:read' },
    'scopes split by line breaks': { scope: 'mcp:write\nmcp:read' },
    'scopes split by no-break spaces': { scope: 'mcp:write\u00a0mcp:read' },
    'scopes split by plus signs': { scope: 'mcp:write+mcp:read' },
    'a scope in quotation marks': { scope: '"mcp:read"' },
    'a scope with a NUL': { scope: 'mcp:read\0' },
    'a scope with a look-alike letter': { scope: 'm\u0441p:read' },
    'a scope that breaks out of the challenge': { scope: 'x", error="none", scope="mcp:read' },
  },
);

const shapes = refuseClaims('scope', 'insufficient_scope', ['RFC9068-2.2.3-01', 'RFC6750-3.1-03'], {
  'two scopes in one member of a list': { scope: ['mcp:write mcp:read'] },
  'a list within a list': { scope: [['mcp:read']] },
  'a list with an object': { scope: [{ toString: 'mcp:read' }] },
  'scopes as members of an object': { scope: { 'mcp:read': true } },
  'a scope that is a number': { scope: 1 },
  'scope true': { scope: true },
  'a list in a string': { scope: '["mcp:read"]' },
});

export const claimsCases = subjects;
export const scopeCases = [missing, similar, shapes].flat();
