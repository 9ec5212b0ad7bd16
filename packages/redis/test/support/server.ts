import type { MCPAuthEvent, StoreEvent, StoreOptions } from '@mcp-auth/core';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { prove, thumbprintOf } from '../../../core/test/support/proofs.js';
import { createKey, type SigningKey } from '../../../core/test/support/keys.js';
import { TestIssuer } from '../../../core/test/support/test-issuer.js';

const resource = 'https://api.example.com/mcp';
const clock = {
  now: () => Date.now(),
  seconds: () => Math.floor(Date.now() / 1000),
  advance: () => undefined,
};
let made: Promise<TestIssuer> | undefined;
let madeKey: Promise<SigningKey> | undefined;

/** One of several servers that trust one issuer. */
export async function startServer(stores: StoreOptions) {
  const issuer = await (made ??= TestIssuer.create(clock));
  const events: MCPAuthEvent[] = [];
  const mcpAuth = new MCPAuth({
    resource,
    authorizationServers: [issuer.issuer],
    dpop: { mode: 'dpop-optional' },
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
  const key = await (madeKey ??= createKey({ kid: null }));
  const send = (token: string, dpop: string) =>
    route.fetch(new Request(resource, { headers: { authorization: `DPoP ${token}`, dpop } }));
  const makeProof = async (token: string, nonce?: string) =>
    prove(key, token, clock.seconds(), { htm: 'GET', htu: resource, nonce });
  return {
    issuer,
    ask: async (token: string) => (await route.fetch(requestWith(token))).status,
    /** A token that is bound to the key of the client. */
    bind: async () => issuer.sign({ cnf: { jkt: thumbprintOf(key) } }),
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
