import type { AuthInfo } from '@mcp-auth/core';
import { MCPAuth } from '@mcp-auth/core/fetch';
import type { HandlerReply } from '../subject.js';

export type HandleGiver = (
  auth: AuthInfo | undefined,
  body: unknown,
) => Promise<Pick<HandlerReply, 'handle' | 'found'>>;

/** A handler that gives each caller a handle, and says of each that comes whether it is the caller's. */
export function createHandleGiver(
  resource: string,
  issuer: string,
  needs: readonly string[],
  now: () => number,
): HandleGiver {
  const mcpAuth = new MCPAuth({ resource, authorizationServers: [issuer], log: false, checkAtStart: false });
  const handles = mcpAuth.handles({
    secrets: ['a secret of the conformance suite, and of nobody else'],
    now,
  });
  return async (auth, body) => {
    const given = readHandle(body);
    return {
      handle: await handles.seal('7', { caller: auth, requirement: needs }),
      ...(given === undefined ? undefined : { found: (await handles.open(given, auth)) !== undefined }),
    };
  };
}

function readHandle(body: unknown): unknown {
  const { params } = Object(body) as { readonly params?: unknown };
  const { taskId, requestState } = Object(params) as {
    readonly taskId?: unknown;
    readonly requestState?: unknown;
  };
  return taskId ?? requestState;
}
