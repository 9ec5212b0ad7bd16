import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { RequestSpec } from '../request-spec.js';
import { allowed, anonymous, call, insufficientScope, invalidRequest, withoutError } from './case-parts.js';

const oneMethod = ['RFC6750-2-01', 'RFC6750-3.1-01', 'OAUTH21-5.3.2-01'] as const;
const profile = 'token-header';

/** A call whose token is in the header that the gateway writes. */
function handedOn(value: string, more: Partial<RequestSpec> = {}): RequestSpec {
  return call(
    {},
    { authorization: [], ...more, headers: [['Cf-Access-Jwt-Assertion', value], ...(more.headers ?? [])] },
  );
}

const malformed: readonly (readonly [id: string, what: string, value: string])[] = [
  ['scheme', 'a scheme in front of the token', 'Bearer {token}'],
  ['second-word', 'a second word', '{token} {token}'],
  ['joined', 'two tokens joined by a comma', '{token}, {token}'],
  ['quoted', 'a token in quotes', '"{token}"'],
];

const refused: Expectation = { ...invalidRequest };

/** Tokens in a header that a gateway writes, where the owner has named it (RFC 6750 §2: one method in each request). */
export const tokenHeaderCases: readonly ConformanceCase[] = [
  {
    id: 'token-header-beside-authorization',
    title: 'a token in the named header and an Authorization header next to it: neither is used',
    requirements: oneMethod,
    profile,
    request: handedOn('{token}', { authorization: ['Bearer {token}'] }),
    expect: refused,
  },
  {
    id: 'token-header-beside-other-scheme',
    title: 'an Authorization header of another scheme next to the named header is one too many as well',
    requirements: oneMethod,
    profile,
    request: handedOn('{token}', { authorization: ['Basic dXNlcg=='] }),
    expect: refused,
  },
  {
    id: 'token-header-twice',
    title: 'the named header occurs twice: neither value is used',
    requirements: ['RFC9110-11.6.2-01', 'RFC6750-3.1-01'],
    profile,
    request: handedOn('{token}', { headers: [['cf-access-jwt-assertion', '{token}']] }),
    expect: refused,
  },
  ...malformed.map(([id, what, value]): ConformanceCase => ({
    id: `token-header-${id}`,
    title: `the named header holds ${what}: the request is malformed`,
    requirements: ['RFC6750-2.1-02', 'RFC6750-3.1-01'],
    profile,
    request: handedOn(value),
    expect: refused,
  })),
  {
    id: 'token-header-authorization-alone',
    title: 'a token in Authorization went around the gateway, and is not used',
    requirements: ['RFC6750-3.1-04'],
    profile,
    request: call(),
    expect: withoutError,
  },
  {
    id: 'token-header-authorization-is-not-anonymous',
    title: 'a token in Authorization is not taken for none where no token is needed',
    requirements: ['RFC6750-3.1-04'],
    profile: 'token-header-anonymous',
    request: call(),
    expect: withoutError,
  },
  {
    id: 'token-header-empty',
    title: 'an empty header has no token',
    requirements: ['RFC6750-3.1-04'],
    profile,
    request: handedOn(''),
    expect: withoutError,
  },
  {
    id: 'token-header-none',
    title: 'a request without the named header is told where to log in',
    requirements: ['RFC6750-3.1-04', 'RFC9728-5.1-01'],
    profile,
    request: anonymous(),
    expect: withoutError,
  },
  {
    id: 'token-header-off',
    title: 'without the option the header is one like any other, and opens nothing',
    requirements: ['OAUTH21-5.3.2-01'],
    profile: 'single',
    request: handedOn('{token}'),
    expect: withoutError,
  },
  {
    id: 'token-header-off-beside-authorization',
    title: 'without the option the header does not disturb a token in Authorization',
    requirements: ['RFC6750-2.1-01'],
    profile: 'single',
    request: handedOn('no token at all', { authorization: ['Bearer {token}'] }),
    expect: allowed,
  },
  {
    id: 'token-header-scope',
    title: 'a token in the named header is judged like every token',
    requirements: ['RFC6750-3.1-03'],
    profile,
    request: { ...handedOn('{token}'), token: { claims: { scope: 'other' } } },
    expect: insufficientScope('notes:read'),
  },
  ...['Cf-Access-Jwt-Assertion', 'cf-access-jwt-assertion', 'CF-ACCESS-JWT-ASSERTION'].map(
    (name): ConformanceCase => ({
      id: `token-header-good-${name}`,
      title: `a token alone in ${name} is let in`,
      requirements: ['RFC6750-2-01', 'RFC6750-2.1-02'],
      profile,
      request: call({ claims: { scope: 'notes:read' } }, { authorization: [], headers: [[name, '{token}']] }),
      expect: allowed,
    }),
  ),
  {
    id: 'token-header-preflight',
    title: 'a preflight lets pages set the named header',
    requirements: ['RFC9110-CORS-01'],
    profile,
    request: {
      method: 'OPTIONS',
      target: '/mcp',
      headers: [
        ['Origin', 'https://app.example.com'],
        ['Access-Control-Request-Method', 'POST'],
      ],
    },
    expect: {
      status: [200, 204],
      headers: { 'access-control-allow-headers': { lists: ['Cf-Access-Jwt-Assertion'] } },
      handlerRan: false,
    },
  },
  {
    id: 'token-header-metadata',
    title: 'the metadata does not claim that tokens are read from Authorization',
    requirements: ['RFC9728-2-01'],
    profile,
    request: { method: 'GET', target: '/.well-known/oauth-protected-resource/mcp' },
    expect: { status: 200, body: { absent: ['bearer_methods_supported'] }, handlerRan: false },
  },
];
