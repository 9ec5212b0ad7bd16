import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { BridgeToLegacy, BridgeToResources } from '../../src/bridge/bridge-server.js';

test('a core of another release can name this package and its version', () => {
  for (const { release } of [BridgeToLegacy, BridgeToResources])
    expect(release).toEqual({ name: 'mcp-auth', version: manifest.version });
});
