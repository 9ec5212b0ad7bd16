import type { AuthInfo } from '@mcp-auth/core';
import {
  runEndpoint,
  runGate,
  type AdapterBinding,
  type Endpoint,
  type Gate,
} from '@mcp-auth/core/adapter';
import { guardNodeStream } from '@mcp-auth/core/node';
import { guardWebStream, WebRequestHead } from '@mcp-auth/core/web';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { noteSilent, readSetHeaders, replaceResponse, setHeaders, toHonoResponse } from './answer.js';
import { holdResponse } from './hold-response.js';
import { createMetadataRouter, type MetadataRouter, type RouterPaths } from './metadata-router.js';
import { readBody } from './read-body.js';
import { readNodeHead, readNodeResponse } from './read-node-head.js';

/** Variables that `bearerAuth` sets on the context: `c.get('auth')`. */
export interface AuthVariables {
  readonly auth: AuthInfo | undefined;
}

/** The environment of an app or route behind `bearerAuth`. */
export interface AuthEnv {
  Variables: AuthVariables;
}

interface Exchange {
  readonly context: Context<AuthEnv>;
  readonly next: Next;
  /** Who answers, where that may be the first to see the request. */
  readonly middleware: MiddlewareHandler<AuthEnv> | undefined;
}

type Result = Promise<Response | undefined>;

const binding: AdapterBinding<Exchange, Result> = {
  readHead: ({ context }) => readNodeHead(context) ?? new WebRequestHead(context.req.raw, context.env),
  refuse: ({ context, middleware }, answer) => Promise.resolve(toHonoResponse(context, answer, middleware)),
  proceed: ({ context, next }, auth, headers) => {
    context.set('auth', auth);
    // Afterwards: what is set before is lost where the handler returns its own Response
    return next().then(headers.length === 0 ? nothing : () => setHeaders(context, headers));
  },
  fail: (_exchange, error) => Promise.reject(error),
  capabilities: {
    readBody: ({ context }, limits) => readBody(context, limits),
    guardStream: async ({ context }, stream, proceed) => {
      const outgoing = readNodeResponse(context);
      if (outgoing !== undefined) guardNodeStream(outgoing, stream);
      await proceed();
      if (outgoing !== undefined) return undefined;
      const guarded = guardWebStream(context.res, stream);
      if (guarded === context.res) return undefined;
      replaceResponse(context, guarded);
      return undefined;
    },
    holdResponse: ({ context, middleware }, refusal, proceed) =>
      holdResponse(context, refusal, readSetHeaders(context, middleware), proceed),
  },
};

/** Middleware that asks a gate. */
export function toMiddleware(gate: Gate): MiddlewareHandler<AuthEnv> {
  const middleware: MiddlewareHandler<AuthEnv> = (context, next) =>
    runGate(gate, binding, { context, next, middleware });
  return middleware;
}

/** A router that answers what the endpoint answers. */
export function toRouter(endpoint: Endpoint, { paths, preflightPaths }: RouterPaths): MetadataRouter {
  const notice = createNotice(endpoint);
  const watch = noteSilent<MiddlewareHandler<AuthEnv>>((context, next) => {
    notice(context);
    return next();
  });
  const isWatched = endpoint.mountedBelow !== undefined;
  return createMetadataRouter(toEndpointMiddleware(endpoint), isWatched ? watch : undefined, {
    paths,
    preflightPaths,
  });
}

/** Tells the endpoint where it is mounted, which Hono shows with the first request. */
function createNotice(endpoint: Endpoint): (context: Context<AuthEnv>) => void {
  let isDue = true;
  return ({ req }) => {
    if (!isDue) return;
    isDue = false;
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- what replaces it, older versions of Hono do not have
    const path = req.routePath;
    const prefix = path.replace(/\/?\*?$/, '');
    endpoint.mountedBelow?.(
      prefix,
      "app.route('/', mcpAuth.protectedResourceMetadataRouter()), on an app without basePath",
    );
  };
}

/** Hono takes what `next` resolves to for a response. */
function nothing(): undefined {
  return undefined;
}

function toEndpointMiddleware(endpoint: Endpoint): MiddlewareHandler {
  const notice = createNotice(endpoint);
  const middleware: MiddlewareHandler<AuthEnv> = (context, next) => {
    notice(context);
    return Promise.resolve(
      runEndpoint(endpoint, binding, { context, next, middleware: undefined }, () => next().then(nothing)),
    );
  };
  return middleware;
}
