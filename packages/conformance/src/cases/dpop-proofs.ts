import type { ConformanceCase } from '../case.js';
import { allowed, fromNow } from './case-parts.js';
import { bound, inEachWay, invalidProof, proofCases, type ProofRow, proveCall } from './dpop-parts.js';

const one = ['RFC9449-4.3-01'] as const;
const form = ['RFC9449-4.3-02'] as const;
const members = ['RFC9449-4.3-03'] as const;
const type = ['RFC9449-4.3-04'] as const;
const algorithm = ['RFC9449-4.3-05', 'MCP-EXT-DPOP-04'] as const;
const signature = ['RFC9449-4.3-06'] as const;
const privateKey = ['RFC9449-4.3-07'] as const;
const method = ['RFC9449-4.3-08'] as const;
const target = ['RFC9449-4.3-09'] as const;
const time = ['RFC9449-4.3-11', 'RFC9449-11.1-01', 'MCP-EXT-DPOP-02'] as const;
const hash = ['RFC9449-4.3-12'] as const;
const answer = ['MCP-EXT-DPOP-01', 'MCP-EXT-DPOP-03', 'RFC9449-7.1-01'] as const;

/** What is wrong with one proof. */
const bad: readonly ProofRow[] = [
  ['n01', 'no proof at all', ['RFC9449-7.1-01'], {}, { proofHeaders: [] }],
  [
    'n02',
    'two good proofs in two headers',
    one,
    {},
    {
      otherProof: {},
      proofHeaders: [
        ['DPoP', '{proof}'],
        ['DPoP', '{other}'],
      ],
    },
  ],
  [
    'n03',
    'two good proofs in one header',
    one,
    {},
    { otherProof: {}, proofHeaders: [['DPoP', '{proof}, {other}']] },
  ],
  ['n04', 'an empty header', form, { literal: '' }],
  ['n05-word', 'one word', form, { literal: 'proof' }],
  ['n05-dots', 'two dots, and nothing of base64url around them', form, { literal: '!.!.!' }],
  ['n05-long', 'more text than any proof has', form, { literal: 'a'.repeat(9000) }],
  ['n06', 'five parts, as encrypted tokens have', form, { spoil: 'five-segments' }],
  ['n07', 'the JSON serialization of a signature', form, { spoil: 'json' }],
  ['n08-array', 'an array as claims', form, { payload: '[]' }],
  ['n08-string', 'a string as claims', form, { payload: '"POST"' }],
  ['n08-null', 'null as claims', form, { payload: 'null' }],
  ...['jti', 'htm', 'htu', 'iat', 'ath'].map((name, index): ProofRow => [
    `n${String(9 + index).padStart(2, '0')}`,
    `no ${name}`,
    [...members, ...answer],
    { omitClaims: [name] },
  ]),
  ['n14-jti-number', 'a number as jti', members, { claims: { jti: 7 } }],
  ['n14-jti-empty', 'an empty jti', members, { claims: { jti: '' } }],
  ['n14-jti-long', 'a jti of a thousand characters', members, { claims: { jti: 'a'.repeat(1000) } }],
  ['n14-htm-list', 'a list as htm', members, { claims: { htm: ['POST'] } }],
  ['n14-htu-object', 'an object as htu', members, { claims: { htu: {} } }],
  ['n14-iat-string', 'a string as iat', members, { claims: { iat: '1800000000' } }],
  ['n14-iat-null', 'null as iat', members, { claims: { iat: null } }],
  ['n14-ath-number', 'a number as ath', members, { claims: { ath: 1 } }],
  ['n15-kid', 'a key that is only named', signature, { omitHeader: ['jwk'], header: { kid: 'k1' } }],
  [
    'n15-jku',
    'a key that would have to be fetched',
    signature,
    { omitHeader: ['jwk'], header: { jku: '{primary}/keys', kid: 'primary-es256' } },
  ],
  [
    'n15-x5c',
    'a certificate instead of a key',
    signature,
    { omitHeader: ['jwk'], header: { x5c: ['AAAA'] } },
  ],
  ['n16', 'no type', type, { omitHeader: ['typ'] }],
  ['n17-jwt', 'the type JWT', type, { header: { typ: 'JWT' } }],
  ['n17-at', 'the type of access tokens', type, { header: { typ: 'at+jwt' } }],
  ['n18', 'no signature, and alg none', algorithm, { header: { alg: 'none' }, spoil: 'empty-signature' }],
  [
    'n19',
    'a symmetric key that it brings itself',
    algorithm,
    { header: { alg: 'HS256', jwk: { kty: 'oct', k: 'c2VjcmV0' } } },
  ],
  [
    'n20',
    'HMAC with the public key as the secret',
    algorithm,
    { header: { alg: 'HS256' }, spoil: 'hmac-with-public-key' },
  ],
  ['n21-sha1', 'RSA with SHA-1', algorithm, { key: 'rsa', header: { alg: 'RS1' } }],
  ['n22-ec', 'an EC key with its private member', privateKey, { showsPrivateKey: true }],
  [
    'n22-okp',
    'an Ed25519 key with its private member',
    privateKey,
    { key: 'ed25519', showsPrivateKey: true },
  ],
  ['n22-rsa', 'an RSA key with its private members', privateKey, { key: 'rsa', showsPrivateKey: true }],
  ['n22-rsa-p', 'an RSA key with a prime of the private one', privateKey, { key: 'rsa', jwk: { p: 'AQAB' } }],
  ['n23-curve', 'ES256 with a key of P-384', signature, { shownKey: 'p384' }],
  ['n23-rsa', 'ES256 with an RSA key', signature, { shownKey: 'rsa' }],
  ['n24', 'a point that is not on the curve', signature, { jwk: { y: 'A'.repeat(43) } }],
  ['n25', 'an RSA key that is too short', ['RFC9449-4.3-05'], { key: 'weak-rsa' }],
  [
    'n26',
    'an extension that must be understood',
    ['RFC9449-4.3-02'],
    { header: { crit: ['https://example.com/unknown'], 'https://example.com/unknown': true } },
  ],
  ['n27', 'a bit of its signature flipped', signature, { spoil: 'flip-signature' }],
  ['n28', 'other claims under its signature', signature, { spoil: 'swap-claims' }],
  ['n29', 'the signature of somebody else', signature, { key: 'thief', shownKey: 'holder' }],
  ['n30', 'another method', method, { claims: { htm: 'GET' } }],
  ['n31', 'the method in lower case', method, { claims: { htm: 'post' } }],
  ['n32', 'another path', target, { claims: { htu: '{origin}/other' } }],
  ['n33', 'another host', target, { claims: { htu: 'https://other.example.com/mcp' } }],
  ['n34', 'another port', target, { claims: { htu: '{origin}:8443/mcp' } }],
  ['n35', 'another scheme', target, { claims: { htu: 'http://mcp.example.com/mcp' } }],
  ['n36', 'a slash more at the end of the path', target, { claims: { htu: '{origin}/mcp/' } }],
  ['n37-relative', 'a path alone', target, { claims: { htu: '/mcp' } }],
  ['n37-text', 'no URI', target, { claims: { htu: 'the endpoint' } }],
  ['n37-user', 'a user name in the URI', target, { claims: { htu: 'https://user@mcp.example.com/mcp' } }],
  ['n37-escape', 'an escape that cannot be decoded', target, { claims: { htu: '{origin}/mcp%zz' } }],
  ['n38', 'another case in the path', target, { claims: { htu: '{origin}/MCP' } }],
  [
    'n40',
    'another host, which the request names too',
    target,
    { claims: { htu: 'https://evil.example.com/mcp' } },
    { headers: [['X-Forwarded-Host', 'evil.example.com']] },
  ],
  [
    'n40-host',
    'the host that the request came for, where it is not that of the resource',
    target,
    { claims: { htu: 'https://evil.example.com/mcp' } },
    { host: 'evil.example.com' },
  ],
  ['n41', 'an hour behind', time, { claims: { iat: fromNow(-3600) } }],
  ['n42', 'an hour ahead', time, { claims: { iat: fromNow(3600) } }],
  ['n42-window', 'a second more ahead than it may be', time, { claims: { iat: fromNow(301) } }],
  ['n41-window', 'a second more behind than it may be', time, { claims: { iat: fromNow(-301) } }],
  ['n43-negative', 'a negative time', time, { claims: { iat: -1 } }],
  ['n43-huge', 'a time beyond all years', time, { claims: { iat: 1e300 } }],
  [
    'n46',
    'the hash of another token',
    hash,
    { claims: { ath: 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo' } },
  ],
  ['n47-hex', 'the hash in hexadecimal', hash, { ath: 'hex' }],
  ['n47-padded', 'the hash with padding', hash, { ath: 'padded' }],
  ['n47-base64', 'the hash in standard base64', hash, { ath: 'base64', claims: {} }],
  ['n47-scheme', 'the hash of the token with its scheme', hash, { ath: 'with-scheme' }],
  ['n54', 'the access token instead of a proof', type, { literal: '{token}' }],
];

/** Proofs that are not good (RFC 9449 §4.3): nobody gets in, and the challenge says why. */
export const dpopProofCases: readonly ConformanceCase[] = [
  ...proofCases(bad, 'refused', invalidProof),
  {
    id: 'dpop-n21',
    title: 'a proof is refused: an algorithm that the resource does not take',
    requirements: algorithm,
    profile: 'dpop-required',
    request: proveCall({ key: 'ed25519' }),
    expect: {
      status: 401,
      dpopChallenge: { exactly: { error: 'invalid_dpop_proof', algs: 'ES256' } },
      body: { members: { error: 'invalid_dpop_proof' }, absent: ['auth'] },
      handlerRan: false,
    },
  },
  {
    id: 'dpop-n39',
    title: 'a proof is refused: the inner URL, where clients use another one',
    requirements: target,
    profile: 'dpop-public-url',
    request: proveCall(),
    expect: invalidProof,
  },
  ...inEachWay((token) => [
    {
      id: 'n44',
      title: 'a proof that was used is refused, no matter how soon',
      requirements: ['MCP-EXT-DPOP-07', 'RFC9449-11.1-01'],
      before: [{ request: proveCall({}, {}, token), expect: allowed }],
      request: proveCall({ again: true }, {}, { again: true }),
      expect: invalidProof,
    },
  ]),
  {
    id: 'dpop-n44-window',
    title: 'a proof that was used is refused for as long as its time would be accepted',
    requirements: ['MCP-EXT-DPOP-07', 'RFC9449-11.1-01'],
    profile: 'dpop',
    before: [
      {
        request: proveCall(
          { claims: { iat: fromNow(300) } },
          {},
          { ...bound, claims: { ...bound.claims, exp: fromNow(3600) } },
        ),
        expect: allowed,
      },
    ],
    advanceSeconds: 600,
    request: proveCall({ again: true }, {}, { again: true }),
    expect: invalidProof,
  },
  {
    id: 'dpop-n44-after',
    title: 'a proof is refused for its time when nobody remembers it any more',
    requirements: ['RFC9449-4.3-11', 'RFC9449-11.1-01'],
    profile: 'dpop',
    before: [
      {
        request: proveCall({}, {}, { ...bound, claims: { ...bound.claims, exp: fromNow(3600) } }),
        expect: allowed,
      },
    ],
    advanceSeconds: 1500,
    request: proveCall({ again: true }, {}, { again: true }),
    expect: invalidProof,
  },
];
