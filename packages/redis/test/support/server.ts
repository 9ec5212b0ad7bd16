import type { MCPAuthEvent, StoreOptions } from '@mcp-auth/core';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { TestIssuer } from '../../../core/test/support/test-issuer.js';

const resource = 'https://api.example.com/mcp';
const clock = {
  now: () => Date.now(),
  seconds: () => Math.floor(Date.now() / 1000),
  advance: () => undefined,
};
let made: Promise<TestIssuer> | undefined;

/** One of several servers that trust one issuer. */
export async function startServer(stores: StoreOptions) {
  const issuer = await (made ??= TestIssuer.create(clock));
  const events: MCPAuthEvent[] = [];
  const mcpAuth = new MCPAuth({
    resource,
    authorizationServers: [issuer.issuer],
    fetch: issuer.fetch,
    onEvent: (event) => events.push(event),
    stores,
  });
  const route = mcpAuth.protect({ fetch: () => new Response('in') });
  const streams = mcpAuth.protect({
    fetch: () => {
      const start = (controller: ReadableStreamDefaultController<Uint8Array>) =>
        controller.enqueue(new TextEncoder().encode(': open\n\n'));
      return new Response(new ReadableStream({ start }), {
        headers: { 'content-type': 'text/event-stream' },
      });
    },
  });
  const requestWith = (token: string) =>
    new Request(resource, { headers: { authorization: `Bearer ${token}` } });
  await mcpAuth.ready();
  return {
    issuer,
    ask: async (token: string) => (await route.fetch(requestWith(token))).status,
    openStream: async (token: string) => streams.fetch(requestWith(token)),
    revoke: () => mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' }),
    /** Of outages of the list of revocations. */
    phases: () =>
      events.flatMap((event) =>
        event.type === 'store' && event.store === 'revocations' ? [event.phase] : [],
      ),
    close: () => mcpAuth.close(),
  };
}
