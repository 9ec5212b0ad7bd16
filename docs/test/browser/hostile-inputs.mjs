// What somebody else may hand to a page of the site: tokens, texts that are pasted, ends of addresses.
const encode = (text) => Buffer.from(text).toString('base64url');
/** A token whose claims are this text. */
export const tokenOf = (claims, header = '{"alg":"ES256","typ":"at+jwt"}') =>
  `${encode(header)}.${encode(claims)}.c2ln`;
const nested = (depth) => '['.repeat(depth) + ']'.repeat(depth);
export const issuer = '"iss":"https://auth.example.com"';

export const tokens = {
  'a date before all calendars': tokenOf(`{${issuer},"exp":-8.7e12}`),
  'no number of seconds': tokenOf(`{${issuer},"iat":-1e400,"nbf":1e400,"exp":1e300,"auth_time":-1e18}`),
  'lists in lists': tokenOf(`{${issuer},"exp":5,"x":${nested(5900)}}`),
  markup: tokenOf(
    `{"iss":"<img src=x onerror=alert(1)>","aud":["</pre><script>alert(1)</script>"],"sub":"{{ 1 + 1 }}"}`,
    '{"alg":"ES256","kid":"<svg onload=alert(1)>"}',
  ),
  'the same member twice': tokenOf(`{${issuer},"aud":"a","aud":"b","__proto__":{"x":1}}`),
  'half a character': tokenOf(`{${issuer},"sub":"\\ud800"}`),
  'five parts': `${encode('{"alg":"RSA-OAEP","enc":"A256GCM","cty":"JWT"}')}.aa.bb.cc.dd`,
  'a million dots': '.'.repeat(1_000_000),
};

export const pasted = {
  dots: `${'.'.repeat(100_000)}a`,
  'spaces in a challenge': `Bearer error="${' '.repeat(100_000)}x"`,
  'beginnings of tokens': '-eyJ'.repeat(250_000),
  'beginnings of parameters': 'Bearer '.concat('a="\\'.repeat(250_000)),
  'signs of regular expressions': '.*+?^${}()|[]\\/(?:(?<',
  markup: 'Bearer scope="<img src=x onerror=alert(1)>", resource_metadata="javascript:alert(1)"',
  'a long log': '[mcp-auth] 401 POST /mcp wrong_audience: x\n'.repeat(25_000),
};

/** What stands behind the `#` of an address comes from anybody. */
export const fragments = [
  '#%E0%A4%A',
  '#"><img src=x onerror=alert(1)>',
  '#__proto__',
  '#constructor',
  '#a:b(c)[d',
  '#state=',
];

/** The same, for a page that reads what it shows from there. */
export const states = [
  `#state=${encode('null')}`,
  `#state=${encode(`{"header":{"alg":"ES256"},"claims":{"exp":-8.7e12},"resource":5,"clock":{}}`)}`,
  `#state=${encode(JSON.stringify({ document: nested(5000), expected: 'javascript:alert(1)' }))}`,
  `#state=${encode('{"framework":"__proto__","provider":"constructor","resource":"https://a/\'+alert(1)+\'"}')}`,
];
