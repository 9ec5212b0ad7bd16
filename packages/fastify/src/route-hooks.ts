import { MCPAuthConfigError } from '@mcp-auth/core';
import {
  runAuthenticate,
  runAuthorize,
  runGate,
  type AllowDecision,
  type Gate,
} from '@mcp-auth/core/adapter';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { binding, type Done, type Exchange } from './binding.js';

/**
 * Route options that protect a route: the second argument of `app.post`, or spread into a longer one.
 *
 * Use both hooks: Fastify parses the body between them, and scopes per operation are decided in the second. Where a route
 * has none, and no context, Fastify sees the first hook only.
 */
export interface BearerAuthRouteOptions {
  readonly onRequest: BearerAuthHook;
  readonly preHandler: BearerAuthHook;
}

/** A hook for applications with any server, HTTP/2 included, any logger and any type provider. */
export type BearerAuthHook = (
  request: { readonly raw: object },
  reply: { readonly raw: object },
  done: (error?: Error) => void,
) => void;

type AnyRequest = Parameters<BearerAuthHook>[0];
type AnyReply = Parameters<BearerAuthHook>[1];

/** The hooks for one gate: as many as it has questions. */
export function createRouteOptions(gate: Gate): BearerAuthRouteOptions {
  return gate.judgesOperations || gate.authContext !== undefined ? createHooks(gate) : createHook(gate);
}

/** Fastify calls hooks with nothing else; of the type parameters, none matters to the binding. */
function toExchange(request: AnyRequest, reply: AnyReply, done: Done): Exchange {
  return { request: request as FastifyRequest, reply: reply as FastifyReply, done };
}

/** Nothing is left to ask after the first hook: the second is there for those who mount it, and not in the way of others. */
function createHook(gate: Gate): BearerAuthRouteOptions {
  let admission: Admission | undefined;
  const hooks = {
    onRequest: (request: AnyRequest, reply: AnyReply, done: Done) => {
      void runGate(gate, binding, toExchange(request, reply, admission?.note(request, done) ?? done));
    },
    get preHandler(): BearerAuthHook {
      const { assert } = (admission ??= createAdmission());
      return (request, _reply, done) => assert(request, done);
    },
  };
  // Fastify copies the enumerable members of route options
  return Object.defineProperty(hooks, 'preHandler', { enumerable: false });
}

function createHooks(gate: Gate): BearerAuthRouteOptions {
  const pending = new WeakMap<AnyRequest, AllowDecision>();
  const admission = createAdmission();
  const preHandler: BearerAuthHook = (request, reply, done) => {
    const decision = pending.get(request);
    if (decision === undefined) admission.assert(request, done);
    else void runAuthorize(gate, binding, toExchange(request, reply, done), decision);
  };
  const anywhere: Mounting = { isComplete: false };
  let mounting = anywhere;
  const createOnRequest = (mounted: Mounting): BearerAuthHook => {
    const remember = (decision: AllowDecision, { request }: Exchange) => {
      // Half of the protection would let operations pass unjudged
      if (!mounted.isComplete) throw missingHook('preHandler', 'operations are judged in the second');
      pending.set(request, decision);
    };
    return (request, reply, done) => {
      void runAuthenticate(
        gate,
        binding,
        toExchange(request, reply, admission.note(request, done)),
        remember,
      );
    };
  };
  return {
    onRequest: whenMounted(createOnRequest(anywhere), () =>
      createOnRequest((mounting = { isComplete: false })),
    ),
    preHandler: whenMounted(preHandler, () => {
      anywhere.isComplete = mounting.isComplete = true;
      return preHandler;
    }),
  };
}

/** Whether the second hook stands on the same route as the first. */
interface Mounting {
  isComplete: boolean;
}

/**
 * Fastify binds the hooks of a route when it is ready, those that run first before those that run later. What else a route
 * has, a hook cannot see: options that are spread may have lost one of the two to a hook of the application.
 */
function whenMounted<Hook extends object>(hook: Hook, mount: () => Hook): Hook {
  return Object.defineProperty(hook, 'bind', { value: mount });
}

/** Which requests the first hook let pass: the second alone would let everybody in. */
interface Admission {
  readonly note: (request: AnyRequest, done: Done) => Done;
  readonly assert: (request: AnyRequest, done: Done) => void;
}

function createAdmission(): Admission {
  const admitted = new WeakSet<AnyRequest>();
  return {
    note: (request, done) => (error) => {
      if (error === undefined) admitted.add(request);
      done(error);
    },
    assert: (request, done) => {
      if (admitted.has(request)) done();
      else done(missingHook('onRequest', 'credentials are judged in the first'));
    },
  };
}

function missingHook(name: keyof BearerAuthRouteOptions, reason: string): MCPAuthConfigError {
  const message = `is not mounted. Use both hooks of bearerAuth, onRequest and preHandler: ${reason}.`;
  return new MCPAuthConfigError('invalid_option', name, message);
}
