import { runSample } from '@mcp-auth/app-sample-kit';
import { createApp } from './app.js';
import { readTokenSettings } from './token-settings.js';

await runSample('whoami', (config) => createApp({ ...config, ...readTokenSettings(process.env) }));
