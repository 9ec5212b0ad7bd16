import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import { allowed, anonymous, call, withoutError } from './case-parts.js';
import { proveCall } from './dpop-parts.js';
import { callTool, jsonBody } from './operations-parts.js';

const both = { absent: ['error', 'error_description', 'error_uri'] } as const;

/** RFC 9449 §4.3: asymmetric ones only. */
const allAlgorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

const lackingScope = (used: 'challenge' | 'dpopChallenge'): Expectation => ({
  status: 403,
  challenge: { absent: ['error'] },
  dpopChallenge: { absent: ['error'] },
  [used]: { exactly: { error: 'insufficient_scope' } },
  body: { members: { error: 'insufficient_scope' }, absent: ['auth'] },
  handlerRan: false,
});

/** How a client is told what it lacks, where two schemes are taken (RFC 9449 §7.1, §7.2). */
export const dpopChallengeCases: readonly ConformanceCase[] = [
  {
    id: 'dpop-bearer-route-scheme',
    title: 'the scheme DPoP at a route that takes no proofs is a foreign scheme',
    requirements: ['RFC6750-3.1-04'],
    profile: 'dpop-bearer-route',
    request: proveCall(),
    expect: withoutError,
  },
  {
    id: 'dpop-n55',
    title: 'a proof without a token: both schemes are named, neither has an error',
    requirements: ['RFC9449-7.2-02', 'RFC9449-7.1-02', 'RFC9449-7.1-03', 'RFC9728-5.1-02', 'RFC9728-5.4-01'],
    profile: 'dpop',
    request: anonymous({ proof: {} }),
    expect: {
      ...withoutError,
      challenge: { ...both, scopes: ['notes:read'] },
      dpopChallenge: { ...both, scopes: ['notes:read'] },
    },
  },
  {
    id: 'dpop-scheme-empty',
    title: 'the scheme DPoP with nothing behind it',
    requirements: ['RFC9449-7.1-03'],
    profile: 'dpop',
    request: anonymous({ authorization: ['DPoP '] }),
    expect: { ...withoutError, dpopChallenge: both },
  },
  {
    id: 'dpop-scheme-malformed',
    title: 'the scheme DPoP with two words behind it is malformed',
    requirements: ['RFC9449-7.1-03'],
    profile: 'dpop',
    request: proveCall({}, { authorization: ['DPoP {token} {token}'] }),
    expect: {
      status: 400,
      challenge: both,
      dpopChallenge: { exactly: { error: 'invalid_request' } },
      body: { members: { error: 'invalid_request' } },
      handlerRan: false,
    },
  },
  ...(
    [
      ['bearer', 'challenge', 'Bearer {token}', 'DPoP {token}'],
      ['dpop', 'dpopChallenge', 'DPoP {token}', 'Bearer {token}'],
      ['dpop-twice', 'dpopChallenge', 'DPoP {token}', 'DPoP {token}'],
    ] as const
  ).map(([id, first, ...authorization]): ConformanceCase => ({
    id: `dpop-two-credentials-${id}`,
    title: `two Authorization headers are malformed, also with different schemes, and the error stands on the first: ${id}`,
    requirements: ['RFC9110-11.6.2-01', 'RFC9449-7.1-03'],
    profile: 'dpop',
    request: proveCall({}, { authorization }),
    expect: {
      status: 400,
      challenge: both,
      dpopChallenge: both,
      [first]: { exactly: { error: 'invalid_request' } },
      body: { members: { error: 'invalid_request' }, absent: ['auth'] },
      handlerRan: false,
    },
  })),
  {
    id: 'dpop-required-anonymous',
    title: 'no token, where it must be bound: one challenge, of scheme DPoP, with the algorithms',
    requirements: ['RFC9449-7.1-02'],
    profile: 'dpop-required',
    request: anonymous(),
    expect: {
      status: 401,
      dpopChallenge: { ...both, exactly: { algs: 'ES256' }, scopes: ['notes:read'] },
      body: { absent: ['error'] },
      handlerRan: false,
    },
  },
  {
    id: 'dpop-metadata',
    title: 'the metadata names the algorithms of proofs, and does not say that tokens must be bound',
    requirements: ['RFC9728-2-01'],
    profile: 'dpop',
    request: { method: 'GET', target: '/.well-known/oauth-protected-resource/mcp' },
    expect: {
      status: 200,
      body: {
        members: { dpop_signing_alg_values_supported: allAlgorithms },
        absent: ['dpop_bound_access_tokens_required'],
      },
      handlerRan: false,
    },
  },
  {
    id: 'dpop-required-metadata',
    title: 'the metadata says that tokens must be bound',
    requirements: ['RFC9728-2-01'],
    profile: 'dpop-required',
    request: { method: 'GET', target: '/.well-known/oauth-protected-resource/mcp' },
    expect: {
      status: 200,
      body: {
        members: { dpop_signing_alg_values_supported: ['ES256'], dpop_bound_access_tokens_required: true },
      },
      handlerRan: false,
    },
  },
  {
    id: 'dpop-scope',
    title: 'a bound token that lacks a scope: the error stands on the scheme that it came with',
    requirements: ['RFC9449-7.2-02'],
    profile: 'dpop-with-operations',
    request: proveCall({}, { body: jsonBody(callTool('admin')) }),
    expect: lackingScope('dpopChallenge'),
  },
  {
    id: 'dpop-scope-bearer',
    title: 'a bearer token that lacks a scope, where both are taken',
    requirements: ['RFC9449-7.2-02'],
    profile: 'dpop-with-operations',
    request: call({}, { body: jsonBody(callTool('admin')) }),
    expect: lackingScope('challenge'),
  },
  {
    id: 'dpop-scope-covered',
    title: 'a bound token that covers the tool it calls',
    requirements: ['RFC9449-7.1-01'],
    profile: 'dpop-with-operations',
    request: proveCall({}, { body: jsonBody(callTool('read')) }),
    expect: allowed,
  },
];
