import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const resource = 'https://api.example.com/mcp';
const issuer = 'https://as.example.com';

/** The fetch entry on the host for Node that Get started uses. */
const mcpAuth = new MCPAuth({
  protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
  onEvent: () => undefined,
});
const app = mcpAuth.protect(
  { fetch: async (request) => new Response(`in with ${(await request.text()).length}`) },
  () => ({ issuer, audience: resource, clientId: 'c', scopes: [], expiresAt: 4_000_000_000 }),
  { resource },
);

let server: Server;
beforeAll(async () => {
  const listener = getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false });
  server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** The first line and the body of the answer to what is written on a socket. */
async function send(head: readonly string[], body = ''): Promise<readonly [status: number, text: string]> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  let text = '';
  for await (const chunk of socket) {
    text += String(chunk);
    if (text.includes('\r\n\r\n')) break;
  }
  socket.destroy();
  return [Number(text.split(' ')[1]), text.slice(text.indexOf('\r\n\r\n') + 4)];
}
const post = (host: string, ...others: readonly string[]) => [
  'POST /mcp HTTP/1.1',
  `Host: ${host}`,
  ...others,
];

describe('the fetch entry on Node', () => {
  test.each([
    'a b',
    '[',
    'localhost:99999',
    '%%%',
    '[::1',
    'x@y',
    'local host:1',
    '',
    '::',
    'a/b',
    'a?b',
    'a#b',
  ])(
    '[MCP-2026-07-28-RS-030] a request for the host %j is the client’s mistake, not an error of the server',
    async (host) => {
      expect((await send(post(host, 'Content-Length: 0')))[0]).toBe(400);
    },
  );

  test('[MCP-2026-07-28-RS-030] whoever brings no token is told so before the body has come', async () => {
    expect((await send(post('localhost', 'Content-Length: 1000000'), 'a'))[0]).toBe(401);
  });

  test('two Authorization headers are two', async () => {
    const two = ['Authorization: Bearer a', 'Authorization: Bearer b'];
    const [status, text] = await send(post('localhost', ...two, 'Content-Length: 0'));
    expect([status, text]).toEqual([400, expect.stringContaining('invalid_request')]);
  });

  test.each(['TRACE /mcp', 'POST http://localhost/mcp', 'OPTIONS *', 'POST *', 'GET http://[/mcp'])(
    '%s is refused, not an error of the server',
    async (target) => {
      const [status] = await send([`${target} HTTP/1.1`, 'Host: localhost', 'Content-Length: 0']);
      expect([400, 401]).toContain(status);
    },
  );

  test('a token lets the body through', async () => {
    const head = post('localhost', 'Authorization: Bearer a', 'Content-Length: 3', 'Connection: close');
    expect(await send(head, 'abc')).toEqual([200, expect.stringContaining('in with 3')]);
  });
});
