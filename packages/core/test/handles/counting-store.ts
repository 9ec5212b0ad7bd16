import { InMemoryTaskStore, type TaskStore } from '@modelcontextprotocol/sdk/experimental/tasks';

/** A store that notes with what it was called. */
export class CountingStore {
  readonly calls: (readonly [method: string, ...args: unknown[]])[] = [];
  readonly store: TaskStore;
  readonly #tasks = new InMemoryTaskStore();

  constructor() {
    this.store = new Proxy(this.#tasks, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]): unknown => {
          this.calls.push([String(name), ...args]);
          return Reflect.apply(method, target, args);
        };
      },
    });
  }

  /** The store's own identifiers. */
  get ids(): readonly string[] {
    return this.#tasks.getAllTasks().map(({ taskId }) => taskId);
  }

  /** Forgets everything: no task is known any more. */
  clear(): void {
    this.#tasks.cleanup();
  }

  /** The calls since the last time, without the identifiers that they had. */
  take(): readonly string[] {
    return this.calls.splice(0).map(([method]) => method);
  }
}
