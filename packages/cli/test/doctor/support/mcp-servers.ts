import { MCPAuth } from '@mcp-auth/express';
import express from 'express';
import { type Served, serveApp } from './serve.js';
import { answerMessage, type Message } from './small-server.js';

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

/** Configuration and route for these settings. */
export function settle(settings: ServerSettings, origin: string) {
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
    const mcpAuth = new MCPAuth(config);
    const app = express().use(mcpAuth.protectedResourceMetadataRouter());
    app.post(path, mcpAuth.bearerAuth(route), express.json(), (request, response) => {
      const answer = answerMessage(request.body as Message);
      if (answer === undefined) response.status(202).end();
      else response.json(answer);
    });
    return app;
  });
}
