import type { TokenCheckName } from '@mcp-auth/core/explain';

/** What holds when a check of the gate passes, and the clause that wants it. */
export const checkTexts: Readonly<
  Record<TokenCheckName, { readonly title: string; readonly clause: string }>
> = {
  credentials: { title: 'It can be sent as one token behind Bearer', clause: 'RFC 6750 §2.1' },
  size: { title: 'It is not too large', clause: 'RFC 6750 §5.2' },
  syntax: { title: 'It is a signed JWT, written in one way only', clause: 'RFC 7519 §7.2' },
  header: {
    title: 'Its header names an asymmetric algorithm and an access token',
    clause: 'RFC 8725 §3.1, §3.11',
  },
  issuer: { title: 'Its issuer is trusted', clause: 'RFC 9068 §4' },
  signature: { title: 'A published key of its issuer has signed it', clause: 'RFC 9068 §4' },
  kind: { title: 'It is no ID token, logout token or refresh token', clause: 'RFC 8725 §3.12' },
  time: { title: 'It is valid now', clause: 'RFC 9068 §4' },
  claims: {
    title: 'Its claims have the types of the standard, and none is missing',
    clause: 'RFC 9068 §2.2',
  },
  'sender-constraint': {
    title: 'It is bound to nothing that the resource cannot check',
    clause: 'RFC 7800 §3.1',
  },
  policy: { title: 'It has what its provider writes into access tokens', clause: 'OAuth 2.1 §5.2' },
  audience: { title: 'It was issued for this resource', clause: 'RFC 9068 §4' },
  sender: { title: 'It comes from whoever it is bound to', clause: 'RFC 9449 §7.1, RFC 8705 §3' },
  authentication: { title: 'Its user logged in as the route demands', clause: 'RFC 9470 §3' },
  scopes: { title: 'It covers the required scopes', clause: 'RFC 6750 §3.1' },
};

/** What to change, where the check itself has no better idea. */
const fixes: Readonly<Record<string, string>> = {
  malformed_credentials:
    'Send the token alone, as Authorization: Bearer <token>: without quotes, line breaks or a second word.',
  repeated_credentials: 'Send one token.',
  malformed_token:
    "If the provider issues opaque tokens, only it can read them: configure introspection and write bearerAuth('auto'). Otherwise copy the whole token, three parts with two dots.",
  encrypted_token: 'Have the provider issue signed tokens (JWS) for this resource, or use introspection.',
  token_too_large:
    'Have the provider leave out groups or roles, or raise maxTokenBytes and the limit for headers of the server.',
  unsupported_algorithm: 'Have the provider sign with RS256, ES256 or EdDSA, for this resource at least.',
  unsupported_type: 'The client must send its access token; if this is one, name its typ in jwtVerify.',
  critical_header: 'Have the provider sign without crit: nobody here understands that extension.',
  missing_issuer: 'The provider must write iss. A token without it was made for something else.',
  untrusted_issuer:
    'If that is a provider of yours, name it in authorizationServers exactly as the token writes it.',
  unknown_key:
    'Compare the kid with the key set of the issuer (jwks_uri): the key may have been rotated out, or the keys given are old.',
  unsuitable_key:
    'The published key is not for signatures with this algorithm, or too short: see alg, use and key_ops of it.',
  invalid_signature:
    'The token was changed, or another key signed it. Compare issuer and environment: a token of the test tenant has another key.',
  missing_claim: 'Have the provider write the claim, or take it out of requiredClaims.',
  invalid_claim: 'Have the provider write the claim with the type of the standard.',
  token_expired: 'The client should refresh it; if it has just got it, set the clock of the machine.',
  token_not_yet_valid: 'Set the clocks of this machine and of the provider.',
  issued_in_future: 'Set the clocks of this machine and of the provider.',
  token_too_old: 'The client should refresh it, or raise maxTokenAge.',
  missing_audience:
    'Have the provider write the resource into aud: clients ask for it with the parameter resource (RFC 8707).',
  wrong_audience:
    'If the provider has another name for this resource, write it as audience; else the client asked for another resource, or without resource.',
  not_an_access_token: 'The client must send its access token, and no ID token or refresh token.',
  sender_constrained:
    'Switch on dpop or mutualTls for the resource, or have the provider issue plain Bearer tokens.',
  bound_token_as_bearer: 'The client must send it as Authorization: DPoP, with a proof.',
  unbound_token: 'The resource takes bound tokens only: the client must ask for one with a DPoP proof.',
  policy_refused: 'See the page of the provider in the documentation: it tells what to switch on there.',
  insufficient_scope:
    'The client must ask for the missing scopes, and the user or an administrator must grant them.',
  insufficient_user_authentication:
    'The client must send the user through another login (acr_values, max_age).',
};

/** What to change for a code. */
export function fixOf(code: string, claim: string | undefined, actual: unknown): string | undefined {
  const isTime = claim === 'exp' || claim === 'iat' || claim === 'nbf';
  if (code === 'invalid_claim' && isTime && typeof actual === 'number' && actual > 1e11)
    return `${claim} must be seconds since 1970; this looks like milliseconds.`;
  return fixes[code];
}
