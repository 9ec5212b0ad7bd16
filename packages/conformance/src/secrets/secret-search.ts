/** Shorter pieces turn up by chance. */
const pieceLength = 16;
/** A piece of 16 holds a whole block of eight, wherever it begins: only every eighth place has to be known. */
const blockLength = 8;
/** Stands between secrets; no secret of one line holds it. */
const border = '\n';

/** A piece of a secret in something that was emitted. The piece itself is not told. */
export interface Leak {
  /** What was emitted, as whoever emitted it named it. */
  readonly place: string;
  readonly characters: number;
}

export function describeLeak({ place, characters }: Leak): string {
  return `${characters} characters of a secret are in ${place}`;
}

/**
 * Finds any sixteen bytes of any secret in any text: as they were sent, and as hexadecimal digits. What is shorter is found as a whole.
 */
export class SecretSearch {
  readonly #texts = new Map<string, string>();
  readonly #secrets = new Set<string>();
  /** The same as hexadecimal digits, of which two are a byte. */
  readonly #digits = new Set<string>();
  readonly #known: readonly string[];

  /** @param known - what may be in texts although secrets hold it, such as configured identifiers */
  constructor(known: readonly string[] = []) {
    this.#known = known.map(normalize);
  }

  /** Something that must not be emitted. */
  addSecret(secret: string): void {
    this.#secrets.add(normalize(secret));
    this.#digits.add(toHex(secret));
    // Bytes of a signature may be emitted as such
    for (const part of secret.split('.')) if (isBytes(part)) this.#digits.add(toHex(part, 'base64url'));
  }

  /** Something that was emitted. */
  addText(place: string, text: string): void {
    this.#texts.set(normalize(text), place);
  }

  get counts(): { readonly secrets: number; readonly texts: number } {
    return { secrets: this.#secrets.size, texts: this.#texts.size };
  }

  find(): readonly Leak[] {
    const indexes = [
      createIndex(this.#secrets, pieceLength),
      createIndex(this.#digits, 2 * pieceLength),
    ] as const;
    const short = [...this.#secrets].filter((secret) => secret.length < pieceLength);
    return [...this.#texts].flatMap(([text, place]) => {
      const characters = Math.max(
        ...indexes.map((index) => this.#findPiece(text, index)),
        ...short.filter((secret) => text.includes(secret)).map(({ length }) => length),
      );
      return characters === 0 ? [] : [{ place, characters }];
    });
  }

  /** Characters of the longest piece; 0 where there is none. */
  #findPiece(text: string, { all, blocks, minLength }: Index): number {
    let longest = 0;
    for (let start = 0; start + blockLength <= text.length; start++) {
      for (const place of blocks.get(text.slice(start, start + blockLength)) ?? []) {
        const { from, to } = extend(text, start, all, place);
        if (to - from < minLength || to - from <= longest) continue;
        const piece = text.slice(from, to);
        if (!this.#known.some((known) => known.includes(piece))) longest = piece.length;
      }
    }
    return longest;
  }
}

interface Index {
  readonly all: string;
  /** Places of every eighth block. */
  readonly blocks: ReadonlyMap<string, readonly number[]>;
  readonly minLength: number;
}

function createIndex(secrets: Iterable<string>, minLength: number): Index {
  const long = [...secrets].filter(({ length }) => length >= minLength);
  const all = border + long.join(border) + border;
  const blocks = new Map<string, number[]>();
  for (let place = 0; place + blockLength <= all.length; place += blockLength) {
    const block = all.slice(place, place + blockLength);
    if (block.includes(border)) continue;
    const places = blocks.get(block);
    if (places === undefined) blocks.set(block, [place]);
    else places.push(place);
  }
  return { all, blocks, minLength };
}

/** The characters around a block that both have in common. */
function extend(text: string, start: number, all: string, place: number): { from: number; to: number } {
  const shift = place - start;
  const isSame = (at: number) => text[at] === all[at + shift] && text[at] !== border;
  let from = start;
  while (from > 0 && isSame(from - 1)) from--;
  let to = start + blockLength;
  while (to < text.length && isSame(to)) to++;
  return { from, to };
}

/** RFC 4648 §5: both alphabets of base64 are one here; bytes as `inspect` shows them lose their spaces. */
function normalize(text: string): string {
  return text
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll(/(?<=\b[\da-f]{2}) (?=[\da-f]{2}\b)/g, '');
}

function toHex(text: string, encoding: 'latin1' | 'base64url' = 'latin1'): string {
  return Buffer.from(text, encoding).toString('hex');
}

function isBytes(part: string): boolean {
  return part.length > pieceLength && /^[\w-]+$/.test(part);
}
