import type { JsonObject, JsonValue } from '../json.js';
import { mcp, mcpMetadataUrl } from './basic-profiles.js';
import type { Profile, ProfileIntrospection, ProfileRoute, ProfileServer } from './profile.js';

/** What a server says about a good token. */
export const goodAnswer = {
  active: true,
  iss: '{primary}',
  aud: mcp,
  client_id: 'client-1',
  sub: 'user-1',
  scope: 'notes:read notes:write',
  token_type: 'Bearer',
  exp: { fromNow: 300 },
  iat: { fromNow: -10 },
} as const satisfies JsonObject;

const without = (...names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(goodAnswer).filter(([name]) => !names.includes(name)));

/** Answers that must let nobody in, by what is wrong with them. */
export const badAnswers = {
  'active-false': { ...goodAnswer, active: false },
  'active-absent': without('active'),
  'active-text': { ...goodAnswer, active: 'true' },
  'active-number': { ...goodAnswer, active: 1 },
  'active-list': { ...goodAnswer, active: [true] },
  'active-null': { ...goodAnswer, active: null },
  'active-elsewhere': { Active: true, ...without('active') },
  'aud-other': { ...goodAnswer, aud: 'https://other.example.com/mcp' },
  'aud-absent': without('aud'),
  'aud-empty': { ...goodAnswer, aud: [] },
  'aud-null': { ...goodAnswer, aud: null },
  'aud-object': { ...goodAnswer, aud: { [mcp]: true } },
  'aud-joined': { ...goodAnswer, aud: `${mcp} https://other.example.com` },
  'aud-prefix': { ...goodAnswer, aud: `${mcp}/admin` },
  'iss-other': { ...goodAnswer, iss: 'https://other.example.com' },
  'iss-list': { ...goodAnswer, iss: ['{primary}'] },
  'exp-past': { ...goodAnswer, exp: { fromNow: -60 } },
  'exp-absent': without('exp'),
  'exp-text': { ...goodAnswer, exp: '9999999999' },
  'exp-milliseconds': { ...goodAnswer, exp: 9_999_999_999_999 },
  'exp-negative': { ...goodAnswer, exp: -1 },
  'nbf-future': { ...goodAnswer, nbf: { fromNow: 600 } },
  'iat-future': { ...goodAnswer, iat: { fromNow: 600 } },
  'bound-key': { ...goodAnswer, cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } },
  'bound-certificate': { ...goodAnswer, cnf: { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' } },
  'bound-type': { ...goodAnswer, token_type: 'DPoP' },
  'refresh-token': { ...goodAnswer, token_type: 'refresh_token' },
  'sub-object': { ...goodAnswer, sub: { id: 'user-1' } },
} as const satisfies Readonly<Record<string, JsonObject>>;

/** Answers that are not a verdict: the server is wrong. */
export const unreadableAnswers = {
  null: null,
  true: true,
  text: 'active',
  list: [goodAnswer],
} as const satisfies Readonly<Record<string, JsonValue>>;

/** Answers whose scopes cover less than they seem to. */
export const narrowAnswers = {
  'scope-absent': without('scope'),
  'scope-empty': { ...goodAnswer, scope: '' },
  'scope-other': { ...goodAnswer, scope: 'notes:reader xnotes:read' },
  'scope-commas': { ...goodAnswer, scope: 'notes:read,notes:write' },
  'scope-number': { ...goodAnswer, scope: 7 },
  'scope-quoted': { ...goodAnswer, scope: '"notes:read"\r\nX-Injected: 1' },
} as const satisfies Readonly<Record<string, JsonObject>>;

const prefixed = (answers: Readonly<Record<string, JsonValue>>): Readonly<Record<string, JsonValue>> =>
  Object.fromEntries(Object.entries(answers).map(([name, answer]) => [`opaque-${name}`, answer]));

const answers: ProfileIntrospection['answers'] = {
  'opaque-good-0001': goodAnswer,
  'opaque/with+all~signs_0002==': goodAnswer,
  'opaque-no-issuer-0003': without('iss'),
  'opaque-no-user-0004': without('sub'),
  'opaque-audiences-0005': { ...goodAnswer, aud: ['https://other.example.com', mcp] },
  'opaque-five-seconds-0006': { ...goodAnswer, exp: { fromNow: 5 } },
  ...prefixed(badAnswers),
  ...prefixed(unreadableAnswers),
  ...prefixed(narrowAnswers),
};

function withIntrospection(
  introspection: Partial<ProfileIntrospection> = {},
  route: Partial<ProfileRoute> = {},
  others: readonly ProfileServer[] = [],
): Profile {
  return {
    resources: [
      {
        resource: mcp,
        metadataUrl: mcpMetadataUrl,
        servers: [{ name: 'primary', introspection: { answers, ...introspection } }, ...others],
      },
    ],
    routes: [
      { path: '/mcp', resource: mcp, verifier: 'introspection', requiredScopes: ['notes:read'], ...route },
    ],
  };
}

/** Tokens that only their issuer can read. */
export const introspectionProfiles = {
  introspection: withIntrospection(),
  'introspection-kept': withIntrospection({ activeSeconds: 60 }),
  'introspection-impatient': withIntrospection({ timeoutMs: 200 }),
  'introspection-wrong-secret': withIntrospection({ wrongSecret: true }),
  'introspection-signed': withIntrospection({ signed: true }),
  'introspection-max-age': withIntrospection({}, { lifetimeWithoutExpirySeconds: 60 }),
  auto: withIntrospection({}, { verifier: 'auto' }),
  'auto-with-keys-only-server': withIntrospection({}, { verifier: 'auto' }, [{ name: 'secondary' }]),
  'introspection-by-prefix': withIntrospection({ selects: 'opaque' }, {}, [
    {
      name: 'secondary',
      introspection: {
        answers: {
          'second-good-0001': { ...goodAnswer, iss: '{secondary}' },
          'opaque-not-mine-0002': goodAnswer,
        },
        selects: 'second',
      },
    },
  ]),
} as const satisfies Readonly<Record<string, Profile>>;
