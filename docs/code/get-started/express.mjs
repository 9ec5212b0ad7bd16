import { authInfoOf, MCPAuth } from '@mcp-auth/express';
import { localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import express from 'express';

// Who issues tokens, and the URL that clients use for this server
const {
  ISSUER = 'http://127.0.0.1:9400',
  RESOURCE = 'http://localhost:3000/mcp',
  PORT = '3000',
} = process.env;

// 1. Name the resource, and the authorization servers it trusts
const mcpAuth = new MCPAuth({ resource: RESOURCE, authorizationServers: [ISSUER] });

// An MCP server with one tool, on the official SDK
const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: `You are ${authInfoOf(context)?.subject}.` }],
  }));
  return server;
});
const handleMcp = toNodeHandler(mcp);

const app = express();
app.use(localhostHostValidation());

// 2. Publish where tokens come from. Pages of any origin may read that, so it stands before the check of origins
app.use(mcpAuth.protectedResourceMetadataRouter());
app.use(localhostOriginValidation());

// 3. Let nobody pass without a token for this resource
app.all('/mcp', mcpAuth.bearerAuth(), (request, response) => handleMcp(request, response, request.body));

// Express 5 calls this when the port is taken too, with the error
app.listen(Number(PORT), '127.0.0.1', (error) => {
  if (error) throw error;
  console.log(`MCP server: ${RESOURCE}`);
});
