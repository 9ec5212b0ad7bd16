import * as z from 'zod';
import { MAX_ELEMENTS } from '../runtime/limits.js';
import { numeric, shaped, strings, text, anything, type MemberInfo } from './member.js';
import { shapeOf } from './shape.js';

const jwk = (description: string, source = 'RFC 7517 section 4') =>
  ({ source, level: 'optional', description }) satisfies MemberInfo;
const rsa = (description: string) => jwk(description, 'RFC 7518 section 6.3');
const ec = (description: string) => jwk(description, 'RFC 7518 section 6.2');

const jwkSchema = shapeOf(
  'Jwk',
  'A JSON Web Key (RFC 7517). Which further members it needs depends on its type.',
  {
    kty: text({
      source: 'RFC 7517 section 4.1',
      level: 'required',
      description: 'Family of the algorithm, e.g. RSA or EC.',
    }),
    use: text(jwk('What the key is for: sig or enc.')),
    key_ops: strings(jwk('Operations the key is meant for.')),
    alg: text(jwk('Algorithm the key is meant for.')),
    kid: text(jwk('Name of the key inside its set.')),
    x5u: text(jwk('URL of a certificate chain.')),
    x5c: strings(jwk('Certificate chain, each in base64.')),
    x5t: text(jwk('SHA-1 thumbprint of the certificate.')),
    'x5t#S256': text(jwk('SHA-256 thumbprint of the certificate.')),
    crv: text(ec('Curve of an elliptic curve or octet key pair.')),
    x: text(ec('X coordinate, or the public key of an octet key pair.')),
    y: text(ec('Y coordinate.')),
    n: text(rsa('Modulus.')),
    e: text(rsa('Public exponent.')),
    d: text(jwk('Private part. Has no place in a published set.', 'RFC 7518 section 6')),
    p: text(rsa('First prime factor. Private.')),
    q: text(rsa('Second prime factor. Private.')),
    dp: text(rsa('First factor exponent. Private.')),
    dq: text(rsa('Second factor exponent. Private.')),
    qi: text(rsa('First coefficient. Private.')),
    oth: anything(rsa('Further primes. Private.')),
    k: text(jwk('Symmetric key. Has no place in a published set.', 'RFC 7518 section 6.4')),
    iat: numeric(
      jwk('When the key was issued, in seconds since the epoch.', 'OpenID Federation section 8.7.2'),
    ),
    nbf: numeric(
      jwk('When the key becomes valid, in seconds since the epoch.', 'OpenID Federation section 8.7.2'),
    ),
    exp: numeric(jwk('When the key expires, in seconds since the epoch.', 'OpenID Federation section 8.7.2')),
  },
);

/**
 * A JWK Set.
 *
 * @see RFC 7517 section 5
 */
export const jwkSetSchema = shapeOf('JwkSet', 'A set of JSON Web Keys (RFC 7517).', {
  keys: shaped(z.array(jwkSchema).max(MAX_ELEMENTS), {
    source: 'RFC 7517 section 5.1',
    level: 'required',
    description: 'The keys. Consumers skip those they do not understand.',
  }),
});
