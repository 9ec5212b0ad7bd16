import { parseJsonBody, type BodyLimits, type BodyOutcome } from '@mcp-auth/core/adapter';
import { readWebBody, withJsonBody } from '@mcp-auth/core/web';
import type { Context } from 'hono';

/**
 * Reads the body of a Hono request once and replaces `c.req.raw`, so that handlers and Hono's own `c.req.json()` read the
 * judged value again. A body that a middleware in front has read is taken from Hono's cache.
 */
export async function readBody(context: Context, limits: BodyLimits): Promise<BodyOutcome> {
  const { req } = context;
  const outcome = req.raw.bodyUsed ? parseJsonBody(await req.text()) : await readWebBody(req.raw, limits);
  if (outcome.kind === 'json' || (outcome.kind === 'empty' && req.raw.bodyUsed)) {
    req.raw = withJsonBody(req.raw, outcome.kind === 'json' ? outcome.value : undefined);
    req.bodyCache = {};
  }
  return outcome;
}
