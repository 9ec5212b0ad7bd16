import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { MCPAuth } from '../src/index.js';

test('a core of another release can name this package and its version', () => {
  expect(MCPAuth.release).toEqual({ name: '@mcp-auth/next', version: manifest.version });
});
