import type { LateRefusal } from '@mcp-auth/core/adapter';
import { holdNodeResponse, type NodeHeaders } from '@mcp-auth/core/node';
import { holdWebResponse, isEventStreamType, toResponse } from '@mcp-auth/core/web';
import type { Context } from 'hono';
import { replaceResponse } from './answer.js';
import { readOwnResponse } from './read-node-head.js';

/**
 * Puts the answer of a refusal instead of the response, as long as that has not begun. Any response but an event stream is complete when its handler
 * returns. A stream is held where it is written, so that it is handed on as it is: on Node that is the Node response, elsewhere a stream
 * around it.
 *
 * @param set - headers that a refusal keeps; nothing where there can be none
 */
export async function holdResponse(
  context: Context,
  refusal: LateRefusal,
  set: Headers | undefined,
  proceed: () => Promise<unknown>,
): Promise<undefined> {
  const failure = await settle(proceed);
  if (failure === undefined && !refusal.isRaised && isEventStream(context))
    return holdStream(context, refusal, set);
  const answer = refusal.settle();
  if (answer !== undefined) {
    if (context.finalized) void context.res.body?.cancel().catch(() => undefined);
    replaceResponse(context, toResponse(answer, set));
  } else if (failure !== undefined) {
    throw failure.error;
  }
  return undefined;
}

async function settle(proceed: () => Promise<unknown>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await proceed();
    return undefined;
  } catch (error) {
    return { error };
  }
}

function isEventStream(context: Context): boolean {
  return context.finalized && isEventStreamType(context.res.headers.get('content-type'));
}

async function holdStream(
  context: Context,
  refusal: LateRefusal,
  set: Headers | undefined,
): Promise<undefined> {
  const outgoing = readOwnResponse(context);
  if (outgoing === undefined) {
    replaceResponse(context, await holdWebResponse(context.res, refusal, set));
    return undefined;
  }
  const ofHandler = readHeaders(context.res.headers);
  // Set on the Node response in front of Hono
  const before = outgoing.getHeaders();
  holdNodeResponse(outgoing, refusal, ([, sent]) => ({
    ...before,
    ...keepHeaders(readHeaders(set), ofHandler, sent),
  }));
  return undefined;
}

type Fields = Readonly<Record<string, string | string[]>>;

function readHeaders(headers: Headers | undefined): Fields {
  if (headers === undefined) return {};
  const cookies = headers.getSetCookie();
  return { ...Object.fromEntries(headers), ...(cookies.length > 0 && { 'set-cookie': cookies }) };
}

/** About the content that a refusal replaces. */
const ofContent = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'etag',
]);

/** What was set before the handler ran, and what middleware in front has set since, of which Hono sends all in one. */
function keepHeaders(set: Fields, ofHandler: Fields, sent: unknown): NodeHeaders {
  const kept: Record<string, string | string[]> = { ...set };
  for (const [name, value] of Object.entries((sent ?? {}) as Fields)) {
    const key = name.toLowerCase();
    const before = ofHandler[key];
    if (ofContent.has(key)) continue;
    if (!Array.isArray(value)) {
      if (value !== before) kept[key] = value;
      continue;
    }
    const added = value.filter((line) => before === undefined || !before.includes(line));
    if (added.length > 0) kept[key] = [set[key] ?? [], added].flat();
  }
  return kept;
}
