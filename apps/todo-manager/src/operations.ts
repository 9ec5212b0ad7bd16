import { allow, deny, needScopes, type OperationFunction, type OperationPolicy } from '@mcp-auth/fastify';
import { isOwner, type TodoStore } from './todo-store.js';

/** What each tool needs. A caller who lacks it is denied before the tool runs, and one challenge names all of it. */
export function createOperations(todos: TodoStore): OperationPolicy {
  return {
    tools: {
      'list-todos': ({ arguments: given }) => [wantsEverybodys(given) ? 'todo:admin' : 'todo:read'],
      'add-todo': ['todo:write'],
      'export-todos': ['todo:read'],
      'complete-todo': ownRows(todos),
      'delete-todo': ownRows(todos),
      // A new tool stays closed until somebody says here what it needs
      '*': 'refuse',
    },
  };
}

/** The arguments are as the client sent them: what is not plainly the caller's own needs more. */
function wantsEverybodys(given: Readonly<Record<string, unknown>> | undefined): boolean {
  const everybody = given?.['everybody'];
  return everybody !== undefined && everybody !== false;
}

/** Everybody changes their own items, administrators change all. To everybody else an item does not exist. */
function ownRows(todos: TodoStore): OperationFunction {
  return ({ arguments: given, caller }) => {
    const needed = needScopes({ anyOf: ['todo:write', 'todo:admin'] });
    // A list has no item yet: whoever has the scope sees the tool
    if (caller === undefined || given === undefined) return needed;
    if (caller.scopes.includes('todo:admin')) return allow();
    // Before a word about the item: with neither scope, nobody learns which there are
    if (!caller.scopes.includes('todo:write')) return needed;
    const { issuer, subject } = caller;
    const todo = typeof given['id'] === 'string' ? todos.find(given['id']) : undefined;
    const isOwn = todo !== undefined && subject !== undefined && isOwner(todo, { issuer, subject });
    return isOwn ? allow() : deny({ reason: notAmongYours, public: true });
  };
}

/** The same for an item of somebody else and for none at all. */
export const notAmongYours = "There is no such item among the caller's; others' need the scope todo:admin.";
