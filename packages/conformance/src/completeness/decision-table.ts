/** One situation, the answer the standards give, and the cases that show it. */
export interface DecisionTableRow {
  readonly situation: string;
  readonly status: number;
  /** Code of the Bearer challenge; `none` for a challenge without one, nothing where there is no challenge. */
  readonly challenge: 'none' | 'invalid_request' | 'invalid_token' | 'insufficient_scope' | undefined;
  /** Code of the DPoP challenge, where it is about the scheme DPoP. */
  readonly dpopChallenge?: 'invalid_dpop_proof' | 'use_dpop_nonce' | 'invalid_token';
  /** Cases that refuse, by id. */
  readonly refusals: readonly string[];
  /** Cases that let the nearest good request in, by id. */
  readonly counterparts: readonly string[];
  /** Where this project answers otherwise, and why. */
  readonly deviation?: string;
}

/** Expected answers of a resource server that takes bearer tokens (RFC 6750 §3, §3.1; RFC 9728 §5). */
export const decisionTable: readonly DecisionTableRow[] = [
  {
    situation: 'no credentials',
    status: 401,
    challenge: 'none',
    refusals: ['no-credentials', 'empty-authorization', 'session-is-no-login'],
    counterparts: ['good-token'],
  },
  {
    situation: 'unsupported scheme',
    status: 401,
    challenge: 'none',
    refusals: ['other-scheme-basic', 'other-scheme-digest', 'other-scheme-dpop', 'other-scheme-longer-name'],
    counterparts: ['scheme-bearer', 'scheme-BEARER'],
  },
  {
    situation: 'scheme without credentials',
    status: 401,
    challenge: 'none',
    refusals: ['no-credentials-empty-scheme', 'no-credentials-empty-scheme-and-space'],
    counterparts: ['two-spaces'],
    deviation:
      'A client that stored an empty token has none: 401 without an error lets it log in, where 400 would end its attempts.',
  },
  {
    situation: 'two Authorization headers',
    status: 400,
    challenge: 'invalid_request',
    refusals: ['malformed-two-fields', 'malformed-two-fields-other-first', 'malformed-joined-fields'],
    counterparts: ['well-formed-beside-malformed'],
  },
  {
    situation: 'Authorization next to a header that the owner has named instead',
    status: 400,
    challenge: 'invalid_request',
    refusals: ['token-header-beside-authorization', 'token-header-beside-other-scheme', 'token-header-twice'],
    counterparts: ['token-header-good-Cf-Access-Jwt-Assertion', 'token-header-off-beside-authorization'],
  },
  {
    situation: 'header and body token',
    status: 400,
    challenge: 'invalid_request',
    refusals: [],
    counterparts: ['form-token-beside-good-one', 'query-token-beside-good-one'],
    deviation:
      'The header is the only way to send a token here, so a body or query never holds a second one: what they hold is ignored.',
  },
  {
    situation: 'query token only',
    status: 401,
    challenge: 'none',
    refusals: ['query-token'],
    counterparts: ['query-token-beside-good-one'],
  },
  {
    situation: 'token not token68',
    status: 400,
    challenge: 'invalid_request',
    refusals: ['malformed-quoted', 'malformed-comma', 'malformed-percent', 'malformed-not-ascii'],
    counterparts: ['custom-all-signs'],
  },
  {
    situation: 'JWT malformed, bad signature, expired, not yet valid, wrong iss, wrong aud, wrong typ',
    status: 401,
    challenge: 'invalid_token',
    refusals: [
      'unreadable-opaque',
      'signature-flipped',
      'time-expired',
      'time-not-yet',
      'issuer-foreign',
      'audience-other',
      'kind-id-jag',
    ],
    counterparts: ['good-token', 'signature-rs256', 'time-started', 'two-servers-secondary', 'audience-list'],
  },
  {
    situation: 'key set unreachable',
    status: 503,
    challenge: undefined,
    refusals: ['outage-keys-fails', 'outage-keys-hang', 'outage-metadata-fails'],
    counterparts: ['outage-known-keys', 'outage-over'],
  },
  {
    situation: 'introspection active false',
    status: 401,
    challenge: 'invalid_token',
    refusals: ['introspection-answer-active-false', 'introspection-unknown', 'custom-refused'],
    counterparts: ['introspection-good', 'auto-opaque'],
  },
  {
    situation: 'introspection endpoint unreachable',
    status: 503,
    challenge: undefined,
    refusals: ['introspection-outage-fails', 'introspection-outage-hangs', 'introspection-wrong-secret'],
    counterparts: ['introspection-outage-over', 'auto-introspection-down'],
  },
  {
    situation: 'scope missing',
    status: 403,
    challenge: 'insufficient_scope',
    refusals: ['scope-missing', 'scope-first-only', 'scope-second-only'],
    counterparts: ['scope-exact', 'scope-more'],
  },
  {
    situation: 'bound token as Bearer',
    status: 401,
    challenge: 'invalid_token',
    refusals: ['bound-dpop', 'bound-certificate', 'bound-unknown'],
    counterparts: ['good-token'],
    deviation:
      'No DPoP challenge next to the Bearer one: a server that does not offer DPoP cannot invite to it.',
  },
  {
    situation: 'DPoP scheme, proof missing or bad',
    status: 401,
    challenge: undefined,
    dpopChallenge: 'invalid_dpop_proof',
    refusals: ['dpop-n01', 'dpop-n02', 'dpop-n09', 'dpop-n27', 'dpop-n32', 'dpop-n41', 'dpop-n44'],
    counterparts: ['dpop-p01'],
  },
  {
    situation: 'DPoP scheme, nonce missing or stale',
    status: 401,
    challenge: undefined,
    dpopChallenge: 'use_dpop_nonce',
    refusals: ['dpop-nonce-01', 'dpop-nonce-03', 'dpop-nonce-04'],
    counterparts: ['dpop-nonce-02'],
  },
  {
    situation: 'DPoP scheme, key differs from token',
    status: 401,
    challenge: undefined,
    dpopChallenge: 'invalid_token',
    refusals: ['dpop-n48', 'dpop-opaque-n48', 'dpop-function-n48'],
    counterparts: ['dpop-p01', 'dpop-opaque-p01', 'dpop-function-p01'],
  },
];
