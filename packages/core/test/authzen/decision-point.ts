import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a decision point got. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** How it answers: as a function writes it, or with a status, headers and a body (a string as it is, all else as JSON). */
export type Respond = (response: ServerResponse, received: Received) => void;

export interface DecisionPoint {
  readonly url: string;
  readonly received: Received[];
  respond: Respond;
  close(): Promise<void>;
}

/** 200 with JSON, unless it is told otherwise. */
export function answer(
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): Respond {
  return (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  };
}

/** A stub that follows the HTTP binding of AuthZEN 1.0 as far as it is told what to answer. */
export async function startDecisionPoint(): Promise<DecisionPoint> {
  const point: DecisionPoint = {
    url: '',
    received: [],
    respond: answer({ decision: false }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const body = text === '' ? undefined : (JSON.parse(text) as unknown);
      const received = { path: request.url ?? '', headers: request.headers, body };
      point.received.push(received);
      point.respond(response, received);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(point, { url: `http://127.0.0.1:${port}` });
}
