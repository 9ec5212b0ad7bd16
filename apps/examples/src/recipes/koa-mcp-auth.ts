import {
  BaseMCPAuth,
  readRoute,
  runEndpoint,
  runGate,
  type AdapterBinding,
  type ModeOrOptions,
  type OptionsFor,
  type VerificationMode,
} from '@mcp-auth/core/adapter';
import {
  guardNodeStream,
  holdNodeResponse,
  NodeRequestHead,
  readNodeBody,
  setNodeHeaders,
} from '@mcp-auth/core/node';
import type { Context, Middleware, Next } from 'koa';

interface Exchange {
  readonly context: Context;
  readonly next: Next;
}

const binding: AdapterBinding<Exchange, Promise<void>> = {
  readHead: ({ context }) => new NodeRequestHead(context.req),
  // Through Koa: middleware in front sees these answers too
  refuse: ({ context }, { status, headers, body }) => {
    setNodeHeaders(context.res, headers);
    context.body = body ?? null;
    context.status = status;
    return Promise.resolve();
  },
  proceed: ({ context, next }, auth, headers) => {
    setNodeHeaders(context.res, headers);
    context.state.auth = auth;
    // Where the official SDK looks for the caller
    Object.assign(context.req, { auth });
    return next();
  },
  fail: (_exchange, error) => Promise.reject(error),
  capabilities: {
    // Leaves what it has read at context.req.body
    readBody: ({ context }, limits) => readNodeBody(context.req, limits),
    guardStream: ({ context }, stream, proceed) => {
      guardNodeStream(context.res, stream);
      return proceed();
    },
    holdResponse: ({ context }, refusal, proceed) => {
      holdNodeResponse(context.res, refusal);
      return proceed();
    },
  },
};

/** MCP Auth for Koa: the caller of a request is at `context.state.auth`. */
export class MCPAuth extends BaseMCPAuth {
  static override readonly interfaceVersion = 1;

  protectedResourceMetadataRouter(): Middleware {
    return (context, next) => runEndpoint(this.engine.metadataEndpoint, binding, { context, next }, next);
  }

  bearerAuth<Mode extends VerificationMode>(mode: Mode, options?: OptionsFor<Mode>): Middleware;
  bearerAuth(options?: OptionsFor<'jwt'>): Middleware;
  bearerAuth(first?: ModeOrOptions, second?: OptionsFor<VerificationMode>): Middleware {
    const gate = this.engine.createGateFor(readRoute(first, second));
    return (context, next) => runGate(gate, binding, { context, next });
  }
}
