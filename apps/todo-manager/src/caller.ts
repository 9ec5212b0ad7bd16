import { AuthInfo } from '@mcp-auth/fastify';
import type { ServerContext } from '@modelcontextprotocol/server';
import type { Owner } from './todo-store.js';

/** The scopes of this server. `todo:admin` reaches other users' items; it does not include the other two. */
export type TodoScope = 'todo:read' | 'todo:write' | 'todo:admin';

/** The person behind a call and what they allowed the client to do. */
export interface Caller extends Owner {
  /** @throws {Error} that names the scope; the SDK turns it into a tool error */
  demand(scope: TodoScope): void;
  may(scope: TodoScope): boolean;
}

/** The SDK types `authInfo` by its own interface; the class check brings back all that MCP Auth put there. */
export function getCaller(context: ServerContext): Caller {
  const auth = context.http?.authInfo;
  if (!(auth instanceof AuthInfo)) throw new Error('This tool is served behind bearerAuth only.');
  const { issuer, subject, scopes } = auth;
  if (subject === undefined) throw new Error('The access token names no user (sub) to keep items for.');
  const may = (scope: TodoScope): boolean => scopes.includes(scope);
  return {
    issuer,
    subject,
    may,
    demand: (scope) => {
      if (!may(scope)) throw new Error(`insufficient_scope: this needs the scope ${scope}.`);
    },
  };
}
