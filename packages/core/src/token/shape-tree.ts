/** Names after this one, where some came. One has most often the same one after it. */
interface Shape {
  name: string | undefined;
  next: Shape | undefined;
  others: Map<string, Shape> | undefined;
}

/** About 1 MB, of names as long as claims have them. */
const maxShapes = 4096;
const maxNameLength = 128;

const stepBytes = 72;
const shapeBytes = 160;
const memberBytes = 24;

/**
 * The shapes that objects had, by their names in order, as engines keep them: objects with the same names in the same order have one
 * in common, and only a new one takes memory. Bounded; when it is full it begins anew, and each shape counts once more.
 *
 * One object after the other walks through it: `begin`, a `step` for each name, then what is new.
 */
export class ShapeTree {
  #root = emptyShape();
  #size = 0;
  #at: Shape | undefined = this.#root;
  #depth = 0;
  #fresh = 0;
  #branchBytes = 0;
  #nameBytes = 0;

  begin(): void {
    this.#at = this.#root;
    this.#depth = 0;
    this.#fresh = 0;
    this.#branchBytes = 0;
    this.#nameBytes = 0;
  }

  step(name: string): void {
    const at = this.#at;
    this.#at = (at?.name === name ? at.next : at?.others?.get(name)) ?? this.#stepAside(at, name);
    this.#depth += 1;
  }

  /** What is new with this object takes so much: its shape and those on the way to it. */
  shapeBytes(): number {
    if (this.#fresh === 0) return 0;
    return (
      shapeBytes + memberBytes * this.#depth + stepBytes * this.#fresh + this.#nameBytes + this.#branchBytes
    );
  }

  /** The names alone that came to no known place. */
  get nameBytes(): number {
    return this.#nameBytes;
  }

  #stepAside(at: Shape | undefined, name: string): Shape | undefined {
    // Names before a new branch are written down once more for it
    if (at?.name !== undefined && this.#depth > 0) this.#branchBytes += memberBytes * this.#depth + 40;
    this.#fresh += 1;
    this.#nameBytes += 24 + name.length;
    return at && this.#grow(at, name);
  }

  /** Nothing for a name that is too long to be kept. */
  #grow(at: Shape, name: string): Shape | undefined {
    if (name.length > maxNameLength) return undefined;
    if (this.#size >= maxShapes) {
      this.#root = emptyShape();
      this.#size = 0;
      return undefined;
    }
    this.#size += 1;
    const next = emptyShape();
    if (at.name === undefined) {
      at.name = name;
      at.next = next;
    } else {
      (at.others ??= new Map<string, Shape>()).set(name, next);
    }
    return next;
  }
}

function emptyShape(): Shape {
  return { name: undefined, next: undefined, others: undefined };
}
