import type { Handles } from '@mcp-auth/fastify';
import { McpServer, type CallToolResult } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { getCaller, type Caller } from './caller.js';
import { registerExport } from './export-todos.js';
import { notAmongYours } from './operations.js';
import type { TaskList } from './task-list.js';
import { isOwner, type Todo, type TodoStore } from './todo-store.js';

const todoSchema = z.object({ id: z.string(), owner: z.string(), title: z.string(), done: z.boolean() });
const idSchema = z.object({ id: z.string() });

export function createServer(todos: TodoStore, tasks: TaskList, handles: Handles): McpServer {
  const server = new McpServer({ name: 'todo-manager', version: '1.0.0' });
  registerExport(server, todos, tasks, handles);
  server.registerTool(
    'list-todos',
    {
      description: "Lists the caller's to-do items (todo:read), or everybody's (todo:admin).",
      inputSchema: z.object({ everybody: z.boolean().default(false) }),
      outputSchema: z.object({ caller: z.string(), todos: z.array(todoSchema) }),
      annotations: { readOnlyHint: true },
    },
    ({ everybody }, context) => {
      const caller = getCaller(context);
      const found = todos.list(everybody ? undefined : caller);
      return answer({ caller: caller.subject, todos: found.map(present) });
    },
  );
  server.registerTool(
    'add-todo',
    {
      description: 'Adds a to-do item for the caller (todo:write).',
      inputSchema: z.object({ title: z.string().min(1).max(1000) }),
      outputSchema: z.object({ todo: todoSchema }),
    },
    ({ title }, context) => {
      return answer({ todo: present(todos.add(getCaller(context), title)) });
    },
  );
  server.registerTool(
    'complete-todo',
    {
      description: "Marks an item as done: the caller's (todo:write) or anybody's (todo:admin).",
      inputSchema: idSchema,
      outputSchema: z.object({ todo: todoSchema }),
      annotations: { idempotentHint: true },
    },
    ({ id }, context) =>
      answer({ todo: present(todos.complete(findForChange(todos, getCaller(context), id))) }),
  );
  server.registerTool(
    'delete-todo',
    {
      description: "Deletes an item: the caller's (todo:write) or anybody's (todo:admin).",
      inputSchema: idSchema,
      annotations: { destructiveHint: true },
    },
    ({ id }, context) => {
      todos.delete(findForChange(todos, getCaller(context), id));
      return answer({ deleted: id });
    },
  );
  return server;
}

/** The rule has looked; between the two the item may have gone. */
function findForChange(todos: TodoStore, caller: Caller, id: string): Todo {
  const todo = todos.find(id);
  const isAllowed =
    todo !== undefined && (caller.isAdministrator || (caller.mayWrite && isOwner(todo, caller)));
  if (isAllowed) return todo;
  throw new Error(notAmongYours);
}

function present({ id, owner, title, done }: Todo): z.infer<typeof todoSchema> {
  return { id, owner: owner.subject, title, done };
}

function answer(value: Record<string, unknown>): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: value };
}
