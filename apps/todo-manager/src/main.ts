import { runSample } from '@mcp-auth/app-sample-kit';
import { createApp } from './app.js';

await runSample('todo-manager', createApp);
