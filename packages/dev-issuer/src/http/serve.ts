import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DevIssuerError } from '../errors.js';

const address = '127.0.0.1';

/** A server on this machine alone. */
export interface Listening {
  readonly port: number;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

/** @throws {DevIssuerError} `port_unavailable` */
export async function listenHere(listener: RequestListener, port: number): Promise<Listening> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, listener);
  server.maxConnections = 500;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port)));
    server.listen(port, address, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function explain({ code, message }: NodeJS.ErrnoException, port: number): DevIssuerError {
  const what =
    code === 'EADDRINUSE'
      ? `is in use: stop the program that listens there, or choose another one`
      : `cannot be listened on (${code ?? message}): choose another one`;
  return new DevIssuerError('port_unavailable', `Port ${port} ${what}.`);
}
