import { AuthInfo } from '@mcp-auth/express';
import { McpServer, type ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Visitors } from './visitors.js';

const identitySchema = z.object({
  subject: z.string().optional().describe('The user, unique per issuer'),
  name: z.string().optional().describe('What the issuer calls the user'),
  issuer: z.string().describe('The authorization server that vouches for the user'),
  clientId: z.string().describe('The client that acts for the user'),
  scopes: z.array(z.string()).describe('What the user allowed the client to do'),
  audience: z.array(z.string()).describe('The resources the token is meant for'),
  expiresAt: z.string().describe('When the token expires'),
});

export function createServer(visitors: Visitors): McpServer {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool(
    'whoami',
    {
      description: 'Tells who calls, who issued the access token, and what it allows.',
      outputSchema: identitySchema,
      annotations: { readOnlyHint: true },
    },
    (context) => {
      const identity = describeCaller(getCaller(context));
      visitors.add(identity.name ?? identity.subject ?? 'somebody');
      return { content: [{ type: 'text', text: JSON.stringify(identity) }], structuredContent: identity };
    },
  );
  server.registerTool(
    'list-visitors',
    {
      description: 'Lists who has asked so far (visitors:read).',
      outputSchema: z.object({ visitors: z.array(z.object({ name: z.string(), visits: z.number() })) }),
      annotations: { readOnlyHint: true },
    },
    () => {
      const list = { visitors: visitors.list() };
      return { content: [{ type: 'text', text: JSON.stringify(list) }], structuredContent: list };
    },
  );
  return server;
}

/** The SDK types `authInfo` by its own interface; the class check brings back all that MCP Auth put there. */
function getCaller(context: ServerContext): AuthInfo {
  const caller = context.http?.authInfo;
  if (caller instanceof AuthInfo) return caller;
  throw new Error('This tool is served behind bearerAuth only.');
}

function describeCaller(caller: AuthInfo): z.infer<typeof identitySchema> {
  const { subject, issuer, clientId, scopes, audience = [], claims } = caller;
  return {
    ...(subject !== undefined && { subject }),
    ...(typeof claims['name'] === 'string' && { name: claims['name'] }),
    issuer,
    clientId,
    scopes,
    audience: [audience].flat(),
    expiresAt: new Date(caller.expiresAt * 1000).toISOString(),
  };
}
