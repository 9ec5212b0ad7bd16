import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

const open: (() => void)[] = [];

/** A server on loopback until the end of the test; returns its origin. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers by path; a function gets the origin, because documents name it. */
export async function serveDocuments(
  documents: (origin: string) => Readonly<Record<string, unknown>>,
): Promise<string> {
  const origin: string = await serve((request, response) => {
    const document = documents(origin)[request.url ?? ''];
    if (document === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
    response.end(typeof document === 'string' ? document : JSON.stringify(document));
  });
  return origin;
}

afterEach(() => {
  for (const close of open.splice(0)) close();
});
