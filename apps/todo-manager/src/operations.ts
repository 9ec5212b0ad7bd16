import type { OperationPolicy } from '@mcp-auth/fastify';

/** What each tool needs. Whoever lacks it is refused before the tool runs, and told all of it at once. */
export const operations: OperationPolicy = {
  tools: {
    'list-todos': ({ arguments: given }) => [wantsEverybodys(given) ? 'todo:admin' : 'todo:read'],
    'add-todo': ['todo:write'],
    'export-todos': ['todo:read'],
    // Whose item it is, only the tool can tell
    'complete-todo': { anyOf: ['todo:write', 'todo:admin'] },
    'delete-todo': { anyOf: ['todo:write', 'todo:admin'] },
    // A new tool stays closed until somebody says here what it needs
    '*': 'refuse',
  },
};

/** The arguments are as the client sent them: what is not plainly the caller's own needs more. */
function wantsEverybodys(given: Readonly<Record<string, unknown>> | undefined): boolean {
  const everybody = given?.['everybody'];
  return everybody !== undefined && everybody !== false;
}
