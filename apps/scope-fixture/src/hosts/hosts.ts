import { createExpressHost } from './express.js';
import { createFastifyHost } from './fastify.js';
import { createFetchHost } from './fetch.js';
import { createHonoHost } from './hono.js';
import type { CreateHost } from './host.js';
import { createNodeHttpHost } from './node-http.js';

export const hosts = {
  express: createExpressHost,
  hono: createHonoHost,
  fastify: createFastifyHost,
  fetch: createFetchHost,
  'node:http': createNodeHttpHost,
} as const satisfies Readonly<Record<string, CreateHost>>;

export type HostName = keyof typeof hosts;

export function isHostName(name: string): name is HostName {
  return Object.hasOwn(hosts, name);
}
