type Members = Readonly<Record<string, unknown>>;

/** Deeper than any body that is read. */
const maxDepth = 200;

/** What {@link hashJson} comes to for a value that it cannot say anything about. */
export const noJson = -1;

/** The same for one that is larger than it was to look at. */
export const tooLarge = -2;

/**
 * A number that equal JSON values share, no matter the order of their members, and most others do not: to look up what
 * {@link isSameJson} then compares.
 *
 * @param maxSize - most characters and values that are looked at
 * @returns 0 or more, or {@link noJson} for what no JSON parser makes, or {@link tooLarge}
 */
export function hashJson(value: unknown, maxSize: number): number {
  left = maxSize;
  depth = 0;
  problem = 0;
  const hash = walk(value);
  return problem === 0 ? hash >>> 0 : problem;
}

/** Of the value that is being looked at: nothing waits in between. */
let left = 0;
let depth = 0;
let problem = 0;

function walk(value: unknown): number {
  if (--left < 0) return stop(tooLarge);
  switch (typeof value) {
    case 'string':
      return hashText(value);
    case 'number':
      return hashNumber(value);
    case 'boolean':
      return value ? 5 : 7;
    case 'object':
      return value === null ? 11 : walkInside(value);
    default:
      return stop(noJson);
  }
}

function walkInside(value: object): number {
  if (depth >= maxDepth) return stop(noJson);
  depth++;
  const hash = Array.isArray(value) ? walkList(value) : walkMembers(value);
  depth--;
  return hash;
}

function walkList(list: readonly unknown[]): number {
  let hash = 13;
  for (const entry of list) {
    hash = mix(hash, walk(entry));
    if (problem !== 0) return 0;
  }
  return hash;
}

/** A sum, which is the same in any order. */
function walkMembers(value: object): number {
  if (!isJsonObject(value)) return stop(noJson);
  let hash = 17;
  for (const name of Object.keys(value)) {
    hash = (hash + mix(hashName(name), walk((value as Members)[name]))) | 0;
    if (problem !== 0) return 0;
  }
  return hash;
}

/** Names tell little that values do not. */
function hashName(name: string): number {
  left -= name.length;
  if (left < 0) return stop(tooLarge);
  return mix(name.length, name.charCodeAt(0) | 0);
}

function hashText(text: string): number {
  left -= text.length;
  if (left < 0) return stop(tooLarge);
  let hash = 19;
  for (let at = 0; at < text.length; at++) hash = mix(hash, text.charCodeAt(at));
  return hash;
}

function hashNumber(value: number): number {
  if (!Number.isFinite(value)) return stop(noJson);
  return mix(value | 0, ((value % 1) * 0x7fff_ffff) | 0);
}

function mix(hash: number, more: number): number {
  return (Math.imul(hash, 31) + more) | 0;
}

function stop(found: number): number {
  if (problem === 0) problem = found;
  return 0;
}

/** What a JSON parser makes, and nothing else: the members of an instance do not say what it does. */
export function isJsonObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * Whether two JSON values are one, no matter the order of members: their canonical JSON would be the same.
 *
 * Does not check: that they are JSON.
 */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one)) return Array.isArray(other) && isSameList(one, other);
  if (Array.isArray(other)) return false;
  const names = Object.keys(one);
  const others = Object.keys(other);
  if (names.length !== others.length) return false;
  for (let at = 0; at < names.length; at++) {
    const name = names[at] ?? '';
    // Mostly in one order; else it has to be there, and not on a prototype
    if (name !== others[at] && !Object.hasOwn(other, name)) return false;
    if (!isSameJson((one as Members)[name], (other as Members)[name])) return false;
  }
  return true;
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (!isSameJson(one[at], other[at])) return false;
  return true;
}
