import type { BodyProblemKind } from '@mcp-auth/core/adapter';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Protection } from './protection.js';

type ErrorHandler = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void;

/**
 * Answers what Fastify's own parser finds wrong with a body, for example a member `__proto__`, as the gate answers all that
 * is wrong with bodies. Every other error goes on to the error handler of the application, as it would have.
 */
export function createErrorHandler(protections: readonly Protection[]): ErrorHandler {
  return (error, request, reply) => {
    const problem = toProblem(error);
    const goOn = (): void => void reply.send(error);
    const isAnswered =
      problem !== undefined && protections.some((each) => each.refuseBody(request, reply, problem, goOn));
    if (!isAnswered) goOn();
  };
}

const kinds: Readonly<Record<string, BodyProblemKind>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'wrong-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'empty',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'aborted',
  FST_ERR_CTP_INVALID_JSON_BODY: 'not-json',
};

function toProblem({ code, name, statusCode }: FastifyError): BodyProblemKind | undefined {
  // Earlier releases of Fastify 5 hand on what the parser throws
  return kinds[code] ?? (name === 'SyntaxError' && statusCode === 400 ? 'not-json' : undefined);
}
