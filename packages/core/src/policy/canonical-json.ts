/** Longest text that is made; what is longer costs more to hash than a decision is worth to keep. */
const maxCharacters = 16_384;

/**
 * The one way to write a JSON value: members in the order of their code units, nothing between, and -0 apart from 0. Half characters
 * come out escaped, so that no two values share a text.
 *
 * @returns nothing for what is not JSON, and for what is too long
 * @see RFC 8785 §3.2
 */
export function toCanonicalJson(value: unknown): string | undefined {
  const writer = { characters: 0, depth: 0 };
  return write(value, writer);
}

interface Writer {
  characters: number;
  depth: number;
}

/** Deeper than any body that is read. */
const maxDepth = 200;

function write(value: unknown, writer: Writer): string | undefined {
  switch (typeof value) {
    case 'string':
      return value.length > maxCharacters ? undefined : count(quote(value), writer);
    case 'number':
      return Number.isFinite(value) ? count(Object.is(value, -0) ? '-0' : String(value), writer) : undefined;
    case 'boolean':
      return count(value ? 'true' : 'false', writer);
    case 'object':
      return value === null ? count('null', writer) : writeObject(value, writer);
    default:
      return undefined;
  }
}

/** JSON.stringify takes several times as long for what needs no escape. */
function quote(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text);
}

const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

function writeObject(value: object, writer: Writer): string | undefined {
  if (writer.depth >= maxDepth) return undefined;
  writer.depth++;
  const text = Array.isArray(value) ? writeList(value, writer) : writeMembers(value, writer);
  writer.depth--;
  return text;
}

function writeList(list: readonly unknown[], writer: Writer): string | undefined {
  let text = '[';
  let comma = '';
  for (const entry of list) {
    const written = write(entry, writer);
    if (written === undefined) return undefined;
    text += comma + written;
    comma = ',';
  }
  return count(`${text}]`, writer, 2 + list.length) && `${text}]`;
}

/** What a JSON parser makes, and nothing else: the members of an instance do not say what it does. */
function writeMembers(value: object, writer: Writer): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return undefined;
  const names = Object.keys(value);
  if (names.length > 1) names.sort();
  let text = '{';
  let comma = '';
  for (const name of names) {
    const key = write(name, writer);
    const written = key === undefined ? undefined : write((value as Record<string, unknown>)[name], writer);
    if (key === undefined || written === undefined) return undefined;
    text += `${comma}${key}:${written}`;
    comma = ',';
  }
  return count(`${text}}`, writer, 2 + 2 * names.length) && `${text}}`;
}

/** @param characters - how many are new; of a text that was put together, only what is between its parts */
function count(text: string, writer: Writer, characters = text.length): string | undefined {
  writer.characters += characters;
  return writer.characters > maxCharacters ? undefined : text;
}
