import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { redirectUrl } from '../lib/code-flow.js';

/** A client id metadata document, and how often it was asked for. */
export interface ClientDocument {
  /** Where it is, which is the id of the client. */
  readonly url: string;
  readonly requests: number;
  close(): Promise<void>;
}

/** Publishes a public client that may refresh its tokens, on loopback. */
export async function publishClient(scopes: readonly string[]): Promise<ClientDocument> {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        client_id: url,
        client_name: 'Known by its document',
        redirect_uris: [redirectUrl],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
        scope: scopes.join(' '),
      }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/client.json`;
  return {
    url,
    get requests() {
      return requests;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
