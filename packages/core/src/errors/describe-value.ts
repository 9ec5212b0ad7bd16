import { isAsync, isPromise } from './promises.js';

const shownLength = 40;

/**
 * What a value is, in the words of an error message: ends the sentence "must be …, but is".
 *
 * @param shown - whether the value itself may be shown; never for options that can hold a secret
 * @see {@link MCPAuthConfigError}
 * @example
 * ```ts
 * import { describeValue } from '@mcp-auth/core/adapter';
 *
 * // a list
 * console.error(`must be a string, but is ${describeValue([1])}.`);
 * ```
 */
export function describeValue(value: unknown, shown = false): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  switch (typeof value) {
    case 'string':
      return shown ? `the string ${JSON.stringify(value.slice(0, shownLength))}` : 'a string';
    case 'object':
      return value === null ? 'null' : describeObject(value);
    case 'number':
      return Number.isFinite(value) && shown
        ? `the number ${value}`
        : Number.isFinite(value)
          ? 'a number'
          : String(value);
    case 'undefined':
    case 'boolean':
      return String(value);
    case 'function':
      return isAsync(value) ? 'an async function' : 'a function';
    default:
      return `a ${typeof value}`;
  }
}

function describeObject(value: object): string {
  if (isPromise(value)) return 'a Promise: await it';
  if (value instanceof URL) return 'a URL object: give its href';
  const { constructor } = value as { readonly constructor?: unknown };
  return typeof constructor === 'function' && constructor.name !== 'Object'
    ? `an instance of ${constructor.name}, not a plain object`
    : 'an object';
}

/** What somebody else wrote, bounded, and in a form that cannot break a line or steer a terminal. */
export function describeText(text: string, maxLength = 100): string {
  // JSON leaves line separators, C1 controls and marks that change the direction of writing as they are
  return escapeUnprintable(JSON.stringify(text.slice(0, maxLength)));
}

/**
 * A path that a client asked for. Without long segments, which may be a secret, unless they are known.
 *
 * @param known - paths that the owner has written
 */
export function describePath(path: string, known: readonly string[]): string {
  const segments = new Set(known.flatMap((each) => each.split('/')));
  const show = (segment: string) => (segment.length < 16 || segments.has(segment) ? segment : '…');
  return describeText(path.slice(0, 500).split('/').map(show).join('/'), 200);
}

/** Without what ends a line, changes the direction of writing, steers a terminal or is half a character. */
export function escapeUnprintable(text: string): string {
  return text.replaceAll(unprintable, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
