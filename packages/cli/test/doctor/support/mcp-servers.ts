import { MCPAuth as ExpressAuth } from '@mcp-auth/express';
import { MCPAuth as HonoAuth } from '@mcp-auth/hono';
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import { Hono } from 'hono';
import { type Served, serveApp } from './serve.js';

/** How a server of the tests is set up. */
export interface ServerSettings {
  readonly issuer: string;
  /** Default: the URL that clients use. */
  readonly resource?: (origin: string) => string;
  readonly path?: string;
  readonly requiredScopes?: readonly string[];
  /** Whether pages of the MCP Inspector may call. */
  readonly cors?: boolean;
  /** A tool that needs this scope in addition. */
  readonly toolScope?: string;
}

interface Message {
  readonly id?: unknown;
  readonly method: string;
  readonly params?: { readonly name?: string };
}

/** What a small MCP server says; nothing to a notification. */
export function answerMessage({ id, method, params }: Message): object | undefined {
  const tools = [
    { name: 'read', inputSchema: { type: 'object' } },
    { name: 'write', inputSchema: { type: 'object' } },
  ];
  const result = (value: object): object => ({ jsonrpc: '2.0', id, result: value });
  switch (method) {
    case 'initialize':
      return result({
        protocolVersion: '2025-11-25',
        capabilities: { tools: {} },
        serverInfo: { name: 'small', version: '1.0.0' },
      });
    case 'tools/list':
      return result({ tools });
    case 'tools/call':
      return result({ content: [{ type: 'text', text: `${params?.name ?? ''} done` }] });
    default:
      return id === undefined
        ? undefined
        : { jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } };
  }
}

function settle(settings: ServerSettings, origin: string) {
  const { issuer, resource, path = '/mcp', requiredScopes = [], toolScope, cors = false } = settings;
  const operations =
    toolScope === undefined
      ? undefined
      : { tools: { write: [...requiredScopes, toolScope], '*': [...requiredScopes] } };
  return {
    path,
    config: {
      protectedResources: {
        metadata: { resource: resource?.(origin) ?? `${origin}${path}`, authorizationServers: [{ issuer }] },
        ...(cors ? { cors: { origins: ['http://localhost:6274'] } } : undefined),
      },
      log: false as const,
    },
    route: {
      requiredScopes: [...requiredScopes],
      ...(operations === undefined ? undefined : { operations }),
    },
  };
}

export function startExpress(settings: ServerSettings): Promise<Served> {
  return serveApp((origin) => {
    const { path, config, route } = settle(settings, origin);
    const mcpAuth = new ExpressAuth(config);
    const app = express().use(mcpAuth.protectedResourceMetadataRouter());
    app.post(path, mcpAuth.bearerAuth(route), express.json(), (request, response) => {
      const answer = answerMessage(request.body as Message);
      if (answer === undefined) response.status(202).end();
      else response.json(answer);
    });
    return app;
  });
}

export function startHono(settings: ServerSettings): Promise<Served> {
  return serveApp((origin) => {
    const { path, config, route } = settle(settings, origin);
    const mcpAuth = new HonoAuth(config);
    const app = new Hono().route('/', mcpAuth.protectedResourceMetadataRouter());
    app.post(path, mcpAuth.bearerAuth(route), async (c) => {
      const answer = answerMessage(await c.req.json());
      return answer === undefined ? c.body(null, 202) : c.json(answer);
    });
    return getRequestListener(app.fetch);
  });
}
