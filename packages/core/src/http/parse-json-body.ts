import type { BodyOutcome } from './body-outcome.js';
import { isTextWithinBounds } from './json-bounds.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Parses the bytes of a body as JSON in UTF-8, without a byte order mark (RFC 8259 §8.1), within the bounds of JSON bodies. */
export function parseJsonBody(bytes: Uint8Array | string): BodyOutcome {
  if (bytes.length === 0) return { kind: 'empty' };
  if (!isTextWithinBounds(bytes)) return { kind: 'too-complex' };
  try {
    const text = typeof bytes === 'string' ? bytes : utf8.decode(bytes);
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'not-json' };
  }
}

/** What the headers of a request say about its body, before any of it is read. */
export interface BodyHeaders {
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly contentLength: string | undefined;
}

/** What speaks against a body before any of it is read. A body without a media type may turn out to be none at all. */
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
export function isJsonType(contentType: string): boolean {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const isJson = /^\s*application\/(?:json|[\w.+-]+\+json)\s*$/.test(type);
  return (
    isJson && parameters.every((parameter) => !/^\s*charset=/.test(parameter) || /utf-?8/.test(parameter))
  );
}
