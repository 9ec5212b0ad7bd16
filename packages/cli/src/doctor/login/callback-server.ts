import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** Where the browser comes back to. */
export interface CallbackServer {
  readonly redirectUri: string;
  /** The address the browser came back with; nothing when the time is over. */
  wait(timeoutMs: number): Promise<URL | undefined>;
  close(): Promise<void>;
}

const path = '/callback';
const page =
  '<!doctype html><meta charset="utf-8"><title>mcp-auth doctor</title><p>You can close this page and go back to the terminal.';

/**
 * Listens on 127.0.0.1 for the answer to one login (RFC 8252 §7.3).
 *
 * Checks: method, path, and that the request names this address as its host, so that no other name leads here.
 * Does not check: the answer itself.
 */
export async function startCallbackServer(port: number): Promise<CallbackServer> {
  let deliver: (url: URL) => void = () => undefined;
  const arrived = new Promise<URL>((resolve) => {
    deliver = resolve;
  });
  const server = createServer((request, response) => {
    const target = request.url ?? '';
    const isCallback = request.method === 'GET' && (target === path || target.startsWith(`${path}?`));
    if (!isCallback || request.headers.host !== authority) {
      response.writeHead(404).end();
      return;
    }
    response
      .writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'",
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      })
      .end(page);
    deliver(new URL(target, `http://${authority}`));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const authority = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    redirectUri: `http://${authority}${path}`,
    async wait(timeoutMs) {
      const stop = new AbortController();
      const over = setTimeout(timeoutMs, undefined, { signal: stop.signal }).catch(() => undefined);
      try {
        return await Promise.race([arrived, over]);
      } finally {
        stop.abort();
      }
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
