import { randomUUID } from 'node:crypto';

export interface Note {
  readonly id: string;
  readonly text: string;
}

/** Notes in memory. Every method takes the owner, so that no query can forget it. */
export class NoteStore {
  readonly #notes = new Map<string, Map<string, Note>>();

  list(owner: string): Note[] {
    return [...(this.#notes.get(owner)?.values() ?? [])];
  }

  add(owner: string, text: string): Note {
    const note = { id: randomUUID(), text };
    const notes = this.#notes.get(owner) ?? new Map<string, Note>();
    this.#notes.set(owner, notes.set(note.id, note));
    return note;
  }

  /** How many notes there are, and how many owners have some. */
  count(): { notes: number; owners: number } {
    const sizes = [...this.#notes.values()].map(({ size }) => size).filter((size) => size > 0);
    return { notes: sizes.reduce((sum, size) => sum + size, 0), owners: sizes.length };
  }

  /** Whether there was such a note of this owner. */
  delete(owner: string, id: string): boolean {
    return this.#notes.get(owner)?.delete(id) ?? false;
  }
}
