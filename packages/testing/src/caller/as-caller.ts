import type { AuthInfo, ScopeHierarchy } from '@mcp-auth/core';
import { authContext } from '@mcp-auth/core/context';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { createTestIssuer } from '../issuer/create-test-issuer.js';
import type { InProcessTestIssuer } from '../issuer/test-issuer.js';
import type { TokenOptions } from '../issuer/token-options.js';
import { refuseProduction } from '../refuse-production.js';

/** Who calls a handler. */
export interface TestCaller extends TokenOptions {
  /** The resource identifier of the server that the handler belongs to. Default: `https://mcp.test/mcp`. */
  readonly resource?: string | undefined;
  /** Which scopes stand for others, as the server under test is configured. Default: each stands for itself. */
  readonly scopeHierarchy?: ScopeHierarchy | undefined;
}

/** The caller in each place where a handler looks for it. */
export interface CallerContext {
  /** `request.auth` of Express and Fastify. */
  readonly auth: AuthInfo;
  /** `extra` of the official SDK, version 1, and the options of its `createMcpHandler(…).fetch`. */
  readonly authInfo: AuthInfo;
  /** The context of the official SDK, version 2. */
  readonly http: { readonly authInfo: AuthInfo };
  /** `c.get('auth')` of Hono. */
  get(name: string): AuthInfo | undefined;
}

let issuer: InProcessTestIssuer | undefined;

/**
 * Runs a handler with a caller, and no server.
 *
 * The caller is what a gate makes of a token that says so: `getAuthInfo`, `requireScopes` and `hasScopes` of `@mcp-auth/core/context` work in
 * everything that the handler starts, and its argument has the caller wherever adapters and the official SDK put it.
 *
 * Does not check: `requiredScopes` and `operations` of your routes. For these send the server a request.
 *
 * @returns what the handler returns
 * @throws {MCPAuthInsufficientScopeError} where the handler asks for scopes that the caller does not have, and all else that it throws
 * @throws {Error} with `NODE_ENV=production`; for a caller whose token no server would take
 * @see RFC 9068 §2.2
 * @example
 * ```ts
 * import { requireScopes } from '@mcp-auth/core/context';
 * import { asCaller } from '@mcp-auth/testing';
 *
 * const deleteNote = (id: string) => {
 *   requireScopes('notes:write');
 *   return `${id} is deleted`;
 * };
 *
 * console.log(await asCaller({ subject: 'alice', scopes: ['notes:write'] }, () => deleteNote('1')));
 * ```
 */
export async function asCaller<Result>(
  caller: TestCaller,
  handler: (context: CallerContext) => Result,
): Promise<Awaited<Result>> {
  refuseProduction('asCaller');
  issuer ??= createTestIssuer();
  const { resource = 'https://mcp.test/mcp', scopeHierarchy, ...options } = caller;
  const token = await issuer.mintToken({ ...options, audience: options.audience ?? resource });
  const mcpAuth = new MCPAuth({
    protectedResources: {
      metadata: { resource, authorizationServers: [{ issuer: issuer.issuer }] },
      scopeHierarchy,
    },
    fetch: issuer.fetch,
    checkAtStart: false,
    log: false,
  });
  let outcome: Promise<Awaited<Result>> | undefined;
  const route = mcpAuth.protect(
    {
      fetch: async (_request, { authInfo } = {}) => {
        if (authInfo === undefined) throw new Error('unreachable: anonymous access is not permitted');
        outcome = Promise.resolve(authInfo).then((caller) => handler(toContext(caller))) as Promise<
          Awaited<Result>
        >;
        await outcome.catch(() => undefined);
        return new Response();
      },
    },
    { resource, asyncContext: authContext },
  );
  try {
    const { status } = await route.fetch(
      new Request(resource, { headers: { authorization: `Bearer ${token}` } }),
    );
    if (outcome === undefined) {
      throw new Error(`asCaller: no server takes a token that says this; the answer is ${status}.`);
    }
    return await outcome;
  } finally {
    await mcpAuth.close();
  }
}

function toContext(auth: AuthInfo): CallerContext {
  return {
    auth,
    authInfo: auth,
    http: { authInfo: auth },
    get: (name) => (name === 'auth' ? auth : undefined),
  };
}
