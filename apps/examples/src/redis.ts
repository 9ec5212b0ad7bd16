import { MCPAuth } from '@mcp-auth/express';
import { createRedisStores } from '@mcp-auth/redis';
import express from 'express';
import { createClient } from 'redis';

const { STORE_SECRET = '', REDIS_URL = 'redis://127.0.0.1:6379', PORT = '3000' } = process.env;

// Waits for nothing: without Redis each process goes on alone, and the log says so
const client = createClient({ url: REDIS_URL, disableOfflineQueue: true, commandsQueueMaxLength: 1000 });
client.on('error', () => undefined);
void client.connect();

const mcpAuth = new MCPAuth({
  resource: 'http://localhost:3000/mcp',
  authorizationServers: ['https://auth.example.com'],
  stores: createRedisStores({ client, secrets: [STORE_SECRET] }),
});

const app = express().use(mcpAuth.protectedResourceMetadataRouter());
app.all('/mcp', mcpAuth.bearerAuth(), (request, response) => void response.json(request.method));
// Reads first what the others have revoked. Why a server could not be reached, the log says
void mcpAuth
  .ready()
  .catch(() => undefined)
  .then(() => app.listen(Number(PORT), '127.0.0.1'));
