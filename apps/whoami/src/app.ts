import { allowedHostnames, type Sample, type SampleConfig } from '@mcp-auth/app-sample-kit';
import { MCPAuth, type OperationPolicy } from '@mcp-auth/express';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import express, { type RequestHandler } from 'express';
import { createServer } from './server.js';
import type { TokenSettings } from './token-settings.js';
import { createUserInfoVerifier } from './user-info-verifier.js';
import { Visitors } from './visitors.js';

export interface WhoamiConfig extends SampleConfig, TokenSettings {}

/** An MCP server on Express that tells its callers who they are. */
export function createApp(config: WhoamiConfig): Sample {
  const { issuer, furtherIssuers = [], resource, introspection } = config;
  const mcpAuth = new MCPAuth({
    fetch: config.fetch,
    onEvent: config.onEvent,
    checkAtStart: config.checkAtStart,
    protectedResources: {
      metadata: {
        resource,
        resourceName: 'Who am I',
        authorizationServers: [
          { issuer, introspection },
          ...furtherIssuers.map((trusted) => ({ issuer: trusted })),
        ],
        // Asked for by clients, for the name; not required
        scopesSupported: ['profile'],
      },
    },
  });
  const visitors = new Visitors();
  const mcp = toNodeHandler(createMcpHandler(() => createServer(visitors)));
  const hostnames = allowedHostnames(resource);

  const app = express();
  app.disable('x-powered-by');
  app.use(hostHeaderValidation(hostnames));
  // Before the validation of origins: pages of any origin may read the metadata
  app.use(mcpAuth.protectedResourceMetadataRouter());
  app.all(
    new URL(resource).pathname,
    originValidation(hostnames),
    protect(mcpAuth, config),
    (request, response) => mcp(request, response, request.body),
  );
  return { listener: app, ready: () => mcpAuth.ready(), close: () => mcpAuth.close() };
}

/** What each tool needs; one that is not named stays closed. */
const operations: OperationPolicy = {
  tools: { whoami: [], 'list-visitors': ['visitors:read'], '*': 'refuse' },
};

/** JWTs by default; opaque tokens too where the issuer may be asked about them; see the README for userinfo. */
function protect(mcpAuth: MCPAuth, config: WhoamiConfig): RequestHandler {
  const {
    issuer,
    resource,
    introspection,
    userInfoMaxAgeSeconds: lifetimeWithoutExpirySeconds,
    fetch,
  } = config;
  const options = { resource, operations };
  if (lifetimeWithoutExpirySeconds === undefined) {
    return mcpAuth.bearerAuth(introspection === undefined ? 'jwt' : 'auto', options);
  }
  const verify = createUserInfoVerifier({ issuer, resource, acceptTokensOfAnyApplication: true, fetch });
  return mcpAuth.bearerAuth(verify, { ...options, lifetimeWithoutExpirySeconds });
}
