import { existsSync } from 'node:fs';
import { createApp } from './app.js';
import { readConfig } from './config.js';

if (existsSync('.env')) process.loadEnvFile();
const { HOST = '127.0.0.1', PORT = '3000' } = process.env;
const config = readConfig();

const server = createApp(config).listen(Number(PORT), HOST, (error?: Error) => {
  if (error !== undefined) throw error;
  console.log(`MCP server: ${config.resource}`);
});
process.once('SIGINT', () => server.close());
process.once('SIGTERM', () => server.close());
