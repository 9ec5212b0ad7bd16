import type { AdapterBinding, BodyOutcome } from '@mcp-auth/core/adapter';
import { guardNodeStream, holdNodeResponse, NodeRequestHead } from '@mcp-auth/core/node';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendAnswer, setHeaders } from './answer.js';
import { attachAuth } from './get-auth.js';
import { readParsedBody } from './read-parsed-body.js';

export type Done = (error?: Error) => void;

export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly done: Done;
  /** What came as the body, where it was read. */
  readonly received?: BodyOutcome | undefined;
}

export const binding: AdapterBinding<Exchange, void> = {
  readHead: ({ request }) => new NodeRequestHead(request.raw),
  refuse: ({ reply }, answer) => sendAnswer(reply, answer),
  proceed: ({ request, reply, done }, auth, headers) => {
    setHeaders(reply, headers);
    attachAuth(request, auth);
    done();
  },
  capabilities: {
    // Without having been received a body is none that could be judged
    readBody: ({ request, received = { kind: 'not-json' } }) => readParsedBody(request, received),
    guardStream: ({ reply }, stream, proceed) => {
      guardNodeStream(reply.raw, stream);
      proceed();
    },
    holdResponse: ({ reply }, refusal, proceed) => {
      holdNodeResponse(reply.raw, refusal, reply.getHeaders());
      proceed();
    },
  },
  fail: ({ done }, error) => done(error),
};
