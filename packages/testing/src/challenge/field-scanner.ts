const tokenCharacter = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]$/;
/** RFC 9110 §5.6.4 qdtext. */
const quotedCharacter = /^[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]$/;
const escapableCharacter = /^[\t \x21-\x7e\x80-\xff]$/;
const token68 = /^[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/;

/** Walks over one header value by the rules of RFC 9110 §5.6. */
export class FieldScanner {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    return this.#position >= this.#text.length;
  }

  /** Whether nothing more belongs to this element of the list. */
  isAtElementEnd(): boolean {
    return this.isAtEnd() || this.peek() === ',';
  }

  peek(): string {
    return this.#text.charAt(this.#position);
  }

  expect(character: string): void {
    if (this.peek() !== character) this.fail(JSON.stringify(character));
    this.#position += 1;
  }

  fail(expected: string): never {
    throw new SyntaxError(`expected ${expected} at position ${this.#position}`);
  }

  /** Spaces only, as between scheme and parameters; whether there were any. */
  skipSpaces(): boolean {
    return this.#skip(/^ $/);
  }

  /** OWS and BWS: spaces and tabs. */
  skipWhitespace(): boolean {
    return this.#skip(/^[ \t]$/);
  }

  token(): string {
    const start = this.#position;
    if (!this.#skip(tokenCharacter)) this.fail('a token');
    return this.#text.slice(start, this.#position);
  }

  quotedString(): string {
    this.expect('"');
    let value = '';
    while (this.peek() !== '"') {
      const escaped = this.peek() === '\\';
      if (escaped) this.#position += 1;
      if (!(escaped ? escapableCharacter : quotedCharacter).test(this.peek()))
        this.fail('a character of a quoted string');
      value += this.peek();
      this.#position += 1;
    }
    this.expect('"');
    return value;
  }

  /** A token68 that is all of this element; nothing, without moving, where there is none. */
  token68BeforeListEnd(): string | undefined {
    const found = token68.exec(this.#text.slice(this.#position))?.[0];
    if (found !== undefined) this.#position += found.length;
    return found;
  }

  /** Runs `look` and comes back to the present position; a syntax error counts as no. */
  lookAhead(look: () => boolean): boolean {
    const start = this.#position;
    try {
      return look();
    } catch {
      return false;
    } finally {
      this.#position = start;
    }
  }

  #skip(characters: RegExp): boolean {
    const start = this.#position;
    while (!this.isAtEnd() && characters.test(this.peek())) this.#position += 1;
    return this.#position > start;
  }
}
