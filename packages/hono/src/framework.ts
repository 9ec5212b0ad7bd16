import type { FrameworkRelease } from '@mcp-auth/core/adapter';
import { Hono } from 'hono';
import manifest from '../package.json' with { type: 'json' };

/** The Hono that is found from here. */
export const framework: FrameworkRelease = {
  name: 'hono',
  version: readVersion(),
  range: manifest.peerDependencies.hono,
};

/** Hono tells its version nowhere that all runtimes can read, but its fourth version has removed what shows the third. */
function readVersion(): string | undefined {
  return 'showRoutes' in Hono.prototype ? '3' : undefined;
}
