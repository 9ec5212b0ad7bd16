import { judgeBodyHeaders, type BodyLimits, type BodyOutcome } from '@mcp-auth/core/adapter';
import { collectNodeBody, judgeParsedBody, readBodyHeaders } from '@mcp-auth/core/node';
import type { FastifyRequest, RequestPayload } from 'fastify';
import { Readable } from 'node:stream';

/** A body that was read to its end, or why it was not. */
export interface Received {
  readonly outcome: BodyOutcome;
  /** The same bytes for Fastify's parsers, in one piece, because they keep every piece that comes. */
  readonly payload: RequestPayload;
}

/** Reads the body of a request in front of Fastify's parsers, with the outcomes that the other frameworks have. */
export async function receiveBody(
  request: FastifyRequest,
  payload: RequestPayload,
  limits: BodyLimits,
): Promise<Received> {
  // Serverless platforms read and parse the body themselves; a parser of the application may know where they put it
  if (payload.readableDidRead) {
    return receiveAgain(payload, readBodyHeaders(request).contentLength);
  }
  // The same of a body without a byte, which nobody can be seen to have read
  if (payload.readableEnded) return { outcome: { kind: 'empty' }, payload };
  const headers = readBodyHeaders(request);
  const problem = judgeBodyHeaders(headers, limits.maxBytes);
  if (problem !== undefined) return { outcome: problem, payload };
  const received = await collectNodeBody(payload, limits, (collector): Received => {
    const outcome = collector.finish();
    const isUntyped = outcome.kind === 'json' && headers.contentType === undefined;
    return {
      outcome: isUntyped ? { kind: 'wrong-type' } : outcome,
      payload: toPayload(collector.bytes(), payload.receivedEncodedLength),
    };
  });
  return 'payload' in received ? received : { outcome: received, payload };
}

/**
 * A body that was read in front: parsers wait for the end of its stream, which has been. They get a stream with what was left of
 * it in the usual place, and with all else that was written on the first one.
 */
function receiveAgain(payload: RequestPayload & { readonly body?: unknown }, announced = '0'): Received {
  const { body } = payload;
  const outcome = judgeParsedBody(body);
  if (outcome.kind !== 'json') return { outcome, payload };
  const left = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const bytes = Buffer.from((left as string | undefined) ?? '');
  const again = toPayload(bytes, Number(announced));
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(payload))) {
    if (!(name in again)) Object.defineProperty(again, name, property);
  }
  // What it holds is for parsers to say
  const pending = { kind: 'json', value: undefined } as const;
  return { outcome: pending, payload: payload.readableEnded ? again : payload };
}

/** @param encodedLength - which Fastify compares with Content-Length; of a body that was not decoded it is its length */
function toPayload(bytes: Uint8Array, encodedLength = bytes.byteLength): RequestPayload {
  const payload: RequestPayload = new Readable();
  payload.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  payload.push(null);
  payload.receivedEncodedLength = encodedLength;
  return payload;
}
