import { MCPAuth, type AuthInfo } from '@mcp-auth/express';
import { localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import express from 'express';

const resource = 'http://localhost:3000/mcp';
const authorizationServers = [{ issuer: 'https://auth.example.com' }];
const mcpAuth = new MCPAuth({ protectedResources: { metadata: { resource, authorizationServers } } });

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, ({ http }) => {
    const { subject = 'nobody' } = http?.authInfo as AuthInfo;
    return { content: [{ type: 'text', text: subject }] };
  });
  return server;
});
const handleMcp = toNodeHandler(mcp);

const app = express();
app.use(localhostHostValidation());
// Before the check of origins: pages of any origin may read where tokens come from
app.use(mcpAuth.protectedResourceMetadataRouter());
app.use(localhostOriginValidation());
app.all('/mcp', mcpAuth.bearerAuth('jwt', { resource }), (request, response) =>
  handleMcp(request, response, request.body),
);
app.listen(3000, '127.0.0.1');
