import { refuseRequests, type HostileRequest } from '../hostile-case.js';
import type { Mint } from '../mint.js';

type Recipe = (mint: Mint) => HostileRequest;

/** One Authorization header with a good token in it. */
const field =
  (write: (token: string) => string): Recipe =>
  (mint) => ({ authorization: [write(mint.token())] });

/** Several Authorization headers. */
const fields =
  (write: (token: string) => readonly string[]): Recipe =>
  (mint) => ({ authorization: write(mint.token()) });

/** No Authorization header, and a good token elsewhere. */
const elsewhere =
  (write: (token: string) => Omit<HostileRequest, 'authorization'>): Recipe =>
  (mint) => ({ authorization: [], ...write(mint.token()) });

const constant = (...authorization: readonly string[]): HostileRequest => ({ authorization });
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

const absent = refuseRequests(
  'credentials',
  'missing_credentials',
  ['RFC6750-3.1-04', 'OAUTH21-5.3.2-02', 'MCP-2026-07-28-RS-020'],
  {
    'no credentials': () => constant(),
    'an empty header': () => constant(''),
    'a header of spaces': () => constant('   '),
    'the scheme alone': () => constant('Bearer'),
    'the scheme and spaces': () => constant('Bearer    '),
    'an overridden method': () => ({ authorization: [], headers: [['X-HTTP-Method-Override', 'OPTIONS']] }),
    'a rewritten target': () => ({
      authorization: [],
      headers: [['X-Original-URL', '/.well-known/oauth-protected-resource/mcp']],
    }),
  },
);

const misplaced = refuseRequests(
  'credentials',
  'missing_credentials',
  ['OAUTH21-5.1-01', 'MCP-2026-07-28-RS-013', 'MCP-2026-07-28-RS-014', 'RFC6750-2.2-01'],
  {
    'a token in the query': elsewhere((token) => ({ query: `?access_token=${token}` })),
    'a token in the query under another name': elsewhere((token) => ({
      query: `?token=${token}&authorization=Bearer%20${token}`,
    })),
    'a token in a form': elsewhere((token) => ({
      body: { type: 'application/x-www-form-urlencoded', text: `access_token=${token}` },
    })),
    'a token in a JSON body': elsewhere((token) => ({
      body: { type: 'application/json', text: JSON.stringify({ jsonrpc: '2.0', access_token: token }) },
    })),
    'a token in a cookie': elsewhere((token) => ({
      headers: [['Cookie', `access_token=${token}; Authorization=Bearer%20${token}`]],
    })),
    'a token for a proxy': elsewhere((token) => ({ headers: [['Proxy-Authorization', `Bearer ${token}`]] })),
    'a token in headers with other names': elsewhere((token) => ({
      headers: [
        ['X-Access-Token', token],
        ['X-Forwarded-Authorization', `Bearer ${token}`],
      ],
    })),
  },
);

const otherSchemes = refuseRequests(
  'credentials',
  'unsupported_scheme',
  ['RFC6750-2.1-01', 'RFC6750-3.1-04', 'RFC9110-11.1-01'],
  {
    'a bare token': field((token) => token),
    'a token glued to the scheme': field((token) => `Bearer${token}`),
    'a scheme that begins like Bearer': field((token) => `Bearers ${token}`),
    'an encoded space': field((token) => `Bearer%20${token}`),
    'user name and password': () => constant(basic('user:secret of the user')),
    'a token as a password': field((token) => basic(`user:${token}`)),
    'a scheme of other products': field((token) => `Token ${token}`),
  },
);

const unproven = refuseRequests('credentials', 'unsupported_scheme', ['RFC9449-7.1-01'], {
  'the DPoP scheme without a proof': field((token) => `DPoP ${token}`),
});

const malformed = refuseRequests(
  'credentials',
  'malformed_credentials',
  ['RFC6750-2.1-02', 'RFC6750-3.1-01', 'OAUTH21-5.3.2-01'],
  {
    'a colon after the scheme': field((token) => `Bearer: ${token}`),
    'an equals sign after the scheme': field((token) => `Bearer=${token}`),
    'a tab after the scheme': field((token) => `Bearer\t${token}`),
    'a space and a tab': field((token) => `Bearer \t${token}`),
    'a no-break space': field((token) => `Bearer\u00a0${token}`),
    'a quoted token': field((token) => `Bearer "${token}"`),
    'a token as a parameter': field((token) => `Bearer access_token=${token}`),
    'a token as a quoted parameter': field((token) => `Bearer token="${token}"`),
    'a word behind the token': field((token) => `Bearer ${token} trailing`),
    'a word before the token': field((token) => `Bearer leading ${token}`),
    'the scheme twice': field((token) => `Bearer Bearer ${token}`),
    'a comma behind the token': field((token) => `Bearer ${token},`),
    'a semicolon behind the token': field((token) => `Bearer ${token};v=1`),
    'padding inside the token': field((token) => `Bearer ${token.replace('.', '=.')}`),
    'nothing but padding': () => constant('Bearer ='),
    'bytes beyond ASCII': field((token) => `Bearer ${token}\u00e9\u00ff`),
    'encoded dots': field((token) => `Bearer ${token.replaceAll('.', '%2E')}`),
    'dots that only look like dots': field((token) => `Bearer ${token.replaceAll('.', '\u00b7')}`),
    'the JSON serialization': (mint) => {
      const [header, payload, signature] = mint.parts();
      return constant(`Bearer ${JSON.stringify({ protected: header, payload, signature })}`);
    },
  },
);

const repeated = refuseRequests(
  'credentials',
  'repeated_credentials',
  ['RFC9110-11.6.2-01', 'RFC6750-2-01', 'RFC6750-3.1-01'],
  {
    'the same header twice': fields((token) => [`Bearer ${token}`, `Bearer ${token}`]),
    'a good header before a bad one': fields((token) => [`Bearer ${token}`, 'Bearer other']),
    'a good header behind a bad one': fields((token) => ['Bearer other', `Bearer ${token}`]),
    'a good header behind another scheme': fields((token) => [
      basic('user:secret of the user'),
      `Bearer ${token}`,
    ]),
    'two values in one header': field((token) => `Bearer ${token}, Bearer ${token}`),
    'two values without a space': field((token) => `Bearer ${token},Bearer ${token}`),
    'a value behind another scheme': field((token) => `${basic('user:secret of the user')}, Bearer ${token}`),
    'a value behind an empty one': field((token) => `, Bearer ${token}`),
  },
);

/** RFC 6750 §2, RFC 9110 §11.6.2: a good token helps only where it is presented as it should be. */
export const credentialCases = [absent, misplaced, otherSchemes, unproven, malformed, repeated].flat();
