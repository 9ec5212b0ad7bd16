/** Longest text that is made; what is longer costs more to compare than a decision is worth to keep. */
const maxCharacters = 16_384;

/** Deeper than any body that is read. */
const maxDepth = 200;

/**
 * The one way to write a JSON value: members in the order of their code units, nothing between, and -0 apart from 0. Half characters
 * come out escaped, so that no two values share a text.
 *
 * @returns nothing for what is not JSON, and for what is too long
 * @see RFC 8785 §3.2
 */
export function toCanonicalJson(value: unknown): string | undefined {
  const writer = new Writer();
  return writer.write(value) ? writer.text : undefined;
}

class Writer {
  text = '';
  #depth = 0;

  /** Whether it could: false for what is not JSON, or too long. */
  write(value: unknown): boolean {
    switch (typeof value) {
      case 'string':
        return this.#writeString(value);
      case 'number':
        if (!Number.isFinite(value)) return false;
        this.text += Object.is(value, -0) ? '-0' : String(value);
        break;
      case 'boolean':
        this.text += value ? 'true' : 'false';
        break;
      case 'object':
        if (value !== null) return this.#writeObject(value);
        this.text += 'null';
        break;
      default:
        return false;
    }
    return this.text.length <= maxCharacters;
  }

  /** JSON.stringify takes several times as long for what needs no escape. */
  #writeString(value: string): boolean {
    if (value.length > maxCharacters) return false;
    this.text += plain.test(value) ? `"${value}"` : JSON.stringify(value);
    return this.text.length <= maxCharacters;
  }

  #writeObject(value: object): boolean {
    if (this.#depth >= maxDepth) return false;
    this.#depth++;
    const isWritten = Array.isArray(value) ? this.#writeList(value) : this.#writeMembers(value);
    this.#depth--;
    return isWritten && this.text.length <= maxCharacters;
  }

  #writeList(list: readonly unknown[]): boolean {
    this.text += '[';
    let comma = '';
    for (const entry of list) {
      this.text += comma;
      if (!this.write(entry)) return false;
      comma = ',';
    }
    this.text += ']';
    return true;
  }

  /** What a JSON parser makes, and nothing else: the members of an instance do not say what it does. */
  #writeMembers(value: object): boolean {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) return false;
    const names = Object.keys(value);
    if (!isSorted(names)) names.sort();
    this.text += '{';
    let comma = '';
    for (const name of names) {
      this.text += comma;
      if (!this.#writeString(name)) return false;
      this.text += ':';
      if (!this.write((value as Readonly<Record<string, unknown>>)[name])) return false;
      comma = ',';
    }
    this.text += '}';
    return true;
  }
}

const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

function isSorted(names: readonly string[]): boolean {
  let before = '';
  for (const name of names) {
    if (name < before) return false;
    before = name;
  }
  return true;
}
