import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Served {
  readonly origin: string;
  readonly requests: readonly Arrived[];
}

/** What a stand-in answers; nothing: 404. */
export interface StandInAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly json?: unknown;
  readonly text?: string;
}

export type AnswerFor = (request: Arrived, origin: string) => StandInAnswer | undefined;

/** Runs an application on a free port of 127.0.0.1 until the test is over. */
export async function serveApp(create: (origin: string) => RequestListener): Promise<Served> {
  const requests: Arrived[] = [];
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, path: url, headers, body: '' });
    listener(request, response);
  });
  const origin = await listenUntilEnd(server);
  listener = create(origin);
  return { origin, requests };
}

/** Runs a stand-in: a server that answers what the test says. */
export async function standIn(answer: AnswerFor): Promise<Served> {
  const requests: Arrived[] = [];
  let origin = '';
  const server = createServer((request, response) => {
    void respond(request, response, (arrived) => {
      requests.push(arrived);
      return answer(arrived, origin);
    });
  });
  origin = await listenUntilEnd(server);
  return { origin, requests };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: Arrived) => StandInAnswer | undefined,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', url = '', headers } = request;
  const body = Buffer.concat(chunks).toString('utf8');
  const found = answer({ method, path: url, headers, body }) ?? { status: 404, text: 'Not found' };
  const { status = 200, json, text } = found;
  response.writeHead(status, {
    'content-type': json === undefined ? 'text/plain' : 'application/json',
    ...(found.headers as Record<string, string | string[]> | undefined),
  });
  response.end(json === undefined ? text : JSON.stringify(json));
}

async function listenUntilEnd(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
