import type { Sample } from '@mcp-auth/app-sample-kit';
import type { LocalConfig } from '../trust-anchor.js';
import { createExpressApp } from './express.js';
import { createFastifyApp } from './fastify.js';
import { createHonoApp } from './hono.js';

/** The same server on each framework. */
export const hosts: Readonly<
  Record<'express' | 'hono' | 'fastify', (config: LocalConfig) => Sample | Promise<Sample>>
> = { express: createExpressApp, hono: createHonoApp, fastify: createFastifyApp };
