import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { listMatrixMethods } from '@mcp-auth/conformance';
import type { MCPAuthEvent, OperationPolicy } from '@mcp-auth/core';
import { authContext } from '@mcp-auth/core/context';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { createTestClock, createTestIssuer } from '@mcp-auth/testing';
import { closeServer, listen } from '../../../../packages/core/test/support/listen.js';
import type { CreateHost } from './hosts.js';
import { readAnswer } from './messages.js';
import { Work, type CreateServer } from './official-server.js';

const resource = 'https://api.example.com/mcp';
const secrets = ['a secret of the matrix, which is long enough'];
const patienceMs = 20_000;

/** For these there can be a rule by their name. */
const ruled = listMatrixMethods().filter(
  ({ kind, from, groups }) => kind === 'request' && from !== 'server' && groups.includes('methods'),
);
const high = ['notes:high'];
/** Every operation needs more than the route, and a report more than other tools. */
const operations: OperationPolicy = {
  tools: { report: ['notes:high', 'notes:kept'], '*': high },
  resources: { '*': high },
  prompts: { '*': high },
  methods: Object.fromEntries(ruled.map(({ name }) => [name, high])),
};

/** What tokens hold. */
export const scopes = {
  other: 'notes:other',
  lower: 'notes:read notes:kept',
  withoutKept: 'notes:read notes:high',
  all: 'notes:read notes:high notes:kept',
};

async function serve(listener: RequestListener) {
  const server = createHttpServer(listener);
  const origin = await listen(server);
  return { url: `${origin}/mcp`, close: () => closeServer(server) };
}

/** A server with nothing in front of it: what it does by itself. */
export async function openBare(createServer: CreateServer) {
  const mcpAuth = new MCPAuth({
    resource,
    authorizationServers: ['https://as.example.com'],
    onEvent: () => undefined,
  });
  const server = createServer(mcpAuth.handles({ operations, secrets }), new Work());
  const http = await serve((request, response) => void server.onNode(request, response, undefined));
  return {
    ask: async (init: RequestInit, isOpen: boolean) =>
      readAnswer(await fetch(http.url, { ...init, signal: AbortSignal.timeout(patienceMs) }), { isOpen }),
    close: async () => {
      await server.close();
      await mcpAuth.close();
      await http.close();
    },
  };
}

/** A server behind the gate of one adapter. */
export async function openWorld(createHost: CreateHost, createServer: CreateServer) {
  const clock = createTestClock();
  const issuer = createTestIssuer({ audience: resource, clock });
  const faults: MCPAuthEvent[] = [];
  const { mcpAuth, server, listener } = await createHost({
    config: {
      resource,
      ...issuer.mcpAuthOptions,
      onEvent: (event) => {
        if (event.type === 'fault') faults.push(event);
      },
    },
    options: {
      resource,
      requiredScopes: ['notes:read'],
      operations,
      asyncContext: authContext,
      streams: 'end',
    },
    createServer: (auth) =>
      createServer(auth.handles({ resource, operations, secrets, now: clock.now }), new Work()),
  });
  const http = await serve(listener);
  const sign = (scope: string, subject = 'user-1', expiresInSeconds = 300) =>
    issuer.mintToken({ scopes: scope.split(' '), subject, expiresInSeconds });
  const send = (init: RequestInit, token?: string) => {
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    return fetch(http.url, { ...init, headers, signal: AbortSignal.timeout(patienceMs) });
  };
  return {
    clock,
    issuer,
    work: server.work,
    /** What went wrong. */
    faults,
    sign,
    send,
    /** Asks as somebody, and without a scope as nobody. */
    ask: async (
      init: RequestInit,
      { scope, sub, isOpen = false }: { scope?: string; sub?: string; isOpen?: boolean } = {},
    ) => readAnswer(await send(init, scope === undefined ? undefined : await sign(scope, sub)), { isOpen }),
    close: async () => {
      await server.close();
      await mcpAuth.close();
      await http.close();
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
