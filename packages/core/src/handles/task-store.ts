import type { AuthInfo } from '../caller/auth-info.js';
import { OldestFirst } from '../cache/oldest-first.js';
import type { MakingRequest } from './needed-scopes.js';
import { type HandleOpener, UnknownId } from './task-handler.js';

/** A task as far as its identifier goes. */
interface Task {
  readonly taskId: string;
}

/** `TaskStore` of `@modelcontextprotocol/sdk/experimental/tasks` (version 1). */
export interface SdkTaskStore {
  createTask(params: never, requestId: never, request: never, sessionId?: string): Promise<Task>;
  getTask(taskId: string, sessionId?: string): Promise<Task | null>;
  storeTaskResult(taskId: string, status: never, result: never, sessionId?: string): Promise<void>;
  getTaskResult(taskId: string, sessionId?: string): Promise<unknown>;
  updateTaskStatus(taskId: string, status: never, message?: string, sessionId?: string): Promise<void>;
  listTasks(cursor?: string, sessionId?: string): Promise<{ tasks: Task[]; nextCursor?: string }>;
}

/** What is left of a store: the methods that are guarded. Others that it has would hand out identifiers. */
export type GuardedTaskStore<Store extends SdkTaskStore> = Pick<Store, keyof SdkTaskStore>;

interface TaskOwners {
  readonly caller: () => AuthInfo | undefined;
  readonly open: HandleOpener['open'];
  /** The same for a list. */
  readonly shows: HandleOpener['open'];
  /** What makes the handle of an identifier, for a request that makes one. */
  readonly prepare: (
    auth: AuthInfo | undefined,
    request: MakingRequest,
  ) => Promise<(id: string) => Promise<string>>;
  /** The principal; nothing for a caller who cannot be told from others. */
  readonly ownerOf: (auth: AuthInfo | undefined) => string | undefined;
}

/** Most tasks that are listed; the handles of all others open too. */
const maxListed = 10_000;

export function guardTaskStore<Store extends SdkTaskStore>(
  store: Store,
  owners: TaskOwners,
): GuardedTaskStore<Store> {
  // A store's own type says more of parameters and results than is looked at here
  return new OwnedTasks(store, owners) as GuardedTaskStore<SdkTaskStore> as GuardedTaskStore<Store>;
}

class OwnedTasks implements SdkTaskStore {
  readonly #store: SdkTaskStore;
  readonly #owners: TaskOwners;
  /** Of tasks made here, by the store's identifiers. */
  readonly #made = new OldestFirst<string, string>();
  readonly #unknown = new UnknownId();

  constructor(store: SdkTaskStore, owners: TaskOwners) {
    this.#store = store;
    this.#owners = owners;
  }

  async createTask(params: never, requestId: never, request: never): Promise<Task> {
    const auth = this.#owners.caller();
    // Before there is a task: what cannot be sealed must not be begun
    const seal = await this.#owners.prepare(auth, request);
    const owner = await this.#nameOwner(auth);
    const task = await this.#store.createTask(params, requestId, request, owner);
    const handle = await seal(task.taskId);
    this.#made.add(task.taskId, handle);
    const oldest = this.#made.size > maxListed ? this.#made.oldest() : undefined;
    if (oldest !== undefined) this.#made.delete(oldest.key);
    return { ...task, taskId: handle };
  }

  async getTask(handle: string): Promise<Task | null> {
    const task = await this.#store.getTask(...(await this.#open(handle)));
    return task === null ? null : { ...task, taskId: handle };
  }

  async storeTaskResult(handle: string, status: never, result: never): Promise<void> {
    const [id, owner] = await this.#open(handle);
    return this.#store.storeTaskResult(id, status, result, owner);
  }

  async getTaskResult(handle: string): Promise<unknown> {
    return this.#store.getTaskResult(...(await this.#open(handle)));
  }

  async updateTaskStatus(handle: string, status: never, message?: string): Promise<void> {
    const [id, owner] = await this.#open(handle);
    return this.#store.updateTaskStatus(id, status, message, owner);
  }

  async listTasks(cursor?: string): Promise<{ tasks: Task[]; nextCursor?: string }> {
    const auth = this.#owners.caller();
    const owner = await this.#nameOwner(auth);
    const page = await this.#store.listTasks(cursor, owner);
    const tasks = await Promise.all(
      page.tasks.map(async (task) => {
        const handle = this.#made.get(task.taskId);
        const id = await this.#owners.shows(handle, auth);
        return handle !== undefined && id === task.taskId ? [{ ...task, taskId: handle }] : [];
      }),
    );
    return { ...page, tasks: tasks.flat() };
  }

  /** What the store is asked for, and as whose: identifiers that nothing has where the handle does not open. */
  async #open(handle: string): Promise<readonly [id: string, owner: string]> {
    const auth = this.#owners.caller();
    const [id, owner] = await Promise.all([this.#owners.open(handle, auth), this.#nameOwner(auth)]);
    return [id ?? this.#unknown.value, owner];
  }

  /** Of bounded length, and the same whichever secret is the first. */
  async #nameOwner(auth: AuthInfo | undefined): Promise<string> {
    // Nobody's own: what no principal is called, and what no task was made under
    const principal = this.#owners.ownerOf(auth) ?? this.#unknown.value;
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(principal));
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}
