import { randomUUID } from 'node:crypto';

/** Work that goes on after the call that began it was answered. */
export interface Task {
  readonly id: string;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
  readonly status: 'working' | 'completed' | 'failed' | 'cancelled';
  /** Of a task that is completed. */
  readonly result?: string;
}

const maxTasks = 100;

/** Tasks in memory. It does not know whose they are: that is in the handle that its maker got. */
export class TaskList {
  readonly #tasks = new Map<string, Task>();
  readonly #work = new Map<string, AbortController>();

  /** @throws {Error} when there is no room for another task */
  start(run: (signal: AbortSignal) => Promise<string>): Task {
    this.#makeRoom();
    const now = new Date().toISOString();
    const task: Task = { id: randomUUID(), status: 'working', createdAt: now, lastUpdatedAt: now };
    const work = new AbortController();
    this.#tasks.set(task.id, task);
    this.#work.set(task.id, work);
    run(work.signal).then(
      (result) => this.#end(task.id, { status: 'completed', result }),
      () => this.#end(task.id, { status: 'failed' }),
    );
    return task;
  }

  find(id: string): Task | undefined {
    return this.#tasks.get(id);
  }

  cancel({ id }: Task): Task | undefined {
    this.#work.get(id)?.abort();
    this.#end(id, { status: 'cancelled' });
    return this.find(id);
  }

  /** What has ended stays as it is. */
  #end(id: string, change: Pick<Task, 'status' | 'result'>): void {
    const task = this.#tasks.get(id);
    this.#work.delete(id);
    if (task?.status !== 'working') return;
    this.#tasks.set(id, { ...task, ...change, lastUpdatedAt: new Date().toISOString() });
  }

  #makeRoom(): void {
    if (this.#tasks.size < maxTasks) return;
    const oldest = [...this.#tasks.values()].find(({ status }) => status !== 'working');
    if (oldest === undefined) throw new Error('Too many exports are under way. Try again later.');
    this.#tasks.delete(oldest.id);
  }
}
