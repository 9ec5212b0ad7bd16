import { refuseEdits, refuseTokens } from '../hostile-case.js';
import { encode, type Mint, type TokenOptions } from '../mint.js';
import { hasSpareBits, setSpareBits } from './spare-bits.js';
import { signWith } from '../signatures.js';

/** Signed by the trusted issuer over this text: only the reader can refuse it. */
const claims =
  (write: (json: string) => string | Uint8Array) =>
  (mint: Mint): TokenOptions => ({ payload: write(JSON.stringify(mint.claims())) });

const header = (write: (json: string) => string | Uint8Array): TokenOptions => ({
  headerText: write(JSON.stringify({ alg: 'ES256', kid: 'es256', typ: 'at+jwt' })),
});

const segments =
  (write: (header: string, claims: string, signature: string) => string) =>
  (mint: Mint): string =>
    write(...mint.parts());

const nest = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

const form = refuseTokens('jwt-syntax', 'malformed_token', ['RFC6750-3.1-02', 'RFC9068-4-05'], {
  'an opaque token': () => 'mF_9.B5f-4.1JqM',
  'one segment': segments((first) => first),
  'four segments': segments((...parts) => `${parts.join('.')}.AAAA`),
  'six segments': segments((...parts) => `${parts.join('.')}.A.A.A`),
  'thousands of segments': () => 'e30.'.repeat(3000) + 'e30',
  'an empty first segment': segments((...parts) => `.${parts.join('.')}`),
  'nothing but dots': () => '..',
  'a detached payload': segments((first, _claims, signature) => `${first}..${signature}`),
  'characters of other token formats': segments((first, ...rest) => `${first}~.${rest.join('.')}`),
  'a slash at the end of a segment': segments((first, ...rest) => `${first}/.${rest.join('.')}`),
});

const unsigned = refuseTokens('jwt-syntax', 'malformed_token', ['RFC9068-2.1-01', 'MCP-2026-07-28-RS-015'], {
  'two segments, without the signature': segments((first, second) => `${first}.${second}`),
  'an empty signature': segments((first, second) => `${first}.${second}.`),
});

const encrypted = refuseTokens('jwt-syntax', 'encrypted_token', ['RFC9068-4-06', 'RFC8725-3.12-01'], {
  'an encrypted token': (mint) =>
    `${encode(JSON.stringify({ alg: 'dir', enc: 'A256GCM' }))}..AAAA.${mint.parts()[1]}.AAAA`,
  'five segments that begin like a good token': segments((...parts) => `${parts.join('.')}.AAAA.AAAA`),
});

/** RFC 7515 §2, RFC 4648 §3.5: one spelling only, or whoever compares tokens can be deceived. */
const spelling = refuseTokens('jwt-syntax', 'malformed_token', ['RFC8725-3.7-01', 'RFC6750-3.1-02'], {
  'a padded signature': segments((...parts) => `${parts.join('.')}==`),
  'spare bits in the signature': segments((...parts) => setSpareBits(parts.join('.'))),
  'spare bits in the header': (mint) => signSpare(mint, 0),
  'spare bits in the claims': (mint) => signSpare(mint, 1),
  'the alphabet of plain base64': (mint) =>
    findToken(mint, /[-_][^.]*$/)
      .replaceAll('-', '+')
      .replaceAll('_', '/'),
  'a segment of impossible length': segments((...parts) => `${parts.join('.')}AAA`),
});

const json = refuseEdits('jwt-syntax', 'malformed_token', ['RFC8725-3.7-01', 'RFC9068-4-05'], {
  'a header that is a list': header((text) => `[${text}]`),
  'a header that is a string': header((text) => JSON.stringify(text)),
  'a header that is null': header(() => 'null'),
  'a header that is not JSON': header(() => '{alg:ES256}'),
  'a header that breaks off': header((text) => text.slice(0, -1)),
  'claims that are a list': claims((text) => `[${text}]`),
  'claims that are a string': claims((text) => JSON.stringify(text)),
  'claims that are a number': claims(() => '42'),
  'claims that are null': claims(() => 'null'),
  'claims that are true': claims(() => 'true'),
  'text behind the claims': claims((text) => `${text}{"admin":true}`),
  'a NUL behind the claims': claims((text) => `${text}\0`),
  'a comment before the claims': claims((text) => `/**/${text}`),
  'claims in JavaScript notation': claims((text) => text.replaceAll('"', "'")),
  'NaN as expiry': { claims: { exp: undefined }, rawClaims: '"exp":NaN' },
});

const encoding = refuseEdits('jwt-syntax', 'malformed_token', ['RFC8725-3.7-01'], {
  'a byte order mark before the header': header((text) => `\ufeff${text}`),
  'a header with bytes that are not UTF-8': header((text) =>
    Buffer.from(text.replace('}', ',"x":"\u00ff"}'), 'latin1'),
  ),
  'a byte order mark before the claims': claims((text) => `\ufeff${text}`),
  'claims with bytes that are not UTF-8': claims((text) =>
    Buffer.from(text.replace('subject', '\u00e9'), 'latin1'),
  ),
  'claims with a surrogate': claims((text) =>
    Buffer.from(text.replace('subject', '\u00ed\u00a0\u0080'), 'latin1'),
  ),
  'claims with an overlong slash': claims((text) =>
    Buffer.from(text.replace('subject', '\u00c0\u00af'), 'latin1'),
  ),
  'claims in UTF-16': claims((text) => Buffer.from(text, 'utf16le')),
});

/** RFC 7519 §4: of members with one name the last one counts, for every reader. */
const duplicates = [
  refuseEdits('jwt-syntax', 'unsupported_algorithm', ['RFC8725-3.7-01', 'RFC9068-2.1-01'], {
    'a second alg': header((text) => text.replace('}', ',"alg":"none"}')),
  }),
  refuseEdits('jwt-syntax', 'unknown_key', ['RFC8725-3.7-01'], {
    'a second kid': header((text) => text.replace('}', ',"kid":"another-key"}')),
  }),
  refuseEdits('jwt-syntax', 'wrong_audience', ['RFC8725-3.7-01', 'RFC9068-4-02'], {
    'a second aud': { rawClaims: '"aud":"https://other.example.com/mcp"' },
  }),
  refuseEdits('jwt-syntax', 'token_expired', ['RFC8725-3.7-01', 'RFC9068-4-04'], {
    'a second exp': ({ facts }) => ({ rawClaims: `"exp":${facts.now - 600}` }),
  }),
  refuseEdits('jwt-syntax', 'untrusted_issuer', ['RFC8725-3.7-01', 'RFC9068-4-01'], {
    'a second iss': ({ facts }) => ({ rawClaims: `"iss":"${facts.untrustedIssuer}"` }),
  }),
].flat();

const prototypes = [
  refuseEdits('jwt-syntax', 'unsupported_algorithm', ['RFC8725-3.10-01'], {
    'an empty header': header(() => '{}'),
    'a header in its __proto__ member': header((text) => `{"__proto__":${text}}`),
    'a deeply nested header': header(() => `{"x":${nest(4000)}}`),
  }),
  refuseEdits('jwt-syntax', 'missing_issuer', ['RFC9068-2.2-01', 'RFC8725-3.8-01'], {
    'empty claims': claims(() => '{}'),
    'claims in their __proto__ member': claims((text) => `{"__proto__":${text}}`),
    'claims in the prototype of their constructor': claims((text) => `{"constructor":{"prototype":${text}}}`),
  }),
  refuseEdits('jwt-syntax', 'missing_claim', ['RFC9068-2.2-01'], {
    'an expiry in the __proto__ member': (mint) => ({
      claims: { exp: undefined },
      rawClaims: `"__proto__":{"exp":${mint.facts.now + 60}}`,
    }),
  }),
  refuseEdits('jwt-syntax', 'missing_audience', ['MCP-2026-07-28-RS-031'], {
    'an audience in the __proto__ member': (mint) => ({
      claims: { aud: undefined },
      rawClaims: `"__proto__":{"aud":"${mint.facts.resource}"}`,
    }),
  }),
].flat();

const size = [
  refuseTokens('jwt-syntax', 'token_too_large', ['RFC8725-3.6-01', 'RFC6750-3.1-02'], {
    'huge claims': (mint) => mint.token({ claims: { padding: 'x'.repeat(13_000) } }),
    'a huge header': (mint) => mint.token({ header: { x5c: ['M'.repeat(14_000)] } }),
    'a huge opaque token': () => 'A'.repeat(30_000),
  }),
  refuseEdits('jwt-syntax', 'invalid_signature', ['RFC8725-3.3-01', 'MCP-2026-07-28-RS-017'], {
    'deeply nested claims of an attacker': (mint) => ({
      rawClaims: `"x":${nest(4000)}`,
      sign: signWith(mint.key('attackerEc').privateKey, 'ES256'),
    }),
  }),
].flat();

/** RFC 7515 §7.1, RFC 7519 §7.2: what is not exactly one JSON object under one signature is not a token. */
export const syntaxCases = [
  ...[form, unsigned, encrypted, spelling, json, encoding, duplicates, prototypes, size].flat(),
];

function findToken(mint: Mint, pattern: RegExp): string {
  for (;;) {
    const token = mint.token();
    if (pattern.test(token)) return token;
  }
}

/** Signed over the other spelling, so that only the spelling is wrong. */
function signSpare(mint: Mint, part: 0 | 1): string {
  const members = [{ alg: 'ES256', kid: 'es256' }, mint.claims()];
  const parts = members.map((member) => {
    const segment = encode(JSON.stringify(member));
    return hasSpareBits(segment) ? segment : encode(JSON.stringify({ ...member, x: 10 }));
  });
  parts[part] = setSpareBits(parts[part] ?? '');
  const input = parts.join('.');
  return `${input}.${encode(signWith(mint.key('es256').privateKey, 'ES256')(Buffer.from(input)))}`;
}
