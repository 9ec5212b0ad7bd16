import type { ConformanceCase } from '../case.js';
import type { TokenRecipe } from '../token-recipe.js';
import { allowed, call, invalidToken } from './case-parts.js';

const exactIssuer = ['RFC9068-4-01', 'RFC8725-3.8-01', 'MCP-2026-07-28-RS-018'] as const;
const ownKeys = ['RFC8725-3.8-01', 'RFC9068-4-03'] as const;

const wrong: readonly (readonly [id: string, what: string, token: TokenRecipe])[] = [
  ['foreign', 'a token of a server that is not trusted', { issuer: 'foreign' }],
  ['foreign-name', 'a trusted key under a foreign issuer', { claims: { iss: '{foreign}' } }],
  ['foreign-key', 'a foreign key under a trusted issuer', { signer: { issuer: 'foreign' } }],
  [
    'foreign-key-own-kid',
    'a foreign key under the identifier of a trusted one',
    { signer: { issuer: 'foreign' }, header: { kid: 'primary-es256' } },
  ],
  ['slash', 'an issuer with a slash more', { claims: { iss: '{primary}/' } }],
  ['upper-case', 'an issuer in other letters', { claims: { iss: 'HTTP://127.0.0.1' } }],
  [
    'prefix',
    'an issuer that only begins like the trusted one',
    { claims: { iss: '{primary}.evil.example' } },
  ],
  ['list', 'a list of issuers', { claims: { iss: ['{primary}'] } }],
  ['missing', 'no issuer', { omitClaims: ['iss'] }],
  ['null', 'an issuer that is null', { claims: { iss: null } }],
];

/** Who issued a token decides whose keys may vouch for it. */
export const issuerCases: readonly ConformanceCase[] = [
  ...wrong.map(([id, what, token]): ConformanceCase => ({
    id: `issuer-${id}`,
    title: `${what}: the token is refused, and its issuer is not asked`,
    requirements: exactIssuer,
    profile: 'single',
    request: call(token),
    expect: { ...invalidToken, fetches: { foreign: { any: 0 } } },
  })),
  ...(['primary', 'secondary'] as const).map((issuer): ConformanceCase => ({
    id: `two-servers-${issuer}`,
    title: 'each of several trusted servers may issue tokens, OAuth and OpenID alike',
    requirements: ['RFC9068-4-01', 'MCP-2026-07-28-RS-018'],
    profile: 'two-servers',
    request: call({ issuer }),
    expect: { ...allowed, auth: { issuer: `{${issuer}}` } },
  })),
  ...(
    [
      ['with-kid', {}],
      ['without-kid', { omitHeader: ['kid'] }],
      ['borrowed-kid', { header: { kid: 'primary-es256' } }],
    ] as const
  ).map(([id, more]): ConformanceCase => ({
    id: `key-of-another-server-${id}`,
    title: 'a trusted server cannot sign in the name of another one',
    requirements: ownKeys,
    profile: 'two-servers',
    // Both key sets are known by then, so that nothing but the issuer decides
    before: [
      { request: call({ issuer: 'primary' }), expect: allowed },
      { request: call({ issuer: 'secondary' }), expect: allowed },
    ],
    request: call({ issuer: 'primary', signer: { issuer: 'secondary' }, ...more }),
    expect: invalidToken,
  })),
  {
    id: 'openid-server',
    title: 'a server that publishes OpenID metadata below a path is found',
    requirements: ['RFC9068-4-07', 'RFC9068-4-01'],
    profile: 'openid-server',
    request: call({ issuer: 'secondary' }),
    expect: { ...allowed, fetches: { secondary: { metadata: 1, keys: 1, any: 2 } } },
  },
  {
    id: 'metadata-by-hand',
    title: 'metadata in the configuration is not fetched',
    requirements: ['RFC9068-4-07'],
    profile: 'metadata-by-hand',
    request: call(),
    expect: { ...allowed, fetches: { primary: { metadata: 0, keys: 1 } } },
  },
  {
    id: 'inline-keys',
    title: 'keys in the configuration verify without any request',
    requirements: ['RFC9068-4-03', 'MCP-2026-07-28-RS-034'],
    profile: 'inline-keys',
    request: call({ claims: { iss: 'https://as.example.com' } }),
    expect: { ...allowed, fetches: { primary: { any: 0 } }, auth: { issuer: 'https://as.example.com' } },
  },
  {
    id: 'inline-keys-unknown',
    title: 'keys in the configuration are the only ones',
    requirements: ['RFC9068-4-03'],
    profile: 'inline-keys',
    request: call({ signer: { key: 'unpublished' }, claims: { iss: 'https://as.example.com' } }),
    expect: { ...invalidToken, fetches: { primary: { any: 0 } } },
  },
  {
    id: 'token-issuer',
    title: 'a server that signs under another name is trusted under that name',
    requirements: ['RFC9068-4-01'],
    profile: 'other-token-issuer',
    request: call({ claims: { iss: 'https://sts.example.com/' } }),
    expect: { ...allowed, auth: { issuer: 'https://sts.example.com/' } },
  },
  {
    id: 'token-issuer-published',
    title: 'where a server signs under another name, its published name is none',
    requirements: ['RFC9068-4-01'],
    profile: 'other-token-issuer',
    request: call(),
    expect: invalidToken,
  },
];
