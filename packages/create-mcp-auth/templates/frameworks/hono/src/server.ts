import { existsSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { createApp } from './app.js';
import { readConfig } from './config.js';

if (existsSync('.env')) process.loadEnvFile();
const { HOST = '127.0.0.1', PORT = '3000' } = process.env;
const config = readConfig();

const server = serve({ fetch: createApp(config).fetch, hostname: HOST, port: Number(PORT) }, () =>
  console.log(`MCP server: ${config.resource}`),
);
process.once('SIGINT', () => server.close());
process.once('SIGTERM', () => server.close());
