import type { TokenErrorCode } from '../errors/token-error.js';

/** The two readable parts of a JWT, not verified. */
export interface ParsedJwt {
  readonly kind: 'parsed';
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface UnreadableJwt {
  readonly kind: 'unreadable';
  readonly code: Extract<TokenErrorCode, 'malformed_token' | 'encrypted_token'>;
}

const malformed: UnreadableJwt = { kind: 'unreadable', code: 'malformed_token' };
const encrypted: UnreadableJwt = { kind: 'unreadable', code: 'encrypted_token' };

const base64url = /^[A-Za-z0-9_-]+$/;

/** RFC 8725 §3.7: claims are UTF-8, so an invalid byte or a byte order mark makes the token unreadable. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads header and claims of a JWS in compact serialization (RFC 7515 §7.1).
 *
 * Checks: exactly three segments, each canonical base64url (no padding, no unused bits), header and claims each one
 * JSON object in UTF-8. A token therefore has one spelling only, which makes it usable as a cache key.
 * Does not check: the signature or any value.
 */
export function parseJwt(token: string): ParsedJwt | UnreadableJwt {
  const segments = token.split('.', 6);
  if (segments.length === 5) return encrypted;
  const [header, claims, signature] = segments;
  if (segments.length !== 3 || header === undefined || claims === undefined || signature === undefined) {
    return malformed;
  }
  if (!isCanonical(header) || !isCanonical(claims) || !isCanonical(signature)) return malformed;
  const parsedHeader = parseObject(header);
  const parsedClaims = parsedHeader && parseObject(claims);
  if (parsedHeader === undefined || parsedClaims === undefined) return malformed;
  return { kind: 'parsed', header: parsedHeader, claims: parsedClaims };
}

/** The claims of a JWT whose header was read before, by the same rules; nothing where they cannot be read. */
export function parseClaims(
  claims: string,
  signature: string,
): Readonly<Record<string, unknown>> | undefined {
  return isCanonical(claims) && isCanonical(signature) ? parseObject(claims) : undefined;
}

/**
 * What a token in the form of a JWS says, in any spelling: who verifies it elsewhere may take some that are not read here. Nobody has looked
 * at its signature, so that it may speak against the token and never for it.
 */
export function readUnverifiedClaims(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, claims, signature, more] = token.split('.', 4);
  return claims === undefined || signature === undefined || more !== undefined
    ? undefined
    : parseObject(claims);
}

/** Whether a token has the outward form of a JWS or JWE; anything else can only be judged by asking its issuer. */
export function isJwtShaped(token: string): boolean {
  const segments = token.split('.', 6);
  const [header] = segments;
  return (
    (segments.length === 3 || segments.length === 5) &&
    header !== undefined &&
    base64url.test(header) &&
    parseObject(header) !== undefined
  );
}

function isCanonical(segment: string): boolean {
  if (!base64url.test(segment)) return false;
  const remainder = segment.length % 4;
  if (remainder === 0) return true;
  if (remainder === 1) return false;
  const last = alphabet.indexOf(segment.charAt(segment.length - 1));
  return remainder === 2 ? (last & 0b1111) === 0 : (last & 0b11) === 0;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** RFC 8259 §2: what does not begin like this is not an object, and finding that out costs no error. */
const beginsAsObject = /^[\t\n\r ]*\{/;

function parseObject(segment: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const text = decodeText(segment);
    return beginsAsObject.test(text) ? (JSON.parse(text) as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** Every code unit is a byte of the segment; most tokens are ASCII, which is UTF-8 already. */
function decodeText(segment: string): string {
  const binary = atob(segment.replaceAll('-', '+').replaceAll('_', '/'));
  return ascii.test(binary) ? binary : utf8.decode(Uint8Array.from(binary, (unit) => unit.charCodeAt(0)));
}

const ascii = /^[\0-\x7f]*$/;
