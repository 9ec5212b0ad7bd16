import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { RunningSubject } from '../subject.js';
import { closeServer, listen } from './listen.js';

/** What the server hands on with a request, as Deno does: who sent it. */
export interface FetchHost {
  readonly remoteAddr: { readonly hostname: string };
}

/** A web-standard handler. */
export type FetchHandler = (request: Request, host: FetchHost) => Response | Promise<Response>;

/**
 * Serves a web-standard handler over node:http, so that it meets requests as Fetch shows them: repeated headers arrive
 * joined by a comma.
 *
 * @see RFC 9110 §5.3
 * @example
 * ```ts
 * import { serveFetch } from '@mcp-auth/conformance';
 *
 * const { origin, close } = await serveFetch(() => new Response('open'));
 * console.log((await fetch(origin)).status);
 * await close();
 * ```
 */
export async function serveFetch(handler: FetchHandler): Promise<RunningSubject> {
  const server = createServer((incoming, outgoing) => {
    exchange(handler, incoming, outgoing).catch(() => {
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    });
  });
  const origin = await listen(server);
  return { origin, close: () => closeServer(server) };
}

async function exchange(
  handler: FetchHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const request = toRequest(incoming);
  if (request === undefined) {
    outgoing.writeHead(405, { allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' }).end();
    return;
  }
  const response = await handler(request, {
    remoteAddr: { hostname: incoming.socket.remoteAddress ?? '' },
  });
  const headers = [...response.headers].flat();
  outgoing.writeHead(response.status, headers);
  outgoing.end(incoming.method === 'HEAD' ? undefined : Buffer.from(await response.arrayBuffer()));
}

function toRequest(incoming: IncomingMessage): Request | undefined {
  const { method = 'GET', url: target = '/', rawHeaders } = incoming;
  // Request throws for these (Fetch, forbidden methods)
  if (/^(CONNECT|TRACE|TRACK)$/i.test(method)) return undefined;
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  const { 'content-length': length = '0', 'transfer-encoding': coding } = incoming.headers;
  const hasBody = (length !== '0' || coding !== undefined) && !/^(GET|HEAD)$/.test(method);
  const body = hasBody ? toStream(incoming) : null;
  // A base URL would lose against targets such as //other.example/
  const url = target.startsWith('/') ? `http://${incoming.headers.host ?? 'localhost'}${target}` : target;
  return new Request(url, { method, headers, body, duplex: 'half' } as RequestInit);
}

/** A body that is read when somebody asks for it. What nobody wants is received and dropped, so that the answer can be read. */
function toStream(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let isWanted = true;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        incoming.on('data', (chunk: Buffer) => {
          if (!isWanted) return;
          controller.enqueue(new Uint8Array(chunk));
          incoming.pause();
        });
        incoming.on('end', () => isWanted && controller.close());
        incoming.on('error', (error) => isWanted && controller.error(error));
        incoming.pause();
      },
      pull() {
        incoming.resume();
      },
      cancel() {
        isWanted = false;
        incoming.resume();
      },
    },
    { highWaterMark: 0 },
  );
}
