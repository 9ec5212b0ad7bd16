import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { formatAuditLine, type BlackBoxReport } from '@mcp-auth/conformance/black-box';

/** `npm run test:long` asks every question of every server. */
export const isLong = process.env.AUDIT === 'full';

/** Listens before the server is built, so that its resource can be named by its URL. */
export async function listenFirst(
  build: (resource: string) => RequestListener | Promise<RequestListener>,
): Promise<{ url: string; close(): Promise<void> }> {
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  const server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  listener = await build(url);
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Lines of every MUST and SHOULD that failed. */
export function faultsIn({ results }: BlackBoxReport): readonly string[] {
  return results
    .filter(({ outcome, severity }) => outcome === 'failed' && (severity === 'MUST' || severity === 'SHOULD'))
    .map(formatAuditLine);
}

/** Ids of them. */
export function namesOfFaults({ results }: BlackBoxReport): ReadonlySet<string> {
  const faults = results.filter(
    ({ outcome, severity }) => outcome === 'failed' && (severity === 'MUST' || severity === 'SHOULD'),
  );
  return new Set(faults.map(({ id }) => id));
}
