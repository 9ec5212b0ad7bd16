import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { registerConformance, type ConformanceSubject } from '@mcp-auth/conformance';
import { describe, test } from 'vitest';
import { MCPAuth } from '../src/index.js';

const subject: ConformanceSubject = {
  name: 'node:http',
  async start({ config, routes, openPath, frontHeaders, handle }) {
    const mcpAuth = new MCPAuth(config);
    const publish = mcpAuth.protectedResourceMetadataRouter();
    const listeners = new Map(
      routes.map(({ path, mode, options }) => [
        path,
        mcpAuth.bearerAuth(mode, options, async (request, response) => {
          const body = request.body ?? (await readBody(request));
          response.setHeader('Content-Type', 'application/json');
          response.end(JSON.stringify(await handle(request.auth, body)));
        }),
      ]),
    );
    const server = createServer((request, response) => {
      for (const [name, value] of frontHeaders) response.setHeader(name, value);
      if (publish(request, response)) return;
      const path = new URL(request.url ?? '', 'http://localhost').pathname;
      const listener = listeners.get(path);
      if (path === openPath) response.end('open');
      else if (listener === undefined) response.writeHead(404).end();
      else listener(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  },
};

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : text;
  }
}

describe('node:http', () => {
  registerConformance(subject, test);
});
