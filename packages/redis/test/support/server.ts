import type { MCPAuthEvent, StoreEvent, StoreOptions } from '@mcp-auth/core';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { createProver, createTestIssuer } from '@mcp-auth/testing';

const resource = 'https://api.example.com/mcp';
const issuer = createTestIssuer({ audience: resource });
const prover = createProver();

/** One of several servers that trust one issuer. */
export async function startServer(stores: StoreOptions) {
  const events: MCPAuthEvent[] = [];
  const mcpAuth = new MCPAuth({
    resource,
    ...issuer.mcpAuthOptions,
    dpop: { mode: 'dpop-optional' },
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
  const send = (token: string, dpop: string) =>
    route.fetch(new Request(resource, { headers: { authorization: `DPoP ${token}`, dpop } }));
  const makeProof = (token: string, nonce?: string) =>
    prover.prove({ method: 'GET', url: resource, token, nonce });
  return {
    issuer,
    ask: async (token: string) => (await route.fetch(requestWith(token))).status,
    /** A token that is bound to the key of the client. */
    bind: () => issuer.mintToken({ boundTo: prover.boundTo }),
    /** With a nonce of this server. */
    prove: async (token: string) => {
      const answer = await send(token, await makeProof(token));
      return makeProof(token, answer.headers.get('dpop-nonce') ?? 'none');
    },
    askWithProof: async (token: string, proof: string) => (await send(token, proof)).status,
    openStream: async (token: string) => streams.fetch(requestWith(token)),
    revoke: (subject = 'user-1') => mcpAuth.revoke({ issuer: issuer.issuer, subject }),
    /** Of outages of one store. */
    phases: (store: StoreEvent['store'] = 'revocations') =>
      events.flatMap((event) => (event.type === 'store' && event.store === store ? [event.phase] : [])),
    close: () => mcpAuth.close(),
  };
}
