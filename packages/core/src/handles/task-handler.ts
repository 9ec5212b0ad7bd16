import type { AuthInfo } from '../caller/auth-info.js';
import { authInfoOf, type SdkHandlerContext } from '../sdk/auth-info-of.js';

/** A handler of the official SDK for `tasks/get`, `tasks/update`, `tasks/cancel` or `tasks/result`: it gets the params, or the whole request. */
export type TaskHandler<Params, Context, Result> = (params: Params, context: Context) => Result;

/** What is needed of `Handles`. */
export interface HandleOpener {
  open(handle: unknown, caller: AuthInfo | undefined): Promise<string | undefined>;
}

/** An identifier that nothing has. Made on first use: Workers give no random numbers before there is a request. */
export class UnknownId {
  #value: string | undefined;

  get value(): string {
    return (this.#value ??= crypto.randomUUID());
  }
}

/** The key of `_meta` under which a result names its task (MCP 2025-11-25, Tasks). */
const relatedTask = 'io.modelcontextprotocol/related-task';

export function guardHandler<Params extends object, Context extends SdkHandlerContext, Result>(
  handles: HandleOpener,
  handler: TaskHandler<Params, Context, Result>,
): TaskHandler<Params, Context, Promise<Awaited<Result>>> {
  const unknown = new UnknownId();
  return async (request, context): Promise<Awaited<Result>> => {
    const handle = readTaskId(request);
    const id = (await handles.open(handle, authInfoOf(context))) ?? unknown.value;
    return showHandle(await handler(replaceTaskId(request, id), context), id, handle) as Awaited<Result>;
  };
}

function readTaskId(request: object): unknown {
  const { taskId, params } = request as { readonly taskId?: unknown; readonly params?: unknown };
  return isObject(params) ? params.taskId : taskId;
}

/** The same request about another task: `{ params: { taskId } }` as version 1 hands it over, or `{ taskId }`. */
function replaceTaskId<Request extends object>(request: Request, taskId: string): Request {
  const { params } = request as { readonly params?: unknown };
  return isObject(params) ? { ...request, params: { ...params, taskId } } : { ...request, taskId };
}

/** Results name their task at the top, under `task`, or in `_meta`. Clients know it by its handle. */
function showHandle(result: unknown, id: string, handle: unknown): unknown {
  if (!isObject(result)) return result;
  const shown = { ...result };
  if (shown.taskId === id) shown.taskId = handle;
  if (isObject(shown.task) && shown.task.taskId === id) shown.task = { ...shown.task, taskId: handle };
  const { _meta: meta } = shown;
  if (isObject(meta) && isObject(meta[relatedTask]) && meta[relatedTask].taskId === id) {
    shown._meta = { ...meta, [relatedTask]: { ...meta[relatedTask], taskId: handle } };
  }
  return shown;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
