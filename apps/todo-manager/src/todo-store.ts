import { randomUUID } from 'node:crypto';

/** Who owns an item. A subject means something together with its issuer only. */
export interface Owner {
  readonly issuer: string;
  readonly subject: string;
}

export interface Todo {
  readonly id: string;
  readonly owner: Owner;
  readonly title: string;
  readonly done: boolean;
}

/** To-do items in memory. */
export class TodoStore {
  readonly #todos = new Map<string, Todo>();

  /** All items, or those of one owner. */
  list(owner?: Owner): Todo[] {
    const todos = [...this.#todos.values()];
    return owner === undefined ? todos : todos.filter((todo) => isOwner(todo, owner));
  }

  find(id: string): Todo | undefined {
    return this.#todos.get(id);
  }

  add(owner: Owner, title: string): Todo {
    const todo = { id: randomUUID(), owner, title, done: false };
    this.#todos.set(todo.id, todo);
    return todo;
  }

  complete(todo: Todo): Todo {
    const completed = { ...todo, done: true };
    this.#todos.set(todo.id, completed);
    return completed;
  }

  delete(todo: Todo): void {
    this.#todos.delete(todo.id);
  }
}

export function isOwner(todo: Todo, { issuer, subject }: Owner): boolean {
  return todo.owner.subject === subject && todo.owner.issuer === issuer;
}
