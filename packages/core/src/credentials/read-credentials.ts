import type { RequestHead } from '../http/request-head.js';

/** RFC 9110 §11.2 token68, which RFC 6750 §2.1 calls b64token. */
const token68 = /^[A-Za-z0-9\-._~+/]+=*$/;

/** Whether a text can be a bearer token. */
export function isToken68(text: string): boolean {
  return token68.test(text);
}

/** What the Authorization field of a request says. */
export type Credentials =
  | { readonly kind: 'none' }
  /** A header, or a scheme, with nothing behind it. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'other-scheme' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'repeated' }
  | BearerCredentials;

interface BearerCredentials {
  readonly kind: 'bearer';
  readonly token: string;
}

/** A token that was seen before, and what is known about it. */
export interface KnownCredentials<Verdict> {
  readonly kind: 'known';
  readonly verdict: Verdict;
}

const none: Credentials = { kind: 'none' };
const empty: Credentials = { kind: 'empty' };
const otherScheme: Credentials = { kind: 'other-scheme' };
const malformed: Credentials = { kind: 'malformed' };
const repeated: Credentials = { kind: 'repeated' };

/** Fetch joins repeated fields with a comma (RFC 9110 §5.3), so a second Bearer shows up inside the value. */
const joinedBearer = /,\s*bearer\s/i;

/**
 * Reads the bearer credentials of a request (RFC 6750 §2.1, RFC 9110 §11.6.2).
 *
 * Checks: one Authorization field, one scheme compared without regard to case, one or more spaces, one token68.
 * Does not check: anything inside the token. Tokens in the query or the body are never looked at (OAuth 2.1 §5.1).
 *
 * @param recall - knows tokens that passed before, in full; their characters are not looked at again
 */
export function readCredentials<Verdict = never>(
  head: RequestHead,
  recall?: (text: string) => Verdict | undefined,
): Credentials | KnownCredentials<Verdict> {
  if (head.rawHeaders !== undefined && isRepeated(head.rawHeaders)) return repeated;
  const value = head.header('authorization');
  if (value === undefined) return none;
  if (value === '') return empty;
  const credentials = splitAuthorization(value);
  if (credentials.kind !== 'bearer') return credentials;
  const verdict = recall?.(credentials.token);
  return verdict === undefined ? checkToken(credentials) : { kind: 'known', verdict };
}

/** Parses one Authorization field value; see {@link readCredentials}. */
export function parseAuthorization(value: string): Credentials {
  const credentials = splitAuthorization(value);
  return credentials.kind === 'bearer' ? checkToken(credentials) : credentials;
}

function checkToken(credentials: BearerCredentials): Credentials {
  if (isToken68(credentials.token)) return credentials;
  return joinedBearer.test(credentials.token) ? repeated : malformed;
}

/** What follows the scheme has not been looked at. */
function splitAuthorization(value: string): Credentials {
  if (!startsWithBearer(value)) return joinedBearer.test(value) ? repeated : otherScheme;
  let start = 6;
  while (value.charCodeAt(start) === 0x20) start++;
  // Clients that have stored an empty token log in again when they are told 401, and never after a 400
  if (start === value.length) return empty;
  if (start === 6) return isTokenCharacter(value.charCodeAt(6)) ? otherScheme : malformed;
  return { kind: 'bearer', token: value.slice(start) };
}

/** RFC 9110 §11.1: scheme names are compared without regard to case. */
function startsWithBearer(value: string): boolean {
  return value.startsWith('Bearer') || value.slice(0, 6).toLowerCase() === 'bearer';
}

/** RFC 9110 §5.6.2 tchar: the scheme goes on, so it is another scheme. */
function isTokenCharacter(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    "!#$%&'*+-.^_`|~".includes(String.fromCharCode(code))
  );
}

/** RFC 9110 §5.3: a field that is no list must occur once; Node would silently keep the first line. */
function isRepeated(rawHeaders: readonly string[]): boolean {
  let seen = false;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length !== 13 || name.toLowerCase() !== 'authorization') continue;
    if (seen) return true;
    seen = true;
  }
  return false;
}
