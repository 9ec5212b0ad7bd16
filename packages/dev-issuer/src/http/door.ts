import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLocalOrigin } from './loopback.js';
import { findRoute, type Route } from './routes.js';

/** A request that is not let in, and why: for whoever has to find out. */
export interface Refusal {
  readonly status: number;
  readonly sentence: string;
}

/**
 * Finds what a request is for, or why it is not let in.
 *
 * Checks: `Host` is the issuer's own, so that a page whose name was made to lead here (DNS rebinding) gets nothing; `Origin` is the
 * issuer's own, or that of a page on this machine where clients need it; pages for users are opened as pages, and their form is sent by
 * themselves. Does not check: which user of this machine asks.
 */
export function openDoor(request: IncomingMessage, host: string): Route | Refusal {
  const { method = '', headers, headersDistinct, url = '' } = request;
  // RFC 9112 §3.2: Node keeps the first of several
  if ((headersDistinct['host'] ?? []).length > 1) return refuse(400, 'There is more than one Host.');
  if (headers.host !== host)
    return refuse(421, `This issuer is http://${host} and answers under no other name.`);
  const path = pathOf(request);
  // RFC 9112 §3.2.2: a target with an origin in it is not a path either
  const route = findRoute(path);
  if (route === undefined) return refuse(404, 'There is nothing here.');
  if (!route.methods.includes(method)) return refuse(405, 'This method is of no use here.');
  if (!isOriginAllowed(route, headers.origin, host))
    return refuse(
      403,
      'Pages of other origins may read the metadata and the keys of this issuer, and no more.',
    );
  if (route.kind !== 'page') return route;
  return findRefusalOfPage(request, url) ?? route;
}

function isOriginAllowed({ kind }: Route, origin: string | undefined, host: string): boolean {
  if (origin === undefined || origin === `http://${host}` || kind === 'public') return true;
  return kind === 'client' && isLocalOrigin(origin);
}

/** Fetch Metadata: browsers say what a request is for. Programs other than browsers say nothing, or a mode alone, as `fetch` of Node does. */
function findRefusalOfPage({ method, headers }: IncomingMessage, url: string): Refusal | undefined {
  const { 'sec-fetch-dest': dest = 'document' } = headers;
  if (dest !== 'document') return refuse(403, 'This is opened as a page, and not by another page.');
  const { 'sec-fetch-site': site = 'same-origin' } = headers;
  if (method === 'POST' && site !== 'same-origin')
    return refuse(403, 'The form is sent from the page of this issuer only.');
  // oidc-provider would answer with a page that runs a script
  const modes = new URL(`http://localhost${url}`).searchParams.getAll('response_mode');
  return modes.every((each) => each === 'query')
    ? undefined
    : refuse(400, 'There is no response_mode but query.');
}

function refuse(status: number, sentence: string): Refusal {
  return { status, sentence };
}

export function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}

/** A page on this machine may register a client, which `oidc-provider` lets no page do. Tells whether that was all that was asked. */
export function allowRegistration({ headers, method }: IncomingMessage, response: ServerResponse): boolean {
  const { origin, 'access-control-request-headers': wanted } = headers;
  response.setHeader('Vary', 'Origin');
  if (origin !== undefined) response.setHeader('Access-Control-Allow-Origin', origin);
  if (method !== 'OPTIONS') return false;
  response.setHeader('Access-Control-Allow-Methods', 'POST');
  if (wanted !== undefined) response.setHeader('Access-Control-Allow-Headers', wanted);
  response.writeHead(204).end();
  return true;
}
