import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

/** An engine that answers as it is told. */
export interface Stub {
  url: string;
  /** What was sent to it, as text. */
  readonly received: string[];
  respond: (response: ServerResponse, body: Record<string, unknown>, request: IncomingMessage) => void;
}

/** Answers 200 with JSON. */
export const json = (body: unknown) => (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** For one file of tests, on this machine. */
export function useStub(): Stub {
  const stub: Stub = { url: '', received: [], respond: json({}) };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      stub.received.push(text, JSON.stringify(request.headers));
      stub.respond(response, JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>, request);
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return stub;
}

/** What no engine answers that works. */
export const outages: readonly (readonly [string, Stub['respond']])[] = [
  ['status 500', (response) => void response.writeHead(500).end('{}')],
  ['status 401', (response) => void response.writeHead(401).end('{}')],
  ['a redirect', (response) => void response.writeHead(307, { location: '/elsewhere' }).end()],
  ['text', (response) => void response.writeHead(200).end('allow')],
  ['null', json(null)],
  ['true', json(true)],
  ['a list', json([true])],
  ['another word', json({ result: 'permit', allowed: 'true' })],
  ['nothing', json({})],
  ['a connection that breaks', (response) => void response.destroy()],
  [
    'too much',
    (response) => void response.writeHead(200).end(`{"result":"allow","x":"${'x'.repeat(400_000)}"}`),
  ],
  ['no answer in time', () => undefined],
];
