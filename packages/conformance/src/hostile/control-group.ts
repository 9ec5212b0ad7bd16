import { policyCall } from './engine-policy.js';
import { present, type HostileRequest } from './hostile-case.js';
import type { Mint, TokenOptions } from './mint.js';

/** A request that must pass: a corpus that a closed door survives proves nothing. */
export interface ControlCase {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly recipe: (mint: Mint) => HostileRequest;
  /** Members of the caller's identity as the handler must see it. */
  readonly caller?: Readonly<Record<string, unknown>>;
}

type Edit = TokenOptions | ((mint: Mint) => TokenOptions);

const accept = (requirements: readonly string[], edits: Readonly<Record<string, Edit>>): ControlCase[] =>
  acceptRequests(
    requirements,
    Object.fromEntries(
      Object.entries(edits).map(([title, edit]) => [
        title,
        (mint: Mint) => present(mint.token(typeof edit === 'function' ? edit(mint) : edit)),
      ]),
    ),
  );

const acceptRequests = (
  requirements: readonly string[],
  recipes: Readonly<Record<string, ControlCase['recipe']>>,
): ControlCase[] =>
  Object.entries(recipes).map(([title, recipe]) => ({
    id: `control/${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
    title,
    requirements,
    recipe,
  }));

const typ = (value: string | undefined): TokenOptions => ({ header: { typ: value } });
const field =
  (write: (token: string) => string): ControlCase['recipe'] =>
  (mint) => ({ authorization: [write(mint.token())] });

const algorithms = accept(['RFC9068-2.1-02', 'RFC9068-4-03', 'RFC8725-3.1-01'], {
  RS256: { key: 'rsa', alg: 'RS256' },
  RS384: { key: 'rsa', alg: 'RS384' },
  RS512: { key: 'rsa', alg: 'RS512' },
  PS256: { key: 'rsa', alg: 'PS256' },
  PS384: { key: 'rsa', alg: 'PS384' },
  PS512: { key: 'rsa', alg: 'PS512' },
  ES256: { key: 'es256' },
  ES384: { key: 'es384' },
  ES512: { key: 'es512' },
  EdDSA: { key: 'ed25519', alg: 'EdDSA' },
  Ed25519: { key: 'ed25519', alg: 'Ed25519' },
  'RS256 with a key labelled so': { key: 'rs256Only' },
  'PS256 with a key labelled so': { key: 'ps256Only' },
});

const keys = accept(['RFC9068-4-07', 'RFC8725-3.8-01'], {
  'no kid where the issuer has one key': ({ facts }) => ({
    key: 'second',
    claims: { iss: facts.secondIssuer },
  }),
  'no kid where the algorithm says enough': { key: 'es384', header: { kid: undefined } },
  'the first of two keys with one kid': { key: 'twinEc' },
  'the second of two keys with one kid': { key: 'twinEd' },
});

const headers = [
  accept(['RFC9068-2.1-03', 'RFC8725-3.11-01'], {
    'no typ': typ(undefined),
    'typ JWT': typ('JWT'),
    'typ JWT in lower case': typ('jwt'),
    'typ at+jwt': typ('at+jwt'),
    'typ at+jwt in capitals': typ('AT+JWT'),
    'typ application/at+jwt': typ('application/at+jwt'),
    'typ application/at+jwt in mixed case': typ('Application/AT+Jwt'),
  }),
  accept(['RFC8725-3.10-01'], {
    'header members that nobody reads': ({ facts }) => ({
      header: { jku: `${facts.untrustedIssuer}/keys`, x5t: 'AAAA', 'urn:example:extension': { a: [1] } },
    }),
  }),
].flat();

const claims = [
  accept(['RFC9068-4-02', 'MCP-2026-07-28-RS-016'], {
    'the resource in a list': ({ facts }) => ({ claims: { aud: [facts.resource] } }),
    'the resource in a longer list': ({ facts }) => ({
      claims: { aud: ['https://other.example.com', facts.resource, ''] },
    }),
  }),
  accept(['RFC9068-4-04'], {
    'an expiry within the tolerance': ({ facts }) => ({ claims: { exp: facts.now - 4 } }),
    'a first moment within the tolerance': ({ facts }) => ({ claims: { nbf: facts.now + 60 } }),
    'an issue time within the tolerance': ({ facts }) => ({ claims: { iat: facts.now + 60 } }),
    'an expiry with a fraction': ({ facts }) => ({ claims: { exp: facts.now + 60.5 } }),
    'no issue time': { claims: { iat: undefined } },
  }),
  accept(['RFC9068-2.2.3-01', 'OAUTH21-5-01'], {
    'more scopes than needed': { claims: { scope: 'mcp:write mcp:read openid' } },
    'scopes in scp': { claims: { scope: undefined, scp: ['mcp:write', 'mcp:read'] } },
    'scopes in scopes': { claims: { scope: undefined, scopes: 'mcp:read' } },
  }),
  accept(['MCP-EXT-CC-02', 'RFC9068-5-01'], {
    'a client without a user': { claims: { sub: undefined } },
    'names beyond ASCII': { claims: { name: 'Zo\u00eb \ud83d\udc1f', iss_note: '\u4f60\u597d' } },
    'a nonce in a typed access token': { claims: { nonce: 'value-of-the-nonce' } },
    'a Bearer token of Keycloak': {
      header: { typ: 'JWT' },
      claims: { typ: 'Bearer', nonce: 'value-of-the-nonce' },
    },
    'an access token of Cognito': { claims: { token_use: 'access' } },
    'a large token': {
      claims: { groups: Array.from({ length: 200 }, (_, index) => `group-number-${index}`) },
    },
  }),
].flat();

const credentials = acceptRequests(['RFC6750-2.1-02', 'OAUTH21-5.1.1-01', 'RFC9110-11.1-01'], {
  'the scheme in lower case': field((token) => `bearer ${token}`),
  'the scheme in upper case': field((token) => `BEARER ${token}`),
  'several spaces': field((token) => `Bearer    ${token}`),
  'spaces around the value': field((token) => `  Bearer ${token}  `),
  'another token in the query': (mint) => ({ ...present(mint.token()), query: '?access_token=other-token' }),
  'another token in the body': (mint) => ({
    ...present(mint.token()),
    body: { type: 'application/json', text: `{"access_token":"other-token",${policyCall.slice(1)}` },
  }),
});

const routes = acceptRequests(['MCP-2026-07-28-RS-018'], {
  'the issuer of the second resource at the second resource': (mint) => ({
    ...present(
      mint.token({ key: 'second', claims: { iss: mint.facts.secondIssuer, aud: mint.facts.secondResource } }),
    ),
    path: '/notes',
  }),
});

/** Tokens that differ from the usual as far as the standards allow. All must pass. */
export const controlCases: readonly ControlCase[] = [
  algorithms,
  keys,
  headers,
  claims,
  credentials,
  routes,
].flat();
