import { MCPAuth } from '@mcp-auth/core/fetch';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

interface Environment {
  readonly RESOURCE: string;
  readonly ISSUER: string;
}

/** Once for all requests of an isolate: keys and good tokens are remembered in it. */
let server: ReturnType<typeof createServer> | undefined;

function createServer({ RESOURCE, ISSUER }: Environment) {
  const mcpAuth = new MCPAuth({
    resource: RESOURCE,
    authorizationServers: [ISSUER],
    // The header that Cloudflare itself sets; no socket is to be seen here
    limits: { failedAttempts: {}, peer: (request) => request.header('cf-connecting-ip') },
  });
  const mcp = createMcpHandler(() => new McpServer({ name: 'notes', version: '1.0.0' }));
  return mcpAuth.protect(mcp, { requiredScopes: ['notes:read'] });
}

export default {
  fetch: (request: Request, environment: Environment): Promise<Response> =>
    (server ??= createServer(environment)).fetch(request),
};
