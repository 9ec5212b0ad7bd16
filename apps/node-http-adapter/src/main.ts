import { createServer } from 'node:http';
import { MCPAuth } from './mcp-auth.js';

const { ISSUER: issuer, RESOURCE: resource = 'http://localhost:8080/mcp', PORT: port = '8080' } = process.env;

if (issuer === undefined) {
  console.error(
    'ISSUER is missing: the identifier of the authorization server, such as https://as.example.com',
  );
  process.exit(1);
}

const mcpAuth = new MCPAuth({
  protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
});
const publish = mcpAuth.protectedResourceMetadataRouter();
const mcp = mcpAuth.bearerAuth('jwt', { resource }, (request, response) => {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ subject: request.auth?.subject, scopes: request.auth?.scopes }));
});

createServer((request, response) => {
  if (publish(request, response)) return;
  if (request.url?.split('?', 1)[0] === new URL(resource).pathname) mcp(request, response);
  else response.writeHead(404).end();
}).listen(Number(port), () => console.log(`${resource} is protected by ${issuer}`));
