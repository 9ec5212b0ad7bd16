import { parseJsonBody, type BodyOutcome } from '@mcp-auth/core/adapter';
import { judgeParsedBody } from '@mcp-auth/core/node';
import type { FastifyRequest } from 'fastify';

/**
 * The body to judge: what Fastify has parsed of the one that was received, for that is what the handler works with. A parser
 * that hands out text or bytes is replaced by its canonical spelling, so that a second parser cannot read it differently.
 */
export function readParsedBody(request: FastifyRequest, received: BodyOutcome): BodyOutcome {
  if (received.kind !== 'json') return received;
  const { body } = request;
  if (body === undefined || body === null) {
    // Fastify parses none of a GET, and a parser may hand out nothing
    request.body = received.value;
    return received.value === undefined ? { kind: 'empty' } : received;
  }
  // A document that is a string, parsed; the text of a document never equals what it stands for
  const isParsed = (typeof body !== 'string' && !Buffer.isBuffer(body)) || body === received.value;
  if (isParsed) return judgeParsedBody(body);
  const outcome = parseJsonBody(body);
  if (outcome.kind === 'json') {
    const text = JSON.stringify(outcome.value);
    request.body = typeof body === 'string' ? text : Buffer.from(text);
  }
  return outcome;
}
