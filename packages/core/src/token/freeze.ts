const objectBytes = 64;
/** An object whose names no other object has brings its own shape, or a hash table instead of one. */
const shapeBytes = 128;
const memberBytes = 96;
const entryBytes = 16;
const textBytes = 24;
/** What does not fit into its slot lies next to it. */
const numberBytes = 16;

/**
 * Freezes a parsed JSON value with everything in it, and estimates what it takes in memory, in bytes and rather too high:
 * values can be many times larger than their text. Without recursion: they may be nested as deep as JSON allows.
 */
export function freezeJson(value: object): number {
  let bytes = 0;
  const pending: object[] = [value];
  const measure = (member: unknown): number => {
    if (typeof member === 'string') return textBytes + 2 * member.length;
    if (typeof member === 'number') return numberBytes;
    if (typeof member === 'object' && member !== null) pending.push(member);
    return 0;
  };
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    Object.freeze(current);
    bytes += objectBytes;
    if (Array.isArray(current)) {
      for (const member of current as readonly unknown[]) bytes += entryBytes + measure(member);
      continue;
    }
    const empty = bytes;
    // Half the time of a list of entries
    for (const name in current) {
      if (!Object.hasOwn(current, name)) continue;
      const member = (current as Readonly<Record<string, unknown>>)[name];
      bytes += memberBytes + 2 * name.length + measure(member);
    }
    if (bytes > empty) bytes += shapeBytes;
  }
  return bytes;
}

/** Freezes a JSON value with everything in it, without recursion: claims may be nested as deep as JSON allows. */
export function deepFreeze<T>(value: T): T {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const current = pending.pop();
    if (typeof current !== 'object' || current === null || Object.isFrozen(current)) continue;
    // Bytes cannot be frozen
    if (ArrayBuffer.isView(current)) continue;
    Object.freeze(current);
    for (const member of Object.values(current)) pending.push(member);
  }
  return value;
}
