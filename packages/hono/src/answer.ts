import { addToList, isListHeader, type Answer, type HeaderList } from '@mcp-auth/core/adapter';
import type { Context, Handler } from 'hono';
import type { StatusCode } from 'hono/utils/http-status';

/**
 * An answer as a response of Hono's, with the headers that middleware in front has set.
 *
 * @param middleware - who answers, where that may be the first to see the request
 */
export function toHonoResponse(context: Context, answer: Answer, middleware: Handler | undefined): Response {
  const { status, headers, body } = answer;
  if (isFirst(context, middleware)) return new Response(body ?? null, toInit(answer));
  setHeaders(context, headers);
  context.status(status as StatusCode);
  return body === undefined ? context.body(null) : context.body(body);
}

/** Sets headers on the response to come; list headers are added to, all others replaced. */
export function setHeaders(context: Context, headers: HeaderList): undefined {
  for (const [name, value] of headers) {
    const present = isListHeader(name) ? context.res.headers.get(name) : undefined;
    context.header(name, [addToList(name, present, value)].flat().join(', '));
  }
  return undefined;
}

/** Puts a response instead of the one that is there, which Hono would otherwise copy the headers of. */
export function replaceResponse(context: Context, response: Response): void {
  context.res = undefined;
  context.res = response;
}

/**
 * The headers that middleware in front has set, which a refusal must keep; nothing where nobody can have set any. Hono does not tell which
 * are set, and to look costs more than the rest of a refusal.
 */
export function readSetHeaders(context: Context, middleware: Handler | undefined): Headers | undefined {
  return isFirst(context, middleware) ? undefined : new Headers(context.newResponse(null).headers);
}

const silent = new WeakSet<Handler>();

/** Notes middleware that sets no headers: whoever stands behind is the first that may. */
export function noteSilent<Middleware extends Handler>(middleware: Middleware): Middleware {
  silent.add(middleware);
  return middleware;
}

function isFirst({ req }: Context, middleware: Handler | undefined): boolean {
  // `routeIndex` alone does not tell: code that wraps the middleware has the same one.
  /* eslint-disable @typescript-eslint/no-deprecated -- what takes its place came with Hono 4.8 */
  const { routeIndex, matchedRoutes } = req;
  /* eslint-enable @typescript-eslint/no-deprecated */
  if (matchedRoutes[routeIndex]?.handler !== middleware) return false;
  for (let index = 0; index < routeIndex; index++) {
    const handler = matchedRoutes[index]?.handler;
    if (handler === undefined || !silent.has(handler)) return false;
  }
  return middleware !== undefined;
}

interface Init {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

const inits = new WeakMap<Answer, Init>();

/** Of an answer that serves many requests it is made once. */
function toInit(answer: Answer): Init {
  return inits.get(answer) ?? createInit(answer);
}

function createInit(answer: Answer): Init {
  const fields: Record<string, string> = {};
  for (const [name, value] of answer.headers) {
    const present = isListHeader(name) ? fields[name] : undefined;
    fields[name] = [addToList(name, present, value)].flat().join(', ');
  }
  const init = { status: answer.status, headers: fields };
  if (Object.isFrozen(answer)) inits.set(answer, init);
  return init;
}
