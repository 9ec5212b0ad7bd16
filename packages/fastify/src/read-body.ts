import { parseJsonBody, type BodyLimits, type BodyOutcome } from '@mcp-auth/core/adapter';
import type { FastifyRequest } from 'fastify';

/**
 * Takes the body that Fastify has parsed, within Fastify's own `bodyLimit` and this one. A parser that hands out text or
 * bytes is replaced by its canonical spelling, so that a second parser cannot read it differently.
 */
export function readBody(request: FastifyRequest, { maxBytes }: BodyLimits): BodyOutcome {
  if (Number(request.headers['content-length']) > maxBytes) return { kind: 'too-large' };
  const { body } = request;
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) {
    if (body !== undefined && body !== null) return { kind: 'json', value: body };
    // Fastify leaves the body of a GET in the stream, where a handler could still find it
    return isAnnounced(request) ? { kind: 'not-json' } : { kind: 'empty' };
  }
  const outcome = parseJsonBody(body);
  if (outcome.kind === 'json') {
    const text = JSON.stringify(outcome.value);
    request.body = typeof body === 'string' ? text : Buffer.from(text);
  }
  return outcome;
}

function isAnnounced({ headers }: FastifyRequest): boolean {
  return Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
}
