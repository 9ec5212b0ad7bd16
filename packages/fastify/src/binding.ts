import { adapterInterfaceVersion, type AdapterBinding } from '@mcp-auth/core/adapter';
import { holdNodeResponse, NodeRequestHead } from '@mcp-auth/core/node';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendAnswer, setHeaders } from './answer.js';
import { attachAuth } from './get-auth.js';
import { readBody } from './read-body.js';

export type Done = (error?: Error) => void;

export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly done: Done;
}

export const binding: AdapterBinding<Exchange, void> = {
  interfaceVersion: adapterInterfaceVersion,
  readHead: ({ request }) => new NodeRequestHead(request.raw),
  refuse: ({ reply }, answer) => sendAnswer(reply, answer),
  proceed: ({ request, reply, done }, auth, headers) => {
    setHeaders(reply, headers);
    attachAuth(request, auth);
    done();
  },
  capabilities: {
    readBody: ({ request }, limits) => readBody(request, limits),
    holdResponse: ({ reply }, refusal, proceed) => {
      holdNodeResponse(reply.raw, refusal, reply.getHeaders());
      proceed();
    },
  },
  fail: ({ done }, error) =>
    done(error instanceof Error ? error : new Error('Authorization failed', { cause: error })),
};
