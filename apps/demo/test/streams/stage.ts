import { createServer, type Server } from 'node:http';
import { createSessionRegistry, getAuth, MCPAuth, type AuthInfo, type StreamPolicy } from '@mcp-auth/express';
import { createTestClock, createTestIssuer } from '@mcp-auth/testing';
import express, { type Request, type Response as ExpressResponse } from 'express';
import { closeServer, listen } from '../../../../packages/core/test/support/listen.js';
import { OAuthSession } from '../../src/oauth-session.js';

/** What answers a request that may come in. */
export type Handle = (
  request: Request,
  response: ExpressResponse,
  auth: AuthInfo | undefined,
) => Promise<void>;

/** A transport of either version of the SDK. */
interface Transport {
  handleRequest(request: unknown, response: unknown, body?: unknown): Promise<void>;
}

interface SessionHooks {
  readonly opened: (id: string) => void;
}

/** An MCP server with sessions, as the documentation shows it. */
export function withSessions(
  create: (auth: AuthInfo | undefined, hooks: SessionHooks) => Promise<Transport>,
): Handle {
  const sessions = createSessionRegistry<Transport>({ maxSessions: 5 });
  return async (request, response, auth) => {
    const id = request.get('mcp-session-id');
    const known = sessions.find(id, auth);
    if (id !== undefined && known === undefined) {
      response.status(404).end();
      return;
    }
    const transport: Transport =
      known ?? (await create(auth, { opened: (opened) => sessions.open(opened, auth, transport) }));
    await transport.handleRequest(request, response, request.body);
  };
}

export interface StageOptions {
  readonly streams?: StreamPolicy;
  /** Whether clients get a new token when the old one is over, and do not wait for a 401. */
  readonly refreshesAhead?: boolean;
}

/** A resource server, and an authorization server that hands out a new token for a refresh token, at once. */
export async function setStage(handle: Handle, { streams, refreshesAhead = false }: StageOptions = {}) {
  const clock = createTestClock();
  const issuer = createTestIssuer({ clock });
  const app = express();
  const server: Server = createServer(app);
  const origin = await listen(server);
  const resource = `${origin}/mcp`;
  const mcpAuth = new MCPAuth({
    resource,
    ...issuer.mcpAuthOptions,
    onEvent: () => undefined,
  });
  app.use(mcpAuth.protectedResourceMetadataRouter());
  app.use('/mcp', mcpAuth.bearerAuth({ resource, streams }), (request, response, next) => {
    handle(request, response, getAuth(request)).catch(next);
  });
  const sign = () => issuer.mintToken({ audience: resource });
  const seen = { refreshed: 0, unauthorized: 0 };
  const forClients: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== new URL(issuer.issuer).origin) {
      const response = await fetch(input, init);
      if (response.status === 401) seen.unauthorized++;
      return response;
    }
    if (url.pathname !== '/token') return issuer.fetch(url.href, { method: 'GET' } as never);
    seen.refreshed++;
    return Response.json({
      access_token: await sign(),
      token_type: 'Bearer',
      refresh_token: 'again',
      expires_in: 300,
    });
  };
  const provider = new OAuthSession();
  const seconds = () => Math.floor(clock.now() / 1000);
  const end = seconds() + 300;
  if (refreshesAhead) {
    const first = provider.tokens.bind(provider);
    provider.tokens = (() =>
      seconds() < end
        ? first()
        : sign().then((token) => ({ access_token: token, token_type: 'Bearer' }))) as never;
  }
  provider.saveClientInformation({ client_id: 'client-1', issuer: issuer.issuer });
  provider.saveTokens({
    access_token: await sign(),
    token_type: 'Bearer',
    refresh_token: 'first',
    issuer: issuer.issuer,
  });
  return {
    clock,
    issuer,
    mcpAuth,
    seen,
    url: new URL(resource),
    transportOptions: { authProvider: provider, fetch: forClients },
    close: async () => {
      await mcpAuth.close();
      await closeServer(server);
    },
  };
}

interface StoredEvent {
  readonly stream: string;
  readonly message: never;
}

/** Events in the order in which they came; enough for either version of the SDK. */
export function createEventStore() {
  const events: StoredEvent[] = [];
  return {
    storeEvent: (stream: string, message: unknown) =>
      Promise.resolve(`${events.push({ stream, message: message as never }) - 1}`),
    replayEventsAfter: async (
      last: string,
      { send }: { send: (id: string, message: never) => Promise<void> },
    ) => {
      const stream = events[Number(last)]?.stream ?? '';
      for (const [index, event] of events.entries()) {
        if (index > Number(last) && event.stream === stream) await send(`${index}`, event.message);
      }
      return stream;
    },
  };
}
