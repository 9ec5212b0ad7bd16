/** Deepest nesting of a body that is judged. */
export const maxJsonDepth = 128;

/** Most values (members, entries and containers) of a body that is judged: some take thirty times their text in memory. */
export const maxJsonValues = 100_000;

/**
 * Text that is no longer cannot hold too many values, since two of them take three characters: it may be parsed first, and what came of
 * it looked at, because looking at every byte takes longer than parsing them.
 */
export const maxShortText = 1.5 * maxJsonValues;

/** What JSON text turns out to be before it is parsed. */
export type JsonTextVerdict = 'fits' | 'too-complex' | NumberVerdict;

type NumberVerdict =
  /** One of its numbers is another one once it is parsed: too large, too close to zero, an integer of too many digits (RFC 8259 §6). */
  | 'inexact-number'
  /** One of its numbers is -0. */
  | 'negative-zero';

const quote = 0x22;
const backslash = 0x5c;
const utf8 = new TextEncoder();

/**
 * What speaks against JSON text, found out before it is parsed.
 *
 * Checks: depth, number of values, and that a parser of doubles keeps the value of each number. Fractions may be rounded: all parsers
 * of doubles agree on how.
 * Does not check: whether it is JSON at all.
 */
export function judgeJsonText(text: Uint8Array | string): JsonTextVerdict {
  return judgeBytes(typeof text === 'string' ? utf8.encode(text) : text);
}

/** Looks at every byte of a body, so it is written for that: few calls, and no byte of a long string twice. */
function judgeBytes(bytes: Uint8Array): JsonTextVerdict {
  const { length } = bytes;
  let depth = 0;
  let values = 1;
  let found: JsonTextVerdict = 'fits';
  for (let index = 0; index < length; index++) {
    const code = bytes[index] ?? 0;
    if (code === quote) {
      index = findEndOfString(bytes, index + 1);
    } else if (code === 0x2c /* , */) {
      values += 1;
      if (values > maxJsonValues) return 'too-complex';
    } else if (code === 0x7b /* { */ || code === 0x5b /* [ */) {
      depth += 1;
      values += 1;
      if (depth > maxJsonDepth) return 'too-complex';
    } else if (code === 0x7d /* } */ || code === 0x5d /* ] */) {
      depth -= 1;
    } else if (code === minus || (code >= zero && code <= nine)) {
      const end = findEndOfNumber(bytes, index + 1);
      const verdict = isSuspect(bytes, index, end) ? judgeNumber(bytes.subarray(index, end)) : undefined;
      if (verdict === 'inexact-number') return verdict;
      found = verdict ?? found;
      index = end - 1;
    }
  }
  return found;
}

const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;
const lowerE = 0x65;

/** RFC 8259 §6: where the characters end that a number may have. */
function findEndOfNumber(bytes: Uint8Array, begin: number): number {
  let index = begin;
  for (; index < bytes.length; index++) {
    const code = bytes[index] ?? 0;
    const isPart =
      (code >= zero && code <= nine) || code === 0x2e /* . */ || (code | 0x20) === lowerE || code === minus;
    if (!isPart && code !== 0x2b /* + */) break;
  }
  return index;
}

/** All integers of fifteen digits are doubles, and all that are shorter without an exponent. */
const exactLength = 15;

/** Whether it takes a closer look to know that a number is kept. */
function isSuspect(bytes: Uint8Array, begin: number, end: number): boolean {
  if (end - begin > exactLength) return true;
  if (bytes[begin] === minus && bytes[begin + 1] === zero) return true;
  for (let index = begin; index < end; index++) if (((bytes[index] ?? 0) | 0x20) === lowerE) return true;
  return false;
}

/** More digits are more than any double has: what is longer is beyond all of them, or has a fraction. */
const longestInteger = 310;

function judgeNumber(bytes: Uint8Array): NumberVerdict | undefined {
  const text = new TextDecoder('latin1').decode(bytes);
  const value = Number(text);
  // Of no form that JSON has: its parser says so
  if (Number.isNaN(value)) return undefined;
  if (!Number.isFinite(value)) return 'inexact-number';
  if (value === 0) {
    if (/^[^e]*[1-9]/i.test(text)) return 'inexact-number';
    return Object.is(value, -0) ? 'negative-zero' : undefined;
  }
  // As JSON.stringify writes it, it comes out as it went in
  if (String(value) === text || text.length > longestInteger || !/^-?\d+$/.test(text)) return undefined;
  return BigInt(text) === BigInt(value) ? undefined : 'inexact-number';
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

/**
 * The same of a value that is parsed already.
 *
 * @param isExact - whether a number of the value is the one of its text. By default only what no JSON holds is seen.
 */
export function judgeJsonValue(
  value: unknown,
  isExact: (number: number) => boolean = Number.isFinite,
): Exclude<JsonTextVerdict, 'negative-zero'> {
  let level: unknown[] = [value];
  let values = 1;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= maxJsonDepth) return 'too-complex';
    const next: unknown[] = [];
    for (const each of level) {
      if (typeof each === 'number' && !isExact(each)) return 'inexact-number';
      if (typeof each !== 'object' || each === null) continue;
      const members: readonly unknown[] = Array.isArray(each) ? each : Object.values(each);
      values += members.length;
      if (values > maxJsonValues) return 'too-complex';
      for (const member of members) {
        if (typeof member === 'number' && !isExact(member)) return 'inexact-number';
        if (typeof member === 'object' && member !== null) next.push(member);
      }
    }
    level = next;
  }
  return 'fits';
}
