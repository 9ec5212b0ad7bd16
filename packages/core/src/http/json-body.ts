/**
 * What reading a request body led to. Whoever reads hands the parsed value on, so that what was judged is what is run.
 */
export type BodyOutcome = { readonly kind: 'json'; readonly value: unknown } | BodyProblem;

/** Why a body cannot be judged. */
export type BodyProblem =
  | { readonly kind: 'empty' }
  /** No JSON in UTF-8, or with a byte order mark in front (RFC 8259 §8.1). */
  | { readonly kind: 'not-json' }
  /** Its media type is another one, or missing. */
  | { readonly kind: 'wrong-type' }
  /** The body has a content coding, which is not undone here. */
  | { readonly kind: 'encoded' }
  | { readonly kind: 'too-large' }
  /** JSON that is nested too deeply, or holds too many values. */
  | { readonly kind: 'too-complex' }
  /** Sent in so many small pieces that each costs more than it brings. */
  | { readonly kind: 'too-many-chunks' }
  | { readonly kind: 'too-slow' }
  /** All bodies that are being read take as much memory as they may; nothing of this one was read. */
  | { readonly kind: 'busy' }
  /** The client left before its body was complete. */
  | { readonly kind: 'aborted' };

export type BodyProblemKind = BodyProblem['kind'];

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parses the bytes of a body as JSON in UTF-8, without a byte order mark (RFC 8259 §8.1), within the bounds of JSON bodies.
 *
 * @see RFC 8259 §8.1
 * @example
 * ```ts
 * import { parseJsonBody } from '@mcp-auth/core/adapter';
 *
 * // { kind: 'json', value: { jsonrpc: '2.0', id: 1, method: 'ping' } }
 * const outcome = parseJsonBody('{"jsonrpc":"2.0","id":1,"method":"ping"}');
 * ```
 */
export function parseJsonBody(bytes: Uint8Array | string): BodyOutcome {
  if (bytes.length === 0) return { kind: 'empty' };
  const isShort = bytes.length <= maxShortBody;
  if (!isShort && !isTextWithinBounds(bytes)) return { kind: 'too-complex' };
  let value: unknown;
  try {
    value = JSON.parse(typeof bytes === 'string' ? bytes : utf8.decode(bytes));
  } catch {
    return { kind: 'not-json' };
  }
  return isShort && !isValueWithinBounds(value) ? { kind: 'too-complex' } : { kind: 'json', value };
}

/** What the headers of a request say about its body, before any of it is read. */
export interface BodyHeaders {
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly contentLength: string | undefined;
}

/**
 * What speaks against a body before any of it is read. A body without a media type may turn out to be none at all.
 *
 * @see RFC 9110 §8.3
 * @see RFC 9110 §8.4
 * @example
 * ```ts
 * import { judgeBodyHeaders } from '@mcp-auth/core/adapter';
 *
 * // { kind: 'wrong-type' }
 * const outcome = judgeBodyHeaders(
 *   { contentType: 'text/plain', contentEncoding: undefined, contentLength: '12' },
 *   65_536,
 * );
 * ```
 */
export function judgeBodyHeaders(
  { contentType, contentEncoding, contentLength }: BodyHeaders,
  maxBytes: number,
): BodyOutcome | undefined {
  const coding = contentEncoding?.trim().toLowerCase() ?? '';
  if (coding !== '' && coding !== 'identity') return { kind: 'encoded' };
  if (contentType !== undefined && !isJsonType(contentType)) return { kind: 'wrong-type' };
  if (Number(contentLength) > maxBytes) return { kind: 'too-large' };
  return undefined;
}

/** `application/json` or a type with the suffix `+json`, in UTF-8 (RFC 6839 §3.1, RFC 8259 §11). */
function isJsonType(contentType: string): boolean {
  // As nearly all clients write it
  if (contentType === 'application/json') return true;
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const isJson = /^\s*application\/(?:json|[\w.+-]+\+json)\s*$/.test(type);
  return (
    isJson && parameters.every((parameter) => !/^\s*charset=/.test(parameter) || /utf-?8/.test(parameter))
  );
}

/** Deepest nesting of a body that is judged. */
export const maxJsonDepth = 128;

/** Most values (members, entries and containers) of a body that is judged: some take thirty times their text in memory. */
export const maxJsonValues = 100_000;

/**
 * A body that is no longer cannot hold too many values, since two of them take three characters, so that it is parsed at once and the few
 * values are looked at afterwards: looking at every byte takes longer than parsing them.
 */
const maxShortBody = 1.5 * maxJsonValues;

const quote = 0x22;
const backslash = 0x5c;

/**
 * Whether JSON text stays within the bounds, found out before it is parsed.
 *
 * Does not check: whether it is JSON at all.
 */
export function isTextWithinBounds(text: Uint8Array | string): boolean {
  // Each level takes two characters, each value one at least
  if (text.length <= 2 * maxJsonDepth) return true;
  return areBytesWithinBounds(typeof text === 'string' ? new TextEncoder().encode(text) : text);
}

/** Looks at every byte of a body, so it is written for that: no calls, and no byte of a long string twice. */
function areBytesWithinBounds(bytes: Uint8Array): boolean {
  const { length } = bytes;
  let depth = 0;
  let values = 1;
  for (let index = 0; index < length; index++) {
    const code = bytes[index];
    if (code === quote) {
      index = findEndOfString(bytes, index + 1);
    } else if (code === 0x2c /* , */) {
      values += 1;
      if (values > maxJsonValues) return false;
    } else if (code === 0x7b /* { */ || code === 0x5b /* [ */) {
      depth += 1;
      values += 1;
      if (depth > maxJsonDepth) return false;
    } else if (code === 0x7d /* } */ || code === 0x5d /* ] */) {
      depth -= 1;
    }
  }
  return true;
}

/** Beyond so many bytes of a string the platform is asked where its end is: a call costs as much as these. */
const shortString = 64;

/** Where the quotation mark is that ends a string, or the end of the text. */
function findEndOfString(bytes: Uint8Array, begin: number): number {
  let index = begin;
  for (;;) {
    const end = Math.min(index + shortString, bytes.length);
    for (; index < end; index++) {
      const code = bytes[index];
      if (code === quote) return index;
      if (code === backslash) index += 1;
    }
    if (index >= bytes.length) return bytes.length;
    const next = bytes.indexOf(quote, index);
    if (next === -1) return bytes.length;
    let slashes = next;
    while (slashes > index && bytes[slashes - 1] === backslash) slashes--;
    if ((next - slashes) % 2 === 0) return next;
    // Escaped: it goes on behind it
    index = next + 1;
  }
}

/** The same of a value that somebody else has parsed. */
export function isValueWithinBounds(value: unknown): boolean {
  let level: unknown[] = [value];
  let values = 1;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= maxJsonDepth) return false;
    const next: unknown[] = [];
    for (const each of level) {
      if (typeof each !== 'object' || each === null) continue;
      const members: readonly unknown[] = Array.isArray(each) ? each : Object.values(each);
      values += members.length;
      if (values > maxJsonValues) return false;
      for (const member of members) if (typeof member === 'object' && member !== null) next.push(member);
    }
    level = next;
  }
  return true;
}
