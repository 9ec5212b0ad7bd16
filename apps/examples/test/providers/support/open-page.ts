import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The server of a page as it is printed there, on a port of this machine. */
export interface OpenPage {
  get(path: string): Promise<Response>;
  /** Calls the MCP endpoint; a header other than `Authorization` takes the token as it is. */
  call(token?: string, header?: string): Promise<Response>;
  close(): Promise<void>;
}

/** @param network - the fetch of the platform: the global one stands for the providers */
export async function openPage(app: RequestListener, network: typeof fetch): Promise<OpenPage> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    get: (path) => network(origin + path),
    call: (token, header) => {
      const headers: Record<string, string> = {};
      if (token !== undefined && header === undefined) headers.authorization = `Bearer ${token}`;
      if (token !== undefined && header !== undefined) headers[header] = token;
      return network(`${origin}/mcp`, { method: 'POST', headers });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
