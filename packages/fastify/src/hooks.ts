import { MCPAuthConfigError } from '@mcp-auth/core';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';
import type { Done } from './binding.js';
import type { PayloadDone, Protection } from './protection.js';

/** A hook for applications with any server, HTTP/2 included, any logger and any type provider. */
export type BearerAuthHook = (
  request: { readonly raw: object },
  reply: { readonly raw: object },
  done: (error?: Error) => void,
) => void;

/** The same for the hook that reads the body. */
export type BearerAuthPreParsingHook = (
  request: { readonly raw: object },
  reply: { readonly raw: object },
  payload: RequestPayload,
  done: PayloadDone,
) => void;

/** The hooks of one protection, by where they stand. */
export interface Hooks {
  readonly onRequest: BearerAuthHook;
  readonly preParsing?: BearerAuthPreParsingHook;
  readonly preHandler?: BearerAuthHook;
}

export interface LooseHooks extends Hooks {
  readonly preHandler: BearerAuthHook;
}

type AnyRequest = Parameters<BearerAuthHook>[0];
type AnyReply = Parameters<BearerAuthHook>[1];
type Ask = (request: FastifyRequest, reply: FastifyReply, done: Done) => void;

/** Fastify calls hooks with nothing else; of the type parameters, none matters to the binding. */
function toHook(ask: Ask): BearerAuthHook {
  return (request: AnyRequest, reply: AnyReply, done) =>
    ask(request as FastifyRequest, reply as FastifyReply, done);
}

/** Hooks for a route or context on which all of them stand: as many as there is something to do. */
export function createHooks(protection: Protection): Hooks {
  const { judgesOperations, authContext } = protection.gate;
  if (!judgesOperations && authContext === undefined) {
    return { onRequest: toHook((request, reply, done) => protection.run(request, reply, done)) };
  }
  const onRequest = toHook((request, reply, done) => protection.admit(request, reply, done));
  const preHandler = toHook((request, reply, done) => protection.complete(request, reply, done));
  if (!judgesOperations) return { onRequest, preHandler };
  return {
    onRequest,
    preParsing: (request, reply, payload, done) =>
      protection.receive(request as FastifyRequest, reply as FastifyReply, payload, done),
    preHandler,
  };
}

/**
 * Hooks for route options, where any of them may get lost to one of the application's own. Each alone closes the route to who
 * may not come in; but none can tell whether the others stand, so where operations are judged they let nobody pass who has not
 * been let pass by hooks that are known to be complete.
 */
export function createLooseHooks(protection: Protection): LooseHooks {
  if (protection.gate.judgesOperations) return createClosedHooks(protection);
  return {
    onRequest: toHook((request, reply, done) => protection.admit(request, reply, done)),
    preHandler: toHook((request, reply, done) => protection.complete(request, reply, done)),
  };
}

function createClosedHooks(protection: Protection): LooseHooks {
  const refuse = (request: FastifyRequest, reply: FastifyReply, done: Done): void => {
    if (protection.hasAdmitted(request)) {
      done();
      return;
    }
    protection.authenticate(request, reply, (error) => done(error ?? notPlaced(request)));
  };
  return {
    onRequest: toHook(refuse),
    preParsing: (request, reply, payload, done) =>
      refuse(request as FastifyRequest, reply as FastifyReply, (error) => done(error ?? null, payload)),
    preHandler: toHook(refuse),
  };
}

function notPlaced({ routeOptions: { method, url } }: FastifyRequest): MCPAuthConfigError {
  return new MCPAuthConfigError(
    'invalid_option',
    'operations',
    `cannot be judged at ${[method].flat().join(', ')} ${url ?? ''}: nothing tells whether all hooks of bearerAuth stand there. ` +
      'Register the plugin that puts them there, before the route and awaited: await app.register(mcpAuth.protectedResourceMetadataRouter()). ' +
      'For a whole context, write context.register(mcpAuth.bearerAuth(…).plugin) instead of addHook.',
  );
}
