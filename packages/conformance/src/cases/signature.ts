import type { ConformanceCase } from '../case.js';
import type { TokenRecipe } from '../token-recipe.js';
import { allowed, call, fromNow, invalidToken, unavailable } from './case-parts.js';

const verifies = ['RFC9068-4-03', 'MCP-2026-07-28-RS-015', 'RFC8725-3.3-01'] as const;
const noNone = ['RFC9068-2.1-01', 'RFC8725-3.2-01'] as const;
const allowList = ['RFC8725-3.1-01', 'RFC8725-3.2-01'] as const;
const keyQuality = ['RFC8725-3.4-01', 'RFC8725-3.5-01'] as const;
const rotation = ['RFC9068-4-07'] as const;

const wrong: readonly (readonly [
  id: string,
  what: string,
  requirements: readonly string[],
  token: TokenRecipe,
])[] = [
  ['flipped', 'a signature with one bit changed', verifies, { spoil: 'flip-signature' }],
  ['swapped', 'claims changed after signing', verifies, { spoil: 'swap-claims' }],
  ['empty', 'an empty signature', noNone, { spoil: 'empty-signature' }],
  ['unpublished', 'a key that its issuer does not publish', verifies, { signer: { key: 'unpublished' } }],
  [
    'borrowed-kid',
    'another key under the identifier of a published one',
    verifies,
    { signer: { key: 'unpublished' }, header: { kid: 'primary-es256' } },
  ],
  [
    'without-kid',
    'another key without any identifier',
    verifies,
    { signer: { key: 'unpublished' }, omitHeader: ['kid'] },
  ],
  ['none', 'algorithm none', noNone, { header: { alg: 'none' }, spoil: 'empty-signature' }],
  ['none-mixed', 'algorithm nOnE', noNone, { header: { alg: 'nOnE' }, spoil: 'empty-signature' }],
  ['none-signed', 'algorithm none with a signature', noNone, { header: { alg: 'none' } }],
  [
    'hmac',
    'the public key used as a secret',
    allowList,
    { signer: { key: 'rs256' }, header: { alg: 'HS256' }, spoil: 'hmac-with-public-key' },
  ],
  [
    'hmac-as-rsa',
    'a secret instead of a key pair',
    allowList,
    { signer: { key: 'rs256' }, spoil: 'hmac-with-public-key' },
  ],
  ['unknown-algorithm', 'an algorithm nobody knows', allowList, { header: { alg: 'XS256' } }],
  ['no-algorithm', 'no algorithm', allowList, { omitHeader: ['alg'] }],
  [
    'old-algorithm',
    'an algorithm for other purposes',
    allowList,
    { signer: { key: 'rs256' }, header: { alg: 'RSA1_5' } },
  ],
  ['other-family', 'a key used with an algorithm of another family', allowList, { header: { alg: 'RS256' } }],
  [
    'other-padding',
    'a key used with an algorithm it was not published for',
    allowList,
    { signer: { key: 'rs256' }, header: { alg: 'PS256' } },
  ],
  ['weak-rsa', 'an RSA key of 1024 bits', ['RFC8725-3.5-01'], { signer: { key: 'weak-rsa' } }],
  [
    'off-curve',
    'a key that is not a point of its curve',
    ['RFC8725-3.4-01'],
    { signer: { key: 'off-curve' } },
  ],
];

const good: readonly (readonly [id: string, requirements: readonly string[], token: TokenRecipe])[] = [
  ['rs256', ['RFC9068-2.1-02'], { signer: { key: 'rs256' } }],
  ['es256', [...verifies, ...noNone, ...allowList, ...keyQuality], { signer: { key: 'es256' } }],
  ['ed25519', ['RFC9068-4-03'], { signer: { key: 'ed25519' } }],
  ['ed25519-full-name', ['RFC9068-4-03'], { signer: { key: 'ed25519' }, header: { alg: 'Ed25519' } }],
  ['no-kid', ['RFC9068-4-03'], { omitHeader: ['kid'] }],
];

/** What makes the key set be fetched again, and keeps it from being fetched once more. */
const floods: readonly (readonly [id: string, what: string, forged: TokenRecipe])[] = [
  ['made-up', 'tokens with made-up key identifiers', { header: { kid: 'made-up' } }],
  [
    'spoilt',
    'tokens with spoilt signatures',
    { signer: { key: 'unpublished' }, header: { kid: 'primary-es256' } },
  ],
  [
    'unnamed',
    'forged tokens without a key identifier',
    { signer: { key: 'unpublished' }, omitHeader: ['kid'] },
  ],
];

/** So many keys of the same kind in front of the one that signs. */
const behind = (count: number): NonNullable<ConformanceCase['issuers']> => ({
  primary: {
    publishes: [...Array.from({ length: count }, (_, index) => `spare-${index}` as const), 'es256'],
  },
});

/** Only a signature by a published key of the issuer makes a token. */
export const signatureCases: readonly ConformanceCase[] = [
  ...wrong.map(([id, what, requirements, token]): ConformanceCase => ({
    id: `signature-${id}`,
    title: `${what}: the token is refused`,
    requirements,
    profile: 'single',
    request: call(token),
    expect: invalidToken,
  })),
  ...good.map(([id, requirements, token]): ConformanceCase => ({
    id: `signature-${id}`,
    title: 'a token signed with a published key is accepted',
    requirements,
    profile: 'single',
    request: call(token),
    expect: allowed,
  })),
  ...[4, 15].map((count): ConformanceCase => ({
    id: `signature-no-kid-${count + 1}`,
    title: `a token that names no key is accepted where key ${count + 1} of the set has signed it`,
    requirements: ['RFC9068-4-03'],
    profile: 'single',
    issuers: behind(count),
    request: call({ omitHeader: ['kid'] }),
    expect: allowed,
  })),
  {
    id: 'signature-no-kid-17',
    title: 'no more than 16 keys are tried for a token that names none',
    requirements: ['RFC9068-4-03'],
    profile: 'single',
    issuers: behind(16),
    request: call({ omitHeader: ['kid'] }),
    expect: invalidToken,
  },
  {
    id: 'algorithm-not-configured',
    title: 'where a route allows one algorithm, others are refused',
    requirements: allowList,
    profile: 'one-algorithm',
    request: call(),
    expect: invalidToken,
  },
  {
    id: 'algorithm-configured',
    title: 'where a route allows one algorithm, that one is accepted',
    requirements: allowList,
    profile: 'one-algorithm',
    request: call({ signer: { key: 'rs256' } }),
    expect: allowed,
  },
  {
    id: 'keys-fetched-once',
    title: 'keys are fetched once, not for every request',
    requirements: rotation,
    profile: 'single',
    before: [
      { request: call(), expect: allowed },
      { request: call(), expect: allowed },
    ],
    request: call({ signer: { key: 'rs256' } }),
    expect: { ...allowed, fetches: { primary: { metadata: 1, keys: 1, any: 2 } } },
  },
  {
    id: 'key-rotated-in',
    title: 'a key that appeared after the last fetch is found immediately',
    requirements: rotation,
    profile: 'single',
    before: [{ request: call(), expect: allowed }],
    issuers: { primary: { publishes: ['es256', 'next'] } },
    request: call({ signer: { key: 'next' } }),
    expect: { ...allowed, fetches: { primary: { keys: 2 } } },
  },
  {
    id: 'key-rotated-out',
    title: 'a key that was withdrawn verifies nothing once the new key set is there',
    requirements: [...rotation, 'RFC9068-4-03'],
    profile: 'single',
    before: [
      { request: call(), expect: allowed },
      {
        issuers: { primary: { publishes: ['next'] } },
        request: call({ signer: { key: 'next' } }),
        expect: allowed,
      },
    ],
    request: call({ signer: { key: 'es256' } }),
    expect: { ...invalidToken, fetches: { primary: { keys: 2 } } },
  },
  {
    id: 'key-rotated-back',
    title: 'a key that was withdrawn and is published again verifies again',
    requirements: rotation,
    profile: 'single',
    before: [
      { request: call(), expect: allowed },
      {
        issuers: { primary: { publishes: ['next'] } },
        request: call({ signer: { key: 'next' } }),
        expect: allowed,
      },
      { request: call(), expect: invalidToken },
    ],
    advanceSeconds: 601,
    issuers: { primary: { publishes: ['es256', 'next'] } },
    request: call(),
    expect: allowed,
  },
  ...floods.map(([id, what, forged]): ConformanceCase => ({
    id: `key-rotated-in-${id}`,
    title: `while ${what} come, nobody can tell of a rotated key; after five seconds it is found`,
    requirements: [...rotation, 'RFC9110-15.5.2-01', 'RFC8725-3.10-01'],
    profile: 'single',
    before: [
      { request: call(), expect: allowed },
      { request: call(forged), expect: invalidToken },
      {
        issuers: { primary: { publishes: ['es256', 'next'] } },
        request: call({ signer: { key: 'next' } }),
        expect: { ...unavailable, fetches: { primary: { keys: 2 } } },
      },
      { advanceSeconds: 4, request: call({ signer: { key: 'next' } }), expect: unavailable },
    ],
    advanceSeconds: 1,
    request: call({ signer: { key: 'next' } }),
    expect: { ...allowed, fetches: { primary: { keys: 3 } } },
  })),
  {
    id: 'unnamed-key-rotated-in',
    title: 'a token without a key identifier is not blamed while its key may be too new to be known',
    requirements: [...rotation, 'RFC9110-15.5.2-01'],
    profile: 'single',
    before: [
      { request: call(), expect: allowed },
      { request: call({ header: { kid: 'made-up' } }), expect: invalidToken },
      {
        issuers: { primary: { publishes: ['es256', 'next'] } },
        request: call({ signer: { key: 'next' }, omitHeader: ['kid'] }),
        expect: unavailable,
      },
    ],
    advanceSeconds: 5,
    request: call({ signer: { key: 'next' }, omitHeader: ['kid'] }),
    expect: allowed,
  },
  {
    id: 'unknown-key-older-token',
    title: 'an unknown key of a token that is older than the key set is refused without a fetch',
    requirements: [...rotation, 'RFC8725-3.10-01'],
    profile: 'single',
    before: [{ request: call(), expect: allowed }],
    request: call({ header: { kid: 'made-up' }, claims: { iat: fromNow(-90) } }),
    expect: { ...invalidToken, fetches: { primary: { keys: 1 } } },
  },
  {
    id: 'unknown-keys-bounded',
    title: 'tokens with invented key identifiers cannot make the server fetch without end',
    requirements: ['RFC8725-3.10-01'],
    profile: 'single',
    before: [
      { request: call(), expect: allowed },
      { request: call({ header: { kid: '1' } }), expect: invalidToken },
      ...['2', '3', '4', '5'].map((kid) => ({
        request: call({ header: { kid } }),
        expect: { ...unavailable, fetches: { primary: { keys: 2 } } },
      })),
    ],
    advanceSeconds: 5,
    request: call({ header: { kid: '6' } }),
    expect: { ...invalidToken, fetches: { primary: { keys: 3 } } },
  },
];
