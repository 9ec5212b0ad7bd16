import { AuthInfo } from '@mcp-auth/core';
import {
  runAuthenticate,
  runAuthorize,
  runGate,
  toError,
  type AllowDecision,
  type BodyLimits,
  type BodyOutcome,
  type BodyProblemKind,
  type Gate,
} from '@mcp-auth/core/adapter';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';
import { binding, type Done, type Exchange } from './binding.js';
import { findParserLimit } from './parser-limits.js';
import { receiveBody } from './receive-body.js';

export type PayloadDone = (error?: Error | null, payload?: RequestPayload) => void;

/** How far a request has come that may come in. */
interface Passage {
  /** What is left to do in front of the handler, where anything is: judge the operation, enter the async context. */
  readonly pending: AllowDecision | undefined;
  received?: BodyOutcome;
  isComplete?: boolean;
}

type MarkedRequest = Record<symbol, Passage | undefined>;

/**
 * One gate in front of Fastify routes, for which Fastify has several stages. Each question is asked once in a request, by
 * no matter which stage comes first, so that a route that has lost a hook denies every request.
 */
export class Protection {
  readonly gate: Gate;
  /** Where a request keeps its passage: a map would cost more than the rest of a plain gate. */
  readonly #mark = Symbol('passage');

  constructor(gate: Gate) {
    this.gate = gate;
  }

  /** What the gate reads of a body at most. */
  get maxBodyBytes(): number {
    return this.gate.bodyLimits(anybody).maxBytes;
  }

  /** All of a gate without operations and context, in one stage that cannot get lost: nothing is kept. */
  run(request: FastifyRequest, reply: FastifyReply, done: Done): void {
    void runGate(this.gate, binding, { request, reply, done });
  }

  /** Asks the first question; `done` gets what is left to do. */
  authenticate(
    request: FastifyRequest,
    reply: FastifyReply,
    done: (error?: Error, pending?: AllowDecision) => void,
  ): void {
    let pending: AllowDecision | undefined;
    const exchange = { request, reply, done: (error?: Error) => done(error, pending) };
    void runAuthenticate(this.gate, binding, exchange, (decision) => {
      pending = decision;
    });
  }

  /** Whether a request has passed the first question. */
  hasAdmitted(request: object): boolean {
    return this.#passageOf(request) !== undefined;
  }

  /** The first stage: lets a request go on that may come in. */
  admit(request: FastifyRequest, reply: FastifyReply, done: Done): void {
    this.#whenAdmitted(request, reply, done, () => done());
  }

  /** The second stage: reads the body by which the operation is to be judged, and hands one on for Fastify's parsers. */
  receive(request: FastifyRequest, reply: FastifyReply, payload: RequestPayload, done: PayloadDone): void {
    this.#whenAdmitted(request, reply, done, (passage) => {
      const { pending } = passage;
      if (pending?.next !== 'authorize') {
        done(null, payload);
        return;
      }
      receiveBody(request, payload, this.#limitsOf(request, pending)).then(
        (received) => {
          passage.received = received.outcome;
          if (received.outcome.kind === 'empty') forgetBody(request.raw.headers);
          const goOn: Done = (error) => done(error ?? null, received.payload);
          if (isForParsers(received.outcome, request.method)) goOn();
          else this.#authorize({ request, reply, done: goOn, received: received.outcome }, pending);
        },
        (error: unknown) => done(toError(error)),
      );
    });
  }

  /** The last stage: judges the operation by what was parsed, and enters the async context of the route. */
  complete(request: FastifyRequest, reply: FastifyReply, done: Done): void {
    this.#whenAdmitted(request, reply, done, (passage) => {
      const { pending, received, isComplete = false } = passage;
      if (pending === undefined || isComplete) {
        done();
        return;
      }
      const note: Done = (error) => {
        passage.isComplete = error === undefined;
        done(error);
      };
      this.#authorize({ request, reply, done: note, received }, pending);
    });
  }

  /**
   * Answers what Fastify's parsers find wrong with the body of a request, where they have it; otherwise that is not for this gate,
   * and the result is `false`.
   */
  refuseBody(request: FastifyRequest, reply: FastifyReply, kind: BodyProblemKind, done: Done): boolean {
    const { pending, received, isComplete = false } = this.#passageOf(request) ?? {};
    if (pending === undefined || received?.kind !== 'json' || isComplete) return false;
    this.#authorize({ request, reply, done, received: { kind } }, pending);
    return true;
  }

  #whenAdmitted(
    request: FastifyRequest,
    reply: FastifyReply,
    fail: (error: Error) => void,
    next: (passage: Passage) => void,
  ): void {
    const known = this.#passageOf(request);
    if (known !== undefined) {
      next(known);
      return;
    }
    this.authenticate(request, reply, (error, pending) => {
      if (error !== undefined) {
        fail(error);
        return;
      }
      const passage: Passage = { pending };
      this.#setPassage(request, passage);
      next(passage);
    });
  }

  #passageOf(request: object): Passage | undefined {
    return (request as MarkedRequest)[this.#mark];
  }

  #setPassage(request: object, passage: Passage): void {
    (request as MarkedRequest)[this.#mark] = passage;
  }

  #authorize(exchange: Exchange, pending: AllowDecision): void {
    void runAuthorize(this.gate, binding, exchange, pending);
  }

  /** The application may have set a lower limit, and Fastify's own answer beyond it is not one of JSON-RPC. */
  #limitsOf(request: FastifyRequest, { auth }: AllowDecision): BodyLimits {
    const limits = this.gate.bodyLimits(auth);
    const maxBytes = Math.min(limits.maxBytes, request.routeOptions.bodyLimit, findParserLimit(request));
    return { ...limits, maxBytes };
  }
}

/** Whether the rest is for Fastify's parsers; otherwise the answer is due. Only a POST must have a body. */
function isForParsers({ kind }: BodyOutcome, method: string): boolean {
  return kind === 'json' || (kind === 'empty' && method !== 'POST');
}

/** What is not there has neither a type nor a coding of its transfer; Fastify's parsers take that for a mistake. */
function forgetBody(headers: FastifyRequest['headers']): void {
  delete headers['content-type'];
  delete headers['transfer-encoding'];
}

/** Limits depend on whether there is a caller, not on who it is. */
const anybody = Object.create(AuthInfo.prototype) as AuthInfo;
