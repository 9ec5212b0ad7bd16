import {
  deny,
  MCPAuthTokenVerificationError,
  needAuthentication,
  PolicyUnavailableError,
} from '@mcp-auth/core';
import { issuer, mint, prove, provider, request, resource, seconds, thumbprintOf } from './server.mjs';

const withToken = async (changes, more) =>
  request({ authorization: `Bearer ${await mint(changes)}`, ...more });
const withClaims = (claims, more) => withToken({ claims }, more);
const withHeader = (header, more) => withToken({ header }, more);

const call = (name) => ({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } });
const withRules = (tools, body = call('delete-note')) =>
  withToken({}, { body, options: { operations: { tools } } });

const dpop = { mode: 'dpop-optional' };
/** A request with a bound token, and a proof of it. */
async function withProof(proof = {}, more = {}) {
  const token = await mint({ claims: { cnf: { jkt: await thumbprintOf() } } });
  const changes = typeof proof === 'function' ? proof : () => proof;
  return request({
    authorization: `DPoP ${token}`,
    dpop,
    proof: (time) => prove(token, changes(time)),
    ...more,
  });
}
const ownProofs = (time) => ({ jti: `proof-${time}` });

const introspection = {
  clientAuthentication: { method: 'client_secret_basic', clientId: 'notes', clientSecret: 'secret' },
};
/** A request with an opaque token, whose issuer is asked. */
export const introspected = (answers, server = {}) =>
  request({
    authorization: 'Bearer 3f9c1b7a2d',
    mode: 'introspection',
    server: { introspection: { ...introspection, ...server } },
    fetch: provider(answers),
  });

/** How each code of a denied request comes about. */
export const requests = {
  missing_credentials: () => request({}),
  unsupported_scheme: () => request({ authorization: 'Basic bm90ZXM6' }),
  malformed_credentials: () => request({ authorization: 'Bearer "eyJhbGciOi"' }),
  repeated_credentials: () => request({ authorization: 'Bearer eyJhbGciOi, Bearer eyJhbGciOi' }),
  insufficient_scope: () => withToken({}, { options: { requiredScopes: ['notes:write'] } }),
  too_many_attempts: () =>
    withToken(
      { key: 'other' },
      { times: 2, config: { limits: { failedAttempts: { max: 1 }, peer: () => '192.0.2.7' } } },
    ),
  unreadable_body: () => withRules({ '*': [] }, null),
  unknown_operation: () => withRules({ 'read-notes': [], '*': 'refuse' }),
  refused_operation: () => withRules({ 'delete-note': 'refuse', '*': [] }),
  operation_failed: () =>
    withRules({
      'delete-note': () => {
        throw new Error('no database');
      },
      '*': [],
    }),
  policy_denied: () => withRules({ 'delete-note': () => deny({ reason: 'not the owner' }), '*': [] }),
  policy_unavailable: () =>
    withRules({
      'delete-note': () => {
        throw new PolicyUnavailableError('The engine answered 502');
      },
      '*': [],
    }),
  insufficient_user_authentication: () =>
    withRules({ 'delete-note': () => needAuthentication({ acrValues: ['mfa'] }), '*': [] }),
  verification_failed: () =>
    request({
      authorization: 'Bearer 3f9c1b7a2d',
      mode: () => {
        throw new TypeError('no database');
      },
    }),
  authorization_server_unavailable: () =>
    withToken({}, { fetch: provider({ '/': () => new Response('', { status: 502 }) }) }),
  token_too_large: () => request({ authorization: `Bearer ${'A'.repeat(17_000)}` }),
  malformed_token: () => request({ authorization: 'Bearer 3f9c1b7a2d' }),
  encrypted_token: () => request({ authorization: 'Bearer e30.AA.AA.AA.AA' }),
  unsupported_algorithm: () => withHeader({ alg: 'HS256' }),
  unsupported_type: () => withHeader({ typ: 'logout+jwt' }),
  critical_header: () => withHeader({ crit: ['b64'] }),
  missing_issuer: () => withClaims({ iss: undefined }),
  untrusted_issuer: () => withClaims({ iss: `${issuer}/` }),
  unknown_key: () => withHeader({ kid: 'key-0' }),
  unsuitable_key: () => withToken({ header: { kid: 'key-enc' }, key: 'encryption' }),
  invalid_signature: () => withToken({ key: 'other' }),
  missing_claim: () => withClaims({ exp: undefined }),
  invalid_claim: () => withClaims({ exp: (seconds + 3600) * 1000 }),
  token_expired: () => withClaims({ exp: seconds - 300 }),
  token_not_yet_valid: () => withClaims({ nbf: seconds + 600 }),
  issued_in_future: () => withClaims({ iat: seconds + 600 }),
  token_too_old: () => withClaims({ iat: seconds - 7200 }, { options: { jwtVerify: { maxTokenAge: '1h' } } }),
  missing_audience: () => withClaims({ aud: undefined }),
  wrong_audience: () => withClaims({ aud: `${resource}/` }),
  not_an_access_token: () => withClaims({ token_use: 'id' }),
  sender_constrained: () => withClaims({ cnf: { jkt: 'x' } }),
  bound_token_as_bearer: async () => withClaims({ cnf: { jkt: await thumbprintOf() } }, { dpop }),
  unbound_token: () => withToken({}, { dpop: { mode: 'dpop-required' } }),
  wrong_sender: async () => {
    const token = await mint({ claims: { cnf: { jkt: await thumbprintOf('other') } } });
    return request({ authorization: `DPoP ${token}`, dpop, proof: () => prove(token) });
  },
  missing_proof: () => withProof({}, { proof: undefined }),
  repeated_proof: () => withProof({}, { proof: () => 'e30.e30.AA, e30.e30.AA' }),
  invalid_proof: () => withProof({ htm: 'GET' }),
  proof_expired: () => withProof({ iat: seconds - 3600 }),
  proof_from_future: () => withProof({ iat: seconds + 3600 }),
  replayed_proof: () => withProof({}, { times: 2 }),
  use_dpop_nonce: () =>
    withProof({}, { config: { proofs: { nonceSecrets: ['a secret of 32 bytes, for these lines alone'] } } }),
  too_many_proofs: () => withProof(ownProofs, { times: 2, config: { proofs: { maxPerKey: 1 } } }),
  proofs_unavailable: () => withProof(ownProofs, { times: 2, config: { proofs: { maxEntries: 1 } } }),
  policy_refused: () =>
    withClaims(
      { tid: 'tenant-b' },
      {
        server: {
          policy: { name: 'one tenant', check: ({ tid }) => (tid === 'tenant-a' ? undefined : 'tid') },
        },
      },
    ),
  inactive_token: () => introspected(),
  revoked_token: () => withToken({}, { revoked: { issuer, subject: 'alice' } }),
  rejected_by_verifier: () =>
    request({
      authorization: 'Bearer 3f9c1b7a2d',
      mode: () => {
        throw new MCPAuthTokenVerificationError('rejected_by_verifier');
      },
    }),
};
