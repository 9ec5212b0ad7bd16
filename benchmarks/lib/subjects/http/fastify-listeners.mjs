import { MCPAuth } from '@mcp-auth/fastify';
import { listeners } from '../listeners.mjs';
import { listenOn } from './fastify.mjs';

/** MCP Auth on Fastify, by who hears of its decisions. */
export const httpSubjects = Object.fromEntries(
  Object.entries(listeners).map(([name, create]) => [
    name,
    ({ issuer, jwks, resource, scope, file }) => {
      const authorizationServers = [{ metadata: { issuer }, jwks }];
      const mcpAuth = new MCPAuth({ resource, authorizationServers, ...create(file) });
      return listenOn(mcpAuth.bearerAuth({ requiredScopes: [scope] }));
    },
  ]),
);
