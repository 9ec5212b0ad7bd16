import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.js';
import { readConfig } from './config.js';

if (existsSync('.env')) process.loadEnvFile();
const { HOST = '127.0.0.1', PORT = '3000' } = process.env;
const config = readConfig();

const app = createApp(config);
// Leaves a body alone until somebody reads it, and sees every header
const listener = getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false });
const server = createServer((...exchange) => void listener(...exchange)).listen(Number(PORT), HOST, () =>
  console.log(`MCP server: ${config.resource}`),
);
process.once('SIGINT', () => server.close());
process.once('SIGTERM', () => server.close());
