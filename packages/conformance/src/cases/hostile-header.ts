import type { ConformanceCase } from '../case.js';
import type { TokenRecipe } from '../token-recipe.js';
import { allowed, call, invalidToken } from './case-parts.js';

const fromHeader = ['RFC8725-3.10-01', 'RFC9068-4-03'] as const;
const foreignKey = { signer: { issuer: 'foreign', key: 'es256' } } as const;

/** The attacker's own key, as a token would bring it along. */
const ownJwk = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
} as const;

const hostile: readonly (readonly [id: string, what: string, token: TokenRecipe])[] = [
  ['jwk', 'a key in the header', { ...foreignKey, header: { jwk: ownJwk } }],
  [
    'jwk-no-kid',
    'a key in the header and no key identifier',
    { ...foreignKey, header: { jwk: ownJwk }, omitHeader: ['kid'] },
  ],
  ['jku', 'the address of a key set', { ...foreignKey, header: { jku: '{foreign}/keys' } }],
  [
    'jku-no-kid',
    'the address of a key set and no key identifier',
    { ...foreignKey, header: { jku: '{foreign}/keys' }, omitHeader: ['kid'] },
  ],
  ['x5u', 'the address of a certificate', { ...foreignKey, header: { x5u: '{foreign}/certificate.pem' } }],
  ['x5c', 'a certificate in the header', { ...foreignKey, header: { x5c: ['MIIB'] } }],
  ['kid-path', 'a key identifier that is a path', { ...foreignKey, header: { kid: '../../../../dev/null' } }],
  ['kid-url', 'a key identifier that is a URL', { ...foreignKey, header: { kid: '{foreign}/keys' } }],
  ['kid-query', 'a key identifier with SQL', { ...foreignKey, header: { kid: "' OR '1'='1" } }],
  [
    'kid-lines',
    'a key identifier with line breaks',
    { ...foreignKey, header: { kid: 'a\r\nX-Injected: 1' } },
  ],
  [
    'kid-prototype',
    'a key identifier that names a prototype',
    { ...foreignKey, header: { kid: '__proto__' } },
  ],
  ['kid-number', 'a key identifier that is a number', { header: { kid: 0 } }],
  ['kid-object', 'a key identifier that is an object', { header: { kid: { $ne: null } } }],
];

/** RFC 7515 §4.1.11, RFC 7797 §6: extensions that would change what the signature covers. */
const critical: readonly (readonly [id: string, token: TokenRecipe])[] = [
  ['unknown', { header: { crit: ['urn:example:ext'], 'urn:example:ext': true } }],
  ['b64', { header: { crit: ['b64'], b64: false } }],
  ['empty', { header: { crit: [] } }],
  ['null', { header: { crit: null } }],
];

/** A header is the word of whoever sent it. */
export const hostileHeaderCases: readonly ConformanceCase[] = [
  ...hostile.map(([id, what, token]): ConformanceCase => ({
    id: `hostile-${id}`,
    title: `${what} is not followed and not believed`,
    requirements: fromHeader,
    profile: 'single',
    request: call(token),
    expect: { ...invalidToken, fetches: { foreign: { any: 0 } } },
  })),
  ...critical.map(([id, token]): ConformanceCase => ({
    id: `critical-${id}`,
    title: 'a token that demands an extension is refused, however well signed',
    requirements: ['RFC8725-3.10-01', 'RFC8725-3.3-01'],
    profile: 'single',
    request: call(token),
    expect: invalidToken,
  })),
  {
    id: 'harmless-header',
    title:
      'a well-signed token is let in no matter what else its header holds, and nothing is fetched for it',
    requirements: ['RFC8725-3.10-01'],
    profile: 'single',
    request: call({ header: { jku: '{foreign}/keys', x5u: '{foreign}/certificate.pem', unknown: [1] } }),
    expect: { ...allowed, fetches: { foreign: { any: 0 }, primary: { metadata: 1, keys: 1 } } },
  },
];
