import { createRequire } from 'node:module';
import type { FrameworkRelease } from '@mcp-auth/core/adapter';
import manifest from '../package.json' with { type: 'json' };

/** The Express that is found from here. */
export const framework: FrameworkRelease = {
  name: 'express',
  version: readVersion(),
  range: manifest.peerDependencies.express,
};

/** Express tells its version nowhere but in its manifest; in a bundle there is none. */
function readVersion(): string | undefined {
  try {
    return (createRequire(import.meta.url)('express/package.json') as { version?: string }).version;
  } catch {
    return undefined;
  }
}
