import type { MCPAuthEvent } from '@mcp-auth/core';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { authContext, getAuthInfo, requireScopes } from '../../src/context.js';
import { getAuth, MCPAuth, type BearerAuthOptions, type BearerAuthRouteOptions } from '../../src/index.js';

export const resource = 'https://api.example.com/mcp';
export const issuer = 'https://as.example.com';

/** A token is its subject and its scopes here: `alice.read.admin`. */
export function verify(token: string) {
  const [subject = '', ...scopes] = token.split('.');
  return { issuer, subject, scopes, audience: resource, expiresAt: Date.now() / 1000 + 600 };
}

export const operations = { tools: { '*': [], erase: ['admin'] } };

/** What a route can be asked to do, by what is written on it. */
export const gates: Readonly<Record<string, Partial<BearerAuthOptions>>> = {
  'a plain gate': {},
  'a gate with a context': { asyncContext: authContext },
  'a gate with operations': { operations },
  'a gate with both': { operations, asyncContext: authContext },
};

/** The name of a gate, whether it judges operations, and whether it carries the caller. */
export const gateRows = Object.entries(gates).map(
  ([name, options]) => [name, options.operations !== undefined, options.asyncContext !== undefined] as const,
);

export const call = (name: string) => ({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } });

export interface Fixture {
  readonly app: FastifyInstance;
  readonly mcpAuth: MCPAuth;
  readonly events: MCPAuthEvent[];
  /** What the handler saw, each time it ran. */
  readonly handled: (string | undefined)[];
  readonly handler: (request: { readonly raw: object }) => string;
  readonly protect: (options?: Partial<BearerAuthOptions>) => BearerAuthRouteOptions;
  /** The plugin of MCP Auth, as it has to be: first, and awaited. */
  readonly install: (app?: FastifyInstance) => Promise<void>;
}

const open: FastifyInstance[] = [];

/** To be called after each test. */
export async function closeApps(): Promise<void> {
  for (const app of open.splice(0)) await app.close();
}

export function create(options: FastifyServerOptions = {}): Fixture {
  const events: MCPAuthEvent[] = [];
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
    onEvent: (event) => events.push(event),
  });
  const app = Fastify(options);
  open.push(app);
  const handled: (string | undefined)[] = [];
  return {
    ...{ app, mcpAuth, events, handled },
    handler: (request) => {
      const subject = getAuth(request)?.subject;
      handled.push(subject);
      return `in: ${subject ?? 'nobody'}`;
    },
    protect: (more = {}) => mcpAuth.bearerAuth(verify, { resource, ...more }),
    install: async (application = app) => {
      await application.register(mcpAuth.protectedResourceMetadataRouter());
    },
  };
}

export interface Sent {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  readonly url?: string;
  readonly token?: string;
  readonly body?: unknown;
}

/** One request in process; a POST that calls a tool unless it says otherwise. */
export async function send(app: FastifyInstance, { method = 'POST', url = '/mcp', token, body }: Sent = {}) {
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(method === 'POST' && { 'content-type': 'application/json' }),
  };
  const payload = method === 'POST' ? { payload: JSON.stringify(body ?? call('search')) } : {};
  return app.inject({ method, url, headers, ...payload });
}

/** What a handler learns from the async context. */
export function tellContext(): string {
  requireScopes('read');
  return getAuthInfo()?.subject ?? 'nobody';
}
