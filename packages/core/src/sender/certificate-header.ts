import { digestOf } from './digests.js';

/**
 * How a proxy writes the certificate of its client into a header. `xfcc`: `X-Forwarded-Client-Cert` of Envoy, with `Hash` or `Cert`.
 * `escaped-pem`: PEM in percent-encoding, as `$ssl_client_escaped_cert` of nginx. `rfc9440`: DER in base64 between two colons (RFC 9440).
 */
export type CertificateFormat = 'xfcc' | 'escaped-pem' | 'rfc9440';

/** A value that says of no certificate which it is; with the reason, for the owner. */
export interface UnreadableCertificate {
  readonly problem: string;
}

/** Longer ones do not fit into what common servers accept as headers. */
const maxCharacters = 65_536;

/**
 * The thumbprint of the certificate that a header holds (RFC 8705 §3.1): SHA-256 of its DER encoding in base64url.
 *
 * Checks: one certificate, in the form that is told; one DER sequence and nothing behind it.
 * Does not check: the certificate itself, its signature and dates. The proxy has seen that the client has its key.
 */
export function readCertificateHeader(
  value: string,
  format: CertificateFormat,
): string | UnreadableCertificate {
  if (value.length > maxCharacters) return { problem: 'is too long' };
  switch (format) {
    case 'xfcc':
      return readXfcc(value);
    case 'escaped-pem':
      return readEscapedPem(value);
    case 'rfc9440':
      return readRfc9440(value);
  }
}

/** RFC 9440 §2.1, RFC 8941 §3.3.5: a byte sequence. */
function readRfc9440(value: string): string | UnreadableCertificate {
  const text = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(value)?.[1];
  return text === undefined ? { problem: 'is not one certificate as RFC 9440 writes it' } : hashBase64(text);
}

function readEscapedPem(value: string): string | UnreadableCertificate {
  // What nginx leaves as it is, and what stands for itself in base64
  if (!/^[\w.~%+/=-]+$/.test(value)) return { problem: 'is not percent-encoded' };
  let pem: string;
  try {
    pem = decodeURIComponent(value);
  } catch {
    return { problem: 'cannot be decoded' };
  }
  const body =
    /^-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+?)\r?\n-----END CERTIFICATE-----\s*$/.exec(
      pem,
    )?.[1];
  return body === undefined
    ? { problem: 'is not one certificate in PEM' }
    : hashBase64(body.replaceAll(/[\r\n]/g, ''));
}

/** Elements are parted by commas, their pairs by semicolons; both may stand in quoted values, as may a quote behind a backslash. */
const xfccPair = /^([A-Za-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^",;]*))(;|$)/;

function readXfcc(value: string): string | UnreadableCertificate {
  const pairs = new Map<string, string>();
  let rest = value;
  while (rest !== '') {
    const [whole = '', name = '', quoted, plain = ''] = xfccPair.exec(rest) ?? [];
    if (whole === '')
      return {
        problem:
          'is not one element of X-Forwarded-Client-Cert: where Envoy is behind another proxy, have it write forward_client_cert_details: SANITIZE_SET',
      };
    const key = name.toLowerCase();
    if (pairs.has(key) && (key === 'hash' || key === 'cert')) return { problem: 'names two certificates' };
    pairs.set(key, quoted?.replaceAll(/\\(.)/g, '$1') ?? plain);
    rest = rest.slice(whole.length);
  }
  const [hash, cert] = [pairs.get('hash'), pairs.get('cert')];
  const fromHash = hash === undefined ? undefined : readHexDigest(hash);
  const fromCert = cert === undefined ? undefined : readEscapedPem(cert);
  if (typeof fromHash === 'object') return fromHash;
  if (typeof fromCert === 'object') return fromCert;
  const found = fromHash ?? fromCert;
  if (found === undefined) return { problem: 'has neither Hash nor Cert' };
  return fromCert === undefined || fromCert === found
    ? found
    : { problem: 'has a Hash that is not the one of its Cert' };
}

/** SHA-256 in hexadecimal digits, as the thumbprint that it is. */
export function readHexDigest(hex: string): string | UnreadableCertificate {
  if (!/^[\da-f]{64}$/i.test(hex)) return { problem: 'has a hash that is not 64 hexadecimal digits' };
  const bytes = hex.match(/../g)?.map((pair) => String.fromCharCode(parseInt(pair, 16))) ?? [];
  return btoa(bytes.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function hashBase64(text: string): string | UnreadableCertificate {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return { problem: 'is not base64' };
  }
  const der = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return isOneSequence(der) ? digestOf(der) : { problem: 'is not one certificate in DER' };
}

/** X.690 §8.1.3, §8.9: a sequence whose length is that of all there is. */
function isOneSequence(der: Uint8Array): boolean {
  const [tag, first = 0] = der;
  if (tag !== 0x30) return false;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 3) return false;
  let length = first < 0x80 ? first : 0;
  for (let at = 2; at < 2 + lengthBytes; at++) length = length * 256 + (der[at] ?? 0);
  return length > 0 && der.length === 2 + lengthBytes + length;
}
