import { deflateRawSync } from 'node:zlib';
import { refuseEdits } from '../hostile-case.js';
import type { Edits, Mint, TokenOptions } from '../mint.js';
import { signHmac, signWith } from '../signatures.js';

/** Signed by the attacker, who says in the header where the key is. */
const attacked =
  (write: (mint: Mint) => Edits, alg: 'ES256' | 'RS256' = 'ES256') =>
  (mint: Mint): TokenOptions => ({
    header: { alg, ...write(mint) },
    sign: signWith(mint.key(alg === 'ES256' ? 'attackerEc' : 'attackerRsa').privateKey, alg),
  });

const kid = (value: unknown) => attacked(() => ({ kid: value }));
const evil = (mint: Mint, path: string) => new URL(path, mint.facts.untrustedIssuer).href;

/** RFC 8725 §3.10: a token neither brings its key nor says where to fetch it. */
const bringsItsKey = refuseEdits(
  'header',
  'invalid_signature',
  ['RFC8725-3.10-01', 'RFC9068-4-03', 'RFC8725-3.8-01'],
  {
    'a foreign key in jwk': attacked((mint) => ({ jwk: mint.key('attackerEc').jwk })),
    'a foreign RSA key in jwk': attacked(
      (mint) => ({ kid: 'rsa', jwk: mint.key('attackerRsa').jwk }),
      'RS256',
    ),
    'a foreign key set in jku': attacked((mint) => ({ jku: evil(mint, '/keys') })),
    'a foreign certificate in x5u': attacked((mint) => ({ x5u: evil(mint, '/certificate.pem') })),
    'a foreign certificate in x5c': attacked(() => ({ x5c: [certificate] })),
    'a thumbprint in x5t': attacked(() => ({ x5t: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA' })),
    'an internal address in jku': attacked(() => ({ jku: 'http://169.254.169.254/latest/meta-data' })),
    'a local file in jku': attacked(() => ({ jku: 'file:///etc/passwd' })),
    'an issuer in the header': attacked((mint) => ({ iss: mint.facts.untrustedIssuer })),
    'jwk without a key identifier': attacked((mint) => ({ kid: undefined, jwk: mint.key('attackerEc').jwk })),
  },
);

const embedded = refuseEdits('header', 'unsupported_algorithm', ['RFC8725-3.10-01', 'RFC8725-3.1-01'], {
  'alg in the embedded key only': attacked((mint) => ({ alg: undefined, jwk: mint.key('attackerEc').jwk })),
  'a symmetric key in jwk': {
    header: { alg: 'HS256', jwk: { kty: 'oct', k: 'c2VjcmV0' } },
    sign: signHmac('secret'),
  },
});

const unknown = refuseEdits('header', 'unknown_key', ['RFC8725-3.10-01', 'RFC9068-4-07'], {
  'a kid nobody has': kid('nobody'),
  'an empty kid': kid(''),
  'a kid with a path': kid('../../../../../../dev/null'),
  'a kid with a Windows path': kid('..\\..\\windows\\win.ini'),
  'a kid with SQL': kid("x' UNION SELECT 'secret' --"),
  'a kid with a shell command': kid('es256; touch /tmp/owned'),
  'a kid with a template': kid('${7*7}{{7*7}}'),
  'a kid that is a URL': attacked((mint) => ({ kid: evil(mint, '/keys') })),
  'a kid with line breaks': kid('es256\r\nX-Injected: yes'),
  'a kid with a NUL': kid('es256\0'),
  'a kid in another case': kid('ES256'),
  'a kid with a space': kid('es256 '),
  'a kid with a look-alike letter': kid('\u0435s256'),
  'a kid named like the prototype': kid('__proto__'),
  'a kid named like a member of objects': kid('constructor'),
  'a kid that is an index': kid('0'),
  'a kid of ten thousand letters': kid('k'.repeat(10_000)),
});

const shapes = refuseEdits('header', 'malformed_token', ['RFC8725-3.10-01', 'RFC8725-3.7-01'], {
  'a kid that is null': kid(null),
  'a kid that is a number': kid(7),
  'a kid that is a list': kid(['es256']),
  'a kid that is an object': kid({ toString: 'es256' }),
  'compressed claims': (mint) => ({
    header: { zip: 'DEF' },
    payload: deflateRawSync(JSON.stringify(mint.claims())),
  }),
  'a nested token': (mint) => ({ header: { cty: 'JWT' }, payload: mint.token() }),
});

/** RFC 7515 §4.1.11: what is critical and not understood ends the matter; nothing critical is understood here. */
const critical = refuseEdits('header', 'critical_header', ['RFC8725-3.3-01', 'RFC9068-4-03'], {
  'crit with an unknown name': { header: { crit: ['urn:example:extension'], 'urn:example:extension': 1 } },
  'crit with a name that is not there': { header: { crit: ['urn:example:extension'] } },
  'crit with exp': { header: { crit: ['exp'], exp: 4_000_000_000 } },
  'crit with alg': { header: { crit: ['alg'] } },
  'crit with b64': { header: { crit: ['b64'], b64: true } },
  'unencoded claims': { header: { crit: ['b64'], b64: false } },
  'crit that is empty': { header: { crit: [] } },
  'crit that is a string': { header: { crit: 'b64' } },
  'crit that is null': { header: { crit: null } },
  'crit with a name twice': { header: { crit: ['b64', 'b64'], b64: true } },
});

/** RFC 8725 §3.10, RFC 7515 §4.1: hostile header members, with a signature that fits or does not. */
export const headerCases = [bringsItsKey, embedded, unknown, shapes, critical].flat();

const certificate = Buffer.from('30820122300d06092a864886f70d01010105000382010f00', 'hex').toString('base64');
