import type { RequestListener } from 'node:http';
import { listen } from '@mcp-auth/app-sample-kit';
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
  const server = await listen((request, response) => listener(request, response), port, '127.0.0.1');
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
