import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { BridgeServer } from '../src/bridge/bridge-server.js';

test('a core of another release can name this package and its version', () => {
  expect(BridgeServer.release).toEqual({ name: 'mcp-auth', version: manifest.version });
});
