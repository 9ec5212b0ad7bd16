import type { ConformanceCase } from '../case.js';
import { allowed, call, fromNow } from './case-parts.js';
import { bound, proofCases, type ProofRow, proveCall } from './dpop-parts.js';

const upper = 'https://MCP.EXAMPLE.COM:443/mcp';

const good: readonly ProofRow[] = [
  [
    'p01',
    'as RFC 9449 §4.2 writes it',
    [
      ...['RFC9449-4.3-01', 'RFC9449-4.3-02', 'RFC9449-4.3-03', 'RFC9449-4.3-04', 'RFC9449-4.3-05'],
      ...['RFC9449-4.3-06', 'RFC9449-4.3-07', 'RFC9449-4.3-08', 'RFC9449-4.3-09', 'RFC9449-4.3-12'],
      ...['RFC9449-6-01', 'RFC9449-7.1-01', 'MCP-EXT-DPOP-01', 'MCP-EXT-DPOP-03', 'MCP-EXT-DPOP-04'],
    ],
    {},
  ],
  ['p02', 'without the query of the request', ['RFC9449-4.3-09'], {}, { target: '/mcp?a=1' }],
  ['p03-query', 'with a query in htu', ['RFC9449-4.3-09'], { claims: { htu: '{origin}/mcp?a=1' } }],
  ['p03-fragment', 'with a fragment in htu', ['RFC9449-4.3-09'], { claims: { htu: '{origin}/mcp#a' } }],
  [
    'p04',
    'with claims and header parameters that nobody knows',
    ['RFC9449-4.3-03'],
    { claims: { other: 1 }, header: { other: 'x' } },
  ],
  ['p05-lower', 'in a header in lower case', ['RFC9449-4.3-01'], {}, { proofHeaders: [['dpop', '{proof}']] }],
  ['p05-upper', 'in a header in upper case', ['RFC9449-4.3-01'], {}, { proofHeaders: [['DPOP', '{proof}']] }],
  ['p05-mixed', 'in a header in mixed case', ['RFC9449-4.3-01'], {}, { proofHeaders: [['DpOp', '{proof}']] }],
  ['p06-lower', 'with the scheme in lower case', ['RFC9449-7.1-03'], {}, { authorization: ['dpop {token}'] }],
  ['p06-upper', 'with the scheme in upper case', ['RFC9449-7.1-03'], {}, { authorization: ['DPOP {token}'] }],
  [
    'p07',
    'with another case of the host, and the default port',
    ['RFC9449-4.3-13'],
    { claims: { htu: upper } },
  ],
  ['p08', 'with an escape that is not needed', ['RFC9449-4.3-13'], { claims: { htu: '{origin}/%6Dcp' } }],
  [
    'p09',
    'with more public members of its key',
    ['RFC9449-6.1-01'],
    { jwk: { kid: 'k1', use: 'sig', alg: 'ES256', key_ops: ['verify'] } },
  ],
  [
    'p10',
    'with the members of its key in another order',
    ['RFC9449-6.1-01'],
    { jwkOrder: ['y', 'x', 'kty', 'crv'] },
  ],
  ['p11', 'a few seconds ahead', ['RFC9449-4.3-11', 'MCP-EXT-DPOP-02'], { claims: { iat: fromNow(5) } }],
  [
    'p11-behind',
    'almost five minutes behind',
    ['RFC9449-4.3-11', 'RFC9449-11.1-01'],
    { claims: { iat: fromNow(-299) } },
  ],
  ['p12', 'with a fraction of a second in iat', ['RFC9449-4.3-11'], { claims: { iat: fromNow(0.25) } }],
  [
    'p13',
    'with a nonce that nobody asked for',
    ['RFC9449-4.3-10'],
    { claims: { nonce: 'of-another-server' } },
  ],
  [
    'p22',
    'though the request came for an inner host, as behind a proxy',
    ['RFC9449-4.3-09'],
    {},
    { host: 'inner.example.internal:3000' },
  ],
  ['p21', 'with its type in upper case', ['RFC9449-4.3-04'], { header: { typ: 'DPOP+JWT' } }],
];

/** As in texts. */
const senderNames = { ed25519: 'edwards', rsa: 'rsa', p384: 'large' } as const;

/** Proofs that are good: a check that is too strict locks people out. */
export const dpopAcceptedCases: readonly ConformanceCase[] = [
  ...proofCases(good, 'accepted', { ...allowed, auth: { subject: 'user-1', clientId: 'client-1' } }),
  {
    id: 'dpop-p14',
    title: 'two requests with one token and two proofs',
    requirements: ['MCP-EXT-DPOP-07', 'RFC9449-11.1-01'],
    profile: 'dpop',
    before: [{ request: proveCall(), expect: allowed }],
    request: proveCall({}, {}, { again: true }),
    expect: allowed,
  },
  {
    id: 'dpop-p15',
    title: 'one identifier for two URIs is not a replay',
    requirements: ['MCP-EXT-DPOP-07'],
    profile: 'dpop-two-routes',
    before: [{ request: proveCall({ claims: { jti: 'one identifier' } }), expect: allowed }],
    request: proveCall({ claims: { jti: 'one identifier' } }, { target: '/other' }),
    expect: allowed,
  },
  ...(['ed25519', 'rsa', 'p384'] as const).map((key): ConformanceCase => ({
    id: `dpop-p16-${key}`,
    title: `a proof is accepted: signed with the key ${key}`,
    requirements: ['RFC9449-4.3-05', 'RFC9449-6.1-01'],
    profile: 'dpop',
    request: proveCall({ key }, {}, { claims: { cnf: { jkt: `{${senderNames[key]}}` } } }),
    expect: allowed,
  })),
  {
    id: 'dpop-p16-ed25519-full-name',
    title: 'a proof is accepted: signed with Ed25519 by its full name',
    requirements: ['RFC9449-4.3-05', 'RFC9449-6.1-01'],
    profile: 'dpop',
    request: proveCall(
      { key: 'ed25519', header: { alg: 'Ed25519' } },
      {},
      { claims: { cnf: { jkt: '{edwards}' } } },
    ),
    expect: allowed,
  },
  {
    id: 'dpop-p18',
    title: 'a token that is not bound, as Bearer, where both are taken',
    requirements: ['RFC9449-7.2-01'],
    profile: 'dpop',
    request: call(),
    expect: allowed,
  },
  {
    id: 'dpop-p19',
    title: 'a token that is not bound, as Bearer, with a proof next to it that nobody needs',
    requirements: ['RFC9449-7.2-01'],
    profile: 'dpop',
    request: proveCall({}, { authorization: ['Bearer {token}'] }, {}),
    expect: allowed,
  },
  {
    id: 'dpop-p20',
    title: 'a GET, as for a stream, with a proof for GET',
    requirements: ['RFC9449-4.3-08'],
    profile: 'dpop',
    request: { method: 'GET', target: '/mcp', token: bound, proof: {} },
    expect: allowed,
  },
  {
    id: 'dpop-public-url',
    title: 'a proof for the URL that clients use, where a proxy changes the path',
    requirements: ['RFC9449-4.3-09'],
    profile: 'dpop-public-url',
    request: proveCall({ claims: { htu: 'https://outside.example.com/notes/mcp' } }),
    expect: allowed,
  },
  {
    id: 'dpop-remembered',
    title: 'a token that is remembered needs a proof each time',
    requirements: ['RFC9449-7.1-01'],
    profile: 'dpop-required',
    before: [
      { request: proveCall(), expect: allowed },
      { request: proveCall({}, {}, { again: true }), expect: allowed },
    ],
    request: proveCall({}, {}, { again: true }),
    expect: allowed,
  },
];
