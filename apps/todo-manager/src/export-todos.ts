import { setTimeout as sleep } from 'node:timers/promises';
import { authInfoOf, type Handles } from '@mcp-auth/fastify';
import { ProtocolError, ProtocolErrorCode, type McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { getCaller } from './caller.js';
import type { Task, TaskList } from './task-list.js';
import type { Todo, TodoStore } from './todo-store.js';

const taskParams = z.looseObject({ taskId: z.string() });

/** An export takes its time, so it is a task: the call is answered with its handle, which `tasks/get` and `tasks/cancel` take. */
export function registerExport(server: McpServer, todos: TodoStore, tasks: TaskList, handles: Handles): void {
  server.registerTool(
    'export-todos',
    {
      description: "Exports the caller's items as lines of text (todo:read). Ask tasks/get for the result.",
      outputSchema: z.object({ taskId: z.string(), status: z.string() }),
      annotations: { readOnlyHint: true },
    },
    async (context) => {
      const own = todos.list(getCaller(context));
      const { id, status } = tasks.start((signal) => write(own, signal));
      const operation = { method: 'tools/call', params: { name: 'export-todos' } };
      // The client gets a handle that opens for this user alone, and only with the scopes that this tool needs
      const taskId = await handles.seal(id, { caller: authInfoOf(context), operation });
      return { content: [{ type: 'text', text: taskId }], structuredContent: { taskId, status } };
    },
  );
  // taskHandler() opens the handle: somebody else's task is looked up, and answered, as one that does not exist
  server.server.setRequestHandler(
    'tasks/get',
    { params: taskParams },
    handles.taskHandler(({ taskId }) => present(find(tasks, taskId))),
  );
  server.server.setRequestHandler(
    'tasks/cancel',
    { params: taskParams },
    handles.taskHandler(({ taskId }) => present(tasks.cancel(find(tasks, taskId)))),
  );
}

/** Slow on purpose, as a real export is. */
async function write(todos: readonly Todo[], signal: AbortSignal): Promise<string> {
  await sleep(200, undefined, { signal });
  return todos.map(({ title, done }) => `[${done ? 'x' : ' '}] ${title}`).join('\n');
}

function find(tasks: TaskList, id: string): Task {
  const task = tasks.find(id);
  if (task === undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Task not found');
  return task;
}

function present(task: Task | undefined): Record<string, unknown> {
  if (task === undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Task not found');
  const { id, result, ...rest } = task;
  const content =
    result === undefined ? undefined : { result: { content: [{ type: 'text', text: result }] } };
  return { taskId: id, ttl: null, ...rest, ...content };
}
