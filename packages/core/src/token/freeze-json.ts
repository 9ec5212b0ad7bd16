import { ShapeTree } from './shape-tree.js';

/**
 * What V8 takes on a platform of 64 bits, in bytes, as measured with its heap; other engines take about as much.
 */
const headBytes = 16;
const slotBytes = 8;
const objectBytes = 24;
const emptyObjectBytes = 56;
const listBytes = 32;
/** A number that is not an integer of 32 bits lies next to its slot. */
const numberBytes = 16;
/** Short texts are kept once each, in a table: those of one claim, and of one token and the next. */
const maxSharedLength = 10;
const sharedBytes = 8;
const maxSharedTexts = 2048;
/** From so many members on an object is a hash table. */
const minTableMembers = 121;
const tableEntryBytes = 24;
/** Names that are numbers lie in a second table. */
const indexTableBytes = 168;
const indexBytes = 48;

const beyondLatin = /[\u0100-\uffff]/;
const digits = /^(?:0|[1-9]\d{0,9})$/;
/** ECMA-262 §6.1.7: the largest is 2³² − 2. All other names of digits are names. */
const isIndex = (name: string) => digits.test(name) && Number(name) < 4_294_967_295;
const nine = '9'.charCodeAt(0);

/** Shapes that values had: engines keep each once. */
const shapes = new ShapeTree();
/** Short texts that values had. When so many are there it begins anew, and each counts once more. */
const sharedTexts = new Set<string>();

/**
 * Freezes a parsed JSON value with everything in it, and estimates what it takes in memory, in bytes: values can be many times larger than
 * their text, and take far less where they have names in common with others. Without recursion: they may be nested as deep as JSON allows.
 */
export function freezeJson(value: object): number {
  let bytes = 0;
  const pending: object[] = [value];
  const measure = (member: unknown): number => {
    if (typeof member === 'string') return measureText(member);
    if (typeof member === 'number') return (member | 0) === member ? 0 : numberBytes;
    if (typeof member === 'object' && member !== null) pending.push(member);
    return 0;
  };
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    Object.freeze(current);
    if (Array.isArray(current)) {
      bytes += listBytes + (current.length === 0 ? 0 : headBytes + slotBytes * current.length);
      for (const member of current as readonly unknown[]) bytes += measure(member);
      continue;
    }
    let members = 0;
    let indexes = 0;
    shapes.begin();
    // Half the time of a list of entries
    for (const name in current) {
      if (!Object.hasOwn(current, name)) continue;
      bytes += measure((current as Readonly<Record<string, unknown>>)[name]);
      if (name.charCodeAt(0) <= nine && isIndex(name)) {
        indexes += 1;
        continue;
      }
      members += 1;
      shapes.step(name);
    }
    if (indexes > 0) bytes += indexTableBytes + indexBytes * indexes;
    if (members < minTableMembers) {
      bytes += members === 0 ? emptyObjectBytes : objectBytes + slotBytes * members + shapes.shapeBytes();
    } else {
      bytes +=
        objectBytes +
        tableEntryBytes * 2 ** Math.ceil(Math.log2(members + (members >> 1))) +
        shapes.nameBytes;
    }
  }
  return bytes;
}

function measureText(text: string): number {
  if (text.length <= 1) return 0;
  if (text.length > maxSharedLength) return measureString(text);
  if (sharedTexts.has(text)) return 0;
  if (sharedTexts.size >= maxSharedTexts) sharedTexts.clear();
  sharedTexts.add(text);
  return measureString(text) + sharedBytes;
}

/** Bytes of a string by itself: one for each character, two for each where one is beyond Latin-1. */
export function measureString(text: string): number {
  const bytes = beyondLatin.test(text) ? 2 * text.length : text.length;
  return headBytes + Math.ceil(bytes / 8) * 8;
}
