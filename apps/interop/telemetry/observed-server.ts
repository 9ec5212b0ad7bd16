import { once } from 'node:events';
import { createServer } from 'node:http';
import { MCPAuth } from '@mcp-auth/express';
import { telemetry, type TelemetryOptions } from '@mcp-auth/opentelemetry';
import { createTestIssuer } from '@mcp-auth/testing';
import express, { type RequestHandler } from 'express';

export const issuer = 'https://auth.example.com';
/** Configured too; every request to it fails. */
export const issuerThatFails = 'https://down.example.com';
export const resource = 'http://127.0.0.1/mcp';
/** The one tool that a rule names. */
export const namedTool = 'whoami';

export interface ObservedServer {
  /** A token for this server, or with other claims. */
  readonly sign: (claims?: Readonly<Record<string, string>>) => Promise<string>;
  /** Calls a tool. @returns the status of the response */
  readonly ask: (token: string | undefined, tool: string) => Promise<number>;
  close(): void;
}

/**
 * A server on Express that is observed. Its authorization server has fixed keys, and is asked as any other.
 *
 * @param before - what each request runs through first, such as the instrumentation of HTTP
 */
export async function startObservedServer(
  options: TelemetryOptions,
  before: RequestHandler = (_request, _response, next) => next(),
): Promise<ObservedServer> {
  const testIssuer = createTestIssuer({ issuer, audience: resource });
  const mcpAuth = new MCPAuth({
    resource,
    authorizationServers: [issuer, issuerThatFails],
    fetch: (address, init) =>
      address.startsWith(issuerThatFails)
        ? Promise.reject(new Error('connection refused'))
        : testIssuer.fetch(address, init),
    onEvent: telemetry(options),
  });
  const app = express().use(before);
  app.all(
    '/mcp',
    mcpAuth.bearerAuth('jwt', { operations: { tools: { [namedTool]: [], '*': () => Promise.resolve([]) } } }),
    (_request, response) => void response.json({}),
  );
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  return {
    sign: (claims) => testIssuer.mintToken({ subject: 'alice', clientId: 'app', claims }),
    ask: async (token, name) => {
      const { status } = await fetch(`http://127.0.0.1:${port}/mcp`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } }),
      });
      return status;
    },
    close: () => void server.close(),
  };
}
