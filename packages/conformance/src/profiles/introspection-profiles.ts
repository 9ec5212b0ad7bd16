import type { JsonObject, JsonValue } from '../json.js';
import { mcp, mcpMetadataUrl } from './basic-profiles.js';
import type { Profile, ProfileIntrospection, ProfileRoute, ProfileServer } from './profile.js';

/** What a server says about a good token. */
const good = {
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
  Object.fromEntries(Object.entries(good).filter(([name]) => !names.includes(name)));

/** Answers that must let nobody in, by what is wrong with them. */
export const badAnswers = {
  'active-false': { ...good, active: false },
  'active-absent': without('active'),
  'active-text': { ...good, active: 'true' },
  'active-number': { ...good, active: 1 },
  'active-list': { ...good, active: [true] },
  'active-null': { ...good, active: null },
  'active-elsewhere': { Active: true, ...without('active') },
  'aud-other': { ...good, aud: 'https://other.example.com/mcp' },
  'aud-absent': without('aud'),
  'aud-empty': { ...good, aud: [] },
  'aud-null': { ...good, aud: null },
  'aud-object': { ...good, aud: { [mcp]: true } },
  'aud-joined': { ...good, aud: `${mcp} https://other.example.com` },
  'aud-prefix': { ...good, aud: `${mcp}/admin` },
  'iss-other': { ...good, iss: 'https://other.example.com' },
  'iss-list': { ...good, iss: ['{primary}'] },
  'exp-past': { ...good, exp: { fromNow: -60 } },
  'exp-absent': without('exp'),
  'exp-text': { ...good, exp: '9999999999' },
  'exp-milliseconds': { ...good, exp: 9_999_999_999_999 },
  'exp-negative': { ...good, exp: -1 },
  'nbf-future': { ...good, nbf: { fromNow: 600 } },
  'iat-future': { ...good, iat: { fromNow: 600 } },
  'bound-key': { ...good, cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } },
  'bound-certificate': { ...good, cnf: { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' } },
  'bound-type': { ...good, token_type: 'DPoP' },
  'refresh-token': { ...good, token_type: 'refresh_token' },
  'sub-object': { ...good, sub: { id: 'user-1' } },
} as const satisfies Readonly<Record<string, JsonObject>>;

/** Answers that are not a verdict: the server is wrong. */
export const unreadableAnswers = {
  null: null,
  true: true,
  text: 'active',
  list: [good],
} as const satisfies Readonly<Record<string, JsonValue>>;

/** Answers whose scopes cover less than they seem to. */
export const narrowAnswers = {
  'scope-absent': without('scope'),
  'scope-empty': { ...good, scope: '' },
  'scope-other': { ...good, scope: 'notes:reader xnotes:read' },
  'scope-commas': { ...good, scope: 'notes:read,notes:write' },
  'scope-number': { ...good, scope: 7 },
  'scope-quoted': { ...good, scope: '"notes:read"\r\nX-Injected: 1' },
} as const satisfies Readonly<Record<string, JsonObject>>;

const prefixed = (answers: Readonly<Record<string, JsonValue>>): Readonly<Record<string, JsonValue>> =>
  Object.fromEntries(Object.entries(answers).map(([name, answer]) => [`opaque-${name}`, answer]));

const answers: ProfileIntrospection['answers'] = {
  'opaque-good-0001': good,
  'opaque/with+all~signs_0002==': good,
  'opaque-no-issuer-0003': without('iss'),
  'opaque-no-user-0004': without('sub'),
  'opaque-audiences-0005': { ...good, aud: ['https://other.example.com', mcp] },
  'opaque-five-seconds-0006': { ...good, exp: { fromNow: 5 } },
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
        answers: { 'second-good-0001': { ...good, iss: '{secondary}' }, 'opaque-not-mine-0002': good },
        selects: 'second',
      },
    },
  ]),
} as const satisfies Readonly<Record<string, Profile>>;
