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

/** One object on its way through the tree. */
export interface ShapeWalk {
  step(name: string): void;
  /** What is new with this object takes so much: its shape and those on the way to it. */
  shapeBytes(members: number): number;
  /** The names alone that came to no known place. */
  readonly nameBytes: number;
}

/**
 * The shapes that objects had, by their names in order, as engines keep them: objects with the same names in the same order have one
 * in common, and only a new one takes memory. Bounded; when it is full it begins anew, and each shape counts once more.
 */
export class ShapeTree {
  #root = emptyShape();
  #size = 0;

  walk(): ShapeWalk {
    let at: Shape | undefined = this.#root;
    let fresh = 0;
    let branched = 0;
    let nameBytes = 0;
    let depth = 0;
    const step = (name: string) => {
      let next: Shape | undefined;
      if (at !== undefined) next = at.name === name ? at.next : at.others?.get(name);
      if (next === undefined) {
        // Names before a new branch are written down once more for it
        if (at?.name !== undefined && depth > 0) branched += memberBytes * depth + 40;
        fresh += 1;
        nameBytes += 24 + name.length;
        next = at && this.#grow(at, name);
      }
      depth += 1;
      at = next;
    };
    return {
      step,
      shapeBytes: (members) =>
        fresh === 0 ? 0 : shapeBytes + memberBytes * members + stepBytes * fresh + nameBytes + branched,
      get nameBytes() {
        return nameBytes;
      },
    };
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
