import { judgeJsonText, judgeJsonValue, type JsonTextVerdict, maxShortText } from './json-bounds.js';

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
  /** A number that is another one when it is parsed and written again: whoever reads the text would not see what was judged. */
  | { readonly kind: 'inexact-number' }
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
  const early = bytes.length > maxShortText ? judgeJsonText(bytes) : undefined;
  if (early === 'too-complex' || early === 'inexact-number') return { kind: early };
  try {
    const text = typeof bytes === 'string' ? bytes : utf8.decode(bytes);
    const value: unknown = JSON.parse(text);
    const verdict = early ?? judgeShortText(bytes, value);
    if (verdict === 'too-complex' || verdict === 'inexact-number') return { kind: verdict };
    return { kind: 'json', value: verdict === 'negative-zero' ? JSON.parse(text, withoutSign) : value };
  } catch {
    return { kind: 'not-json' };
  }
}

/** What was parsed before anybody looked. Its text is looked at where the value does not tell that each number was kept. */
function judgeShortText(bytes: Uint8Array | string, value: unknown): JsonTextVerdict {
  const verdict = judgeJsonValue(value, isSurelyExact);
  return verdict === 'inexact-number' ? judgeJsonText(bytes) : verdict;
}

/** No text of another value becomes such a number but by its fraction. */
function isSurelyExact(value: number): boolean {
  return value !== 0 && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** Written again, -0 is 0: whoever gets the value gets what whoever reads the text does. */
function withoutSign(_name: string, value: unknown): unknown {
  return value === 0 ? 0 : value;
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
