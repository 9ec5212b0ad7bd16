import { existsSync } from 'node:fs';
import { createApp } from './app.js';
import { readConfig } from './config.js';

if (existsSync('.env')) process.loadEnvFile();
const { HOST = '127.0.0.1', PORT = '3000' } = process.env;
const config = readConfig();

const app = await createApp(config);
app.enableShutdownHooks();
await app.listen(Number(PORT), HOST);
console.log(`MCP server: ${config.resource}`);
