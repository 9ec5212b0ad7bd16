import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartupError } from './startup-error.js';

/** A listening server. */
export interface RunningServer {
  readonly port: number;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

/**
 * Listens on a port; 0 takes any free one. `advice` tells how to have another one.
 *
 * @throws {StartupError} one sentence when the port cannot be had
 */
export async function listen(
  listener: RequestListener,
  port: number,
  host: string,
  advice = 'choose another port',
): Promise<RunningServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port, advice)));
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function explain(error: NodeJS.ErrnoException, port: number, advice: string): StartupError {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartupError(`Port ${port} is in use: stop the program that listens there, or ${advice}.`);
    case 'EACCES':
      return new StartupError(`Port ${port} may not be used by this user: choose one above 1023.`);
    default:
      return new StartupError(`Port ${port} cannot be listened on (${error.code ?? error.message}).`);
  }
}
