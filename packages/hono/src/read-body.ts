import { parseJsonBody, type BodyLimits, type BodyOutcome } from '@mcp-auth/core/adapter';
import { readHostBody } from '@mcp-auth/core/node';
import { readWebBody, withJsonBody } from '@mcp-auth/core/web';
import type { Context, HonoRequest } from 'hono';
import { readOwnResponse } from './read-node-head.js';

/**
 * Reads the body of a Hono request once, so that handlers, `c.req.raw` and Hono's own `c.req.json()` read the judged value again: from
 * the request that is there where the host is Node, from another one elsewhere. A body that a middleware in front has read is taken from
 * Hono's cache.
 */
export async function readBody(context: Context, limits: BodyLimits): Promise<BodyOutcome> {
  const { req } = context;
  const isRead = Object.keys(req.bodyCache).length > 0 || req.raw.bodyUsed;
  const read = isRead ? undefined : await readHostBody(req.raw, limits, readOwnResponse(context));
  if (read !== undefined) {
    // Hono parses text otherwise
    if (read.kind === 'json') setJson(req, () => req.raw.json());
    return read;
  }
  const outcome = req.raw.bodyUsed ? parseJsonBody(await req.text()) : await readWebBody(req.raw, limits);
  if (outcome.kind === 'json' || (outcome.kind === 'empty' && req.raw.bodyUsed)) {
    req.raw = withJsonBody(req.raw, outcome.kind === 'json' ? outcome.value : undefined);
    req.bodyCache = {};
    // Of a gate in front, which has judged what may have been replaced since
    if (isOurs in req) delete (req as Partial<Marked>).json;
  }
  return outcome;
}

/** On requests whose method `json` is of here. */
const isOurs = Symbol('json of the judged value');

interface Marked extends HonoRequest {
  [isOurs]?: true;
}

function setJson(req: Marked, json: () => Promise<unknown>): void {
  req[isOurs] = true;
  Object.defineProperty(req, 'json', { value: json, configurable: true, writable: true });
}
