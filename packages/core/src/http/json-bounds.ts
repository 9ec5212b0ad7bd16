/** Deepest nesting of a body that is judged. */
export const maxJsonDepth = 128;

/** Most values (members, entries and containers) of a body that is judged: some take thirty times their text in memory. */
export const maxJsonValues = 100_000;

const quote = 0x22;
const backslash = 0x5c;

/**
 * Whether JSON text stays within the bounds, found out before it is parsed.
 *
 * Does not check: whether it is JSON at all. Characters beyond ASCII may come as code units or in UTF-8.
 */
export function isTextWithinBounds(text: Uint8Array | string): boolean {
  // Each level takes two characters, each value one at least
  if (text.length <= 2 * maxJsonDepth) return true;
  const at =
    typeof text === 'string'
      ? (index: number) => text.charCodeAt(index)
      : (index: number) => text[index] ?? 0;
  let depth = 0;
  let values = 1;
  let isString = false;
  for (let index = 0; index < text.length; index++) {
    const code = at(index);
    if (isString) {
      if (code === backslash) index += 1;
      else if (code === quote) isString = false;
      continue;
    }
    switch (code) {
      case quote:
        isString = true;
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        values += 1;
        if (depth > maxJsonDepth) return false;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        break;
      case 0x2c: // ,
        values += 1;
        if (values > maxJsonValues) return false;
        break;
    }
  }
  return true;
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
