import type { IncomingMessage, RequestListener } from 'node:http';
import { allowedHostnames, listen } from '@mcp-auth/app-sample-kit';
import { validateOriginHeader } from '@modelcontextprotocol/server';
import { issuer } from './contract.js';
import { hosts, type HostName } from './hosts/hosts.js';
import type { Mechanism } from './mechanism.js';

export interface RunningFixture {
  readonly resource: string;
  close(): Promise<void>;
}

/**
 * Starts the fixture on loopback; port 0 takes any free one.
 *
 * @throws {StartupError} when the port cannot be had
 */
export async function startFixture(
  host: HostName,
  mechanism: Mechanism,
  port: number,
): Promise<RunningFixture> {
  // The resource identifier is known once the port is
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  const server = await listen(
    (request, response) => {
      if (isFromStranger(request, resource)) response.writeHead(403).end();
      else listener(request, response);
    },
    port,
    '127.0.0.1',
  );
  const resource = `http://127.0.0.1:${server.port}/mcp`;
  listener = await hosts[host]({
    resource,
    mechanism,
    config: {
      protectedResources: {
        metadata: {
          resource,
          scopesSupported: ['mcp:conformance:baseline'],
          authorizationServers: [{ issuer }],
        },
      },
      onEvent: () => undefined,
    },
  });
  return { resource, close: () => server.close() };
}

/** Whether a page of another origin asks the endpoint. The metadata is for every page. */
function isFromStranger({ url = '', headers: { origin } }: IncomingMessage, resource: string): boolean {
  const isEndpoint = url.split('?', 1)[0] === new URL(resource).pathname;
  return isEndpoint && !validateOriginHeader(origin, allowedHostnames(resource)).ok;
}
