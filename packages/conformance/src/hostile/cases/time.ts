import { refuseClaims, refuseEdits } from '../hostile-case.js';

const expired = refuseClaims(
  'time',
  'token_expired',
  ['RFC9068-4-04', 'MCP-2026-07-28-RS-017', 'OAUTH21-5-01'],
  {
    'a token that expired an hour ago': ({ now }) => ({ exp: now - 3600 }),
    'a token that expired a minute ago': ({ now }) => ({ exp: now - 60 }),
    'a token whose tolerance has just run out': ({ now }) => ({ exp: now - 5 }),
    'an expiry of zero': { exp: 0 },
    'an expiry of minus zero': { exp: -0 },
    'an expired token without the scope': ({ now }) => ({ exp: now - 60, scope: '' }),
    'an expired token before its time': ({ now }) => ({ exp: now - 60, nbf: now + 60 }),
  },
);

const early = refuseClaims('time', 'token_not_yet_valid', ['RFC6750-3.1-02', 'MCP-2026-07-28-RS-017'], {
  'a token for tomorrow': ({ now }) => ({ nbf: now + 86_400, exp: now + 90_000 }),
  'a token just beyond the tolerance': ({ now }) => ({ nbf: now + 66, exp: now + 600 }),
});

const future = refuseClaims('time', 'issued_in_future', ['RFC6750-3.1-02', 'RFC9068-2.2-01'], {
  'a token issued tomorrow': ({ now }) => ({ iat: now + 86_400, exp: now + 90_000 }),
  'a token issued just beyond the tolerance': ({ now }) => ({ iat: now + 66, exp: now + 600 }),
});

const missing = refuseClaims('time', 'missing_claim', ['RFC9068-2.2-01', 'RFC6750-5.3-02'], {
  'a token without expiry': { exp: undefined },
  'an expiry under another name': ({ now }) => ({ exp: undefined, expires_at: now + 60, Exp: now + 60 }),
});

const shapes = refuseClaims('time', 'invalid_claim', ['RFC9068-4-04', 'RFC9068-2.2-01'], {
  'an expiry in milliseconds': ({ now }) => ({ exp: now * 1000 }),
  'an expiry as a string': ({ now }) => ({ exp: String(now + 60) }),
  'an expiry as a date': { exp: '2099-01-01T00:00:00Z' },
  'an expiry named NaN': { exp: 'NaN' },
  'an expiry named Infinity': { exp: 'Infinity' },
  'expiry null': { exp: null },
  'expiry true': { exp: true },
  'an expiry in a list': ({ now }) => ({ exp: [now + 60] }),
  'an expiry in an object': ({ now }) => ({ exp: { valueOf: now + 60 } }),
  'an expiry before all time': { exp: -1 },
  'an expiry beyond all time': { exp: 1e300 },
  'the largest number as expiry': { exp: Number.MAX_SAFE_INTEGER },
  'a first moment in milliseconds': ({ now }) => ({ nbf: now * 1000 }),
  'a first moment as a string': { nbf: '0' },
  'a first moment before all time': { nbf: -1 },
  'first moment null': { nbf: null },
  'an issue time in milliseconds': ({ now }) => ({ iat: now * 1000 }),
  'an issue time as a string': { iat: 'yesterday' },
  'issue time null': { iat: null },
  'an issue time before all time': { iat: -1e15 },
});

const numbers = refuseEdits('time', 'invalid_claim', ['RFC9068-4-04', 'RFC9068-2.2-01'], {
  'an infinite expiry': { claims: { exp: undefined }, rawClaims: '"exp":1e999' },
  'a negative infinite expiry': { claims: { exp: undefined }, rawClaims: '"exp":-1e999' },
  'an expiry of very many digits': { claims: { exp: undefined }, rawClaims: `"exp":${'9'.repeat(400)}` },
  'an infinite first moment': { rawClaims: '"nbf":-1e999' },
  'an infinite issue time': { claims: { iat: undefined }, rawClaims: '"iat":1e999' },
});

/** RFC 7519 §4.1.4–§4.1.6, RFC 9068 §4. */
export const timeCases = [expired, early, future, missing, shapes, numbers].flat();
