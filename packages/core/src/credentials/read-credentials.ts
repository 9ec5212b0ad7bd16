import type { RequestHead } from '../http/request-head.js';

const encoder = new TextEncoder();
const utf8 = new TextDecoder();

/** RFC 9110 §11.2 token68, which RFC 6750 §2.1 calls b64token. */
const token68 = /^[A-Za-z0-9\-._~+/]+=*$/;

/** Whether a string can be a bearer token. */
export function isToken68(text: string): boolean {
  return token68.test(text);
}

/** Why a request has no token that could be judged. */
export type NoToken =
  | { readonly kind: 'none' }
  /** A header, or a scheme, with nothing behind it. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'other-scheme' }
  /** The Authorization header is there, and this resource takes tokens from another one. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'repeated' };

/** The scheme a token came with (RFC 6750 §2.1, RFC 9449 §7.1). */
export type TokenScheme = 'bearer' | 'dpop';

/** What stands behind the scheme; nobody has looked at its characters yet. */
export interface UncheckedToken {
  readonly kind: 'unchecked';
  readonly text: string;
  readonly scheme: TokenScheme;
}

/** What the Authorization header of a request says. */
export type Credentials = NoToken | { readonly kind: 'bearer'; readonly token: string };

const none: NoToken = { kind: 'none' };
const empty: NoToken = { kind: 'empty' };
const otherScheme: NoToken = { kind: 'other-scheme' };
const elsewhere: NoToken = { kind: 'elsewhere' };
const malformed: NoToken = { kind: 'malformed' };
const repeated: NoToken = { kind: 'repeated' };

/** Fetch joins repeated headers with a comma (RFC 9110 §5.3), so a second Bearer shows up inside the value. */
const joinedBearer = /,\s*bearer\s/i;

/**
 * Finds the bearer token of a request (RFC 6750 §2.1, RFC 9110 §11.6.2).
 *
 * Checks: one Authorization header, one scheme compared without regard to case, one or more spaces, something behind them.
 * Does not check: the characters behind them, which is {@link checkToken}'s part: whoever knows a token in full, from a cache, may
 * spare it. Tokens in the query or the body are never looked at (OAuth 2.1 §5.1).
 *
 * @param tokenHeader - in lower case: the header that holds the token alone, instead of Authorization
 * @param takesProofs - whether the scheme DPoP is read too (RFC 9449 §7.1)
 */
export function splitCredentials(
  head: RequestHead,
  tokenHeader?: string,
  takesProofs = false,
): NoToken | UncheckedToken {
  if (tokenHeader !== undefined) return splitTokenHeader(head, tokenHeader);
  if (head.rawHeaders !== undefined && isRepeated(head.rawHeaders, 'authorization')) return repeated;
  const value = head.header('authorization');
  if (value === undefined) return none;
  return value === '' ? empty : splitAuthorization(value, takesProofs);
}

/** RFC 6750 §2: a request has its token in one place. Which of two is meant, nobody could tell. */
function splitTokenHeader(head: RequestHead, name: string): NoToken | UncheckedToken {
  if (head.rawHeaders !== undefined && isRepeated(head.rawHeaders, name)) return repeated;
  const value = head.header(name);
  const isAuthorized = head.header('authorization') !== undefined;
  if (value === undefined) return isAuthorized ? elsewhere : none;
  if (isAuthorized) return repeated;
  return value === '' ? empty : { kind: 'unchecked', text: value, scheme: 'bearer' };
}

/** Whether the text behind the scheme is one token68. Does not check: anything inside the token. */
export function checkToken(text: string): Credentials {
  if (isToken68(text)) return { kind: 'bearer', token: text };
  return joinedBearer.test(text) ? repeated : malformed;
}

/** The credentials of a request, in full: {@link splitCredentials}, then {@link checkToken}. */
export function readCredentials(head: RequestHead, tokenHeader?: string): Credentials {
  const credentials = splitCredentials(head, tokenHeader);
  return credentials.kind === 'unchecked' ? checkToken(credentials.text) : credentials;
}

/** Parses the value of one Authorization header; see {@link readCredentials}. */
export function parseAuthorization(value: string): Credentials {
  const credentials = splitAuthorization(value);
  return credentials.kind === 'unchecked' ? checkToken(credentials.text) : credentials;
}

/** The scheme of the Authorization header, where it is one that tokens come with. */
export function readScheme(head: RequestHead): TokenScheme | undefined {
  const value = head.header('authorization') ?? '';
  if (startsWithBearer(value)) return 'bearer';
  return startsWithDpop(value) ? 'dpop' : undefined;
}

function splitAuthorization(value: string, takesProofs = false): NoToken | UncheckedToken {
  if (startsWithBearer(value)) return splitBehind(value, 'bearer');
  if (takesProofs && startsWithDpop(value)) return splitBehind(value, 'dpop');
  return joinedBearer.test(value) ? repeated : otherScheme;
}

function splitBehind(value: string, scheme: TokenScheme): NoToken | UncheckedToken {
  const { length } = scheme;
  let start = length;
  while (value.charCodeAt(start) === 0x20) start++;
  // Clients that have stored an empty token log in again when they are told 401, and never after a 400
  if (start === value.length) return empty;
  if (start === length) return isTokenCharacter(value.charCodeAt(length)) ? otherScheme : malformed;
  const text = value.slice(start);
  // Engines cut a string out of another and keep both: a token that is remembered must not keep a header full of spaces
  return { kind: 'unchecked', text: start > length + 1 ? utf8.decode(encoder.encode(text)) : text, scheme };
}

/** RFC 9110 §11.1: scheme names are compared without regard to case. */
function startsWithBearer(value: string): boolean {
  return value.startsWith('Bearer') || value.slice(0, 6).toLowerCase() === 'bearer';
}

function startsWithDpop(value: string): boolean {
  return value.slice(0, 4).toLowerCase() === 'dpop';
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

/** RFC 9110 §5.3: a header that is not a list must occur once; Node would silently keep the first line. */
function isRepeated(rawHeaders: readonly string[], lowerCaseName: string): boolean {
  let seen = false;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length !== lowerCaseName.length || name.toLowerCase() !== lowerCaseName) continue;
    if (seen) return true;
    seen = true;
  }
  return false;
}
