import { AuthInfo } from '@mcp-auth/fastify';
import type { ServerContext } from '@modelcontextprotocol/server';
import type { Owner } from './todo-store.js';

/** The person behind a call, and what they allowed the client to do with items. */
export interface Caller extends Owner {
  readonly mayWrite: boolean;
  /** Whether others' items can be reached too. */
  readonly isAdministrator: boolean;
}

/** The SDK types `authInfo` by its own interface; the class check brings back all that MCP Auth put there. */
export function getCaller(context: ServerContext): Caller {
  const auth = context.http?.authInfo;
  if (!(auth instanceof AuthInfo)) throw new Error('This tool is served behind bearerAuth only.');
  const { issuer, subject, scopes } = auth;
  if (subject === undefined) throw new Error('The access token names no user (sub) to keep items for.');
  return {
    issuer,
    subject,
    mayWrite: scopes.includes('todo:write'),
    isAdministrator: scopes.includes('todo:admin'),
  };
}
