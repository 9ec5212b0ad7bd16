import { refuseClaims, refuseEdits } from '../hostile-case.js';
import type { TokenOptions } from '../mint.js';

const typ = (value: unknown): TokenOptions => ({ header: { typ: value } });
/** With the untyped header that ID tokens have. */
const untyped = (claims: Readonly<Record<string, unknown>>): TokenOptions => ({
  header: { typ: 'JWT' },
  claims,
});

const otherKinds = refuseEdits(
  'type',
  'unsupported_type',
  ['RFC8725-3.11-01', 'RFC8725-3.12-01', 'RFC9068-2.1-03'],
  {
    'a logout token': typ('logout+jwt'),
    'a security event': typ('secevent+jwt'),
    'a DPoP proof': typ('dpop+jwt'),
    'an authorization request': typ('oauth-authz-req+jwt'),
    'a client assertion': typ('client-authentication+jwt'),
    'a verifiable credential': typ('dc+sd-jwt'),
    'an entity statement': typ('entity-statement+jwt'),
    'a signed metadata document': typ('resource-metadata+jwt'),
    'an encrypted content type': typ('JOSE'),
    'a typ of another media type': typ('text/at+jwt'),
    'a typ with a parameter': typ('at+jwt; charset=utf-8'),
    'a typ with a space': typ(' at+jwt'),
    'a typ with a NUL': typ('at+jwt\0'),
    'a typ with a look-alike letter': typ('\u0430t+jwt'),
    'a typ with a doubled prefix': typ('application/application/at+jwt'),
    'a typ that goes on': typ('at+jwt+logout'),
    'an empty typ': typ(''),
    'typ null': typ(null),
    'typ as a number': typ(1),
    'typ as a list': typ(['at+jwt']),
  },
);

const grants = refuseEdits('type', 'unsupported_type', ['MCP-EXT-EMA-02', 'RFC8725-3.11-01'], {
  'an identity assertion grant': typ('oauth-id-jag+jwt'),
  'an identity assertion grant in its long form': typ('application/oauth-id-jag+jwt'),
});

const introspection = refuseEdits('type', 'unsupported_type', ['RFC9701-8.1-01'], {
  'an introspection response': typ('token-introspection+jwt'),
});

const idTokens = refuseEdits('token-kind', 'not_an_access_token', ['RFC9068-2.1-03', 'RFC8725-3.12-01'], {
  'an ID token with the hash of an access token': untyped({ at_hash: 'AAAA' }),
  'an ID token with the hash of a code': untyped({ c_hash: 'AAAA' }),
  'an ID token with the hash of a state': untyped({ s_hash: 'AAAA' }),
  'an ID token with a nonce': untyped({ nonce: 'value-of-the-nonce' }),
  'an ID token without typ': { header: { typ: undefined }, claims: { nonce: 'value-of-the-nonce' } },
  'an ID token with an empty nonce': untyped({ nonce: '' }),
  'an ID token that calls itself at+jwt': { claims: { at_hash: 'AAAA', nonce: 'value-of-the-nonce' } },
  'an ID token of Cognito': untyped({ token_use: 'id' }),
  'an ID token of Keycloak': untyped({ typ: 'ID' }),
  'an ID token of Keycloak in another case': untyped({ typ: 'id' }),
});

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

const others = refuseClaims(
  'token-kind',
  'not_an_access_token',
  ['RFC8725-3.12-01', 'MCP-2026-07-28-RS-019'],
  {
    'a logout token without a type': { events: { [logoutEvent]: {} } },
    'a refresh token of Keycloak': { typ: 'Refresh' },
    'an offline token of Keycloak': { typ: 'Offline' },
    'a logout token of Keycloak': { typ: 'Logout' },
    'a registration token of Keycloak': { typ: 'RegistrationAccessToken' },
    'an initial access token of Keycloak': { typ: 'InitialAccessToken' },
    'a serialized ID token of Keycloak': { typ: 'Serialized-ID' },
    'a refresh token of Cognito': { token_use: 'refresh' },
    'a use that is not a string': { token_use: ['access'] },
  },
);

const responses = refuseClaims('token-kind', 'not_an_access_token', ['RFC9701-8.1-01', 'RFC9701-5-01'], {
  'an introspection response without a type': ({ resource }) => ({
    token_introspection: { active: true, aud: resource, scope: 'mcp:read' },
  }),
});

const assertions = refuseClaims(
  'token-kind',
  'wrong_audience',
  ['MCP-EXT-WIF-02', 'MCP-EXT-EMA-02', 'RFC9068-4-02'],
  {
    'a workload assertion': ({ issuer }) => ({ aud: issuer, sub: 'spiffe://example.com/workload' }),
    'a client assertion without a type': ({ issuer }) => ({
      aud: `${issuer}/token`,
      sub: 'client-of-the-corpus',
    }),
    'an ID token without marks': { aud: 'client-of-the-corpus' },
  },
);

/** RFC 9449 §7.2, RFC 8705 §3: a bound token that cannot be checked is not a bearer token. */
const bound = [
  refuseClaims('token-kind', 'sender_constrained', ['RFC9449-7.2-01', 'RFC9449-6-01', 'RFC8705-X-01'], {
    'a token bound to a DPoP key': { cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } },
    'a token bound to a key': { cnf: { jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' } } },
    'a token bound in an unknown way': { cnf: { 'urn:example:method': 'value' } },
    'an empty binding': { cnf: {} },
    'a binding that is null': { cnf: null },
  }),
  refuseClaims('token-kind', 'sender_constrained', ['RFC8705-3-01', 'RFC8705-X-01'], {
    'a token bound to a certificate': { cnf: { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' } },
  }),
].flat();

/** RFC 8725 §3.11, §3.12: other kinds of JWT that the same issuer signs with the same key. */
export const typeCases = [otherKinds, grants, introspection].flat();
export const kindCases = [idTokens, others, responses, assertions, bound].flat();
