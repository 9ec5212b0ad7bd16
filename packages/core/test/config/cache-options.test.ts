import { describe, expect, test } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { MCPAuthConfig } from '../../src/config/mcp-auth.js';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';

const resource = 'https://api.example.com/mcp';

function create(cache: unknown): ResourceServer {
  return new ResourceServer({
    protectedResources: {
      metadata: { resource, authorizationServers: [{ issuer: 'https://as.example.com' }] },
    },
    cache: cache as MCPAuthConfig['cache'],
  });
}

describe('a cache that cannot work is refused when it is configured, by the path of its option', () => {
  test.each([
    ['cache', true],
    ['cache', null],
    ['cache', 300],
    ['cache.maxAgeSeconds', { maxAgeSeconds: 0 }],
    ['cache.maxAgeSeconds', { maxAgeSeconds: -1 }],
    ['cache.maxAgeSeconds', { maxAgeSeconds: NaN }],
    ['cache.maxAgeSeconds', { maxAgeSeconds: Infinity }],
    ['cache.maxAgeSeconds', { maxAgeSeconds: '5m' }],
    ['cache.maxEntries', { maxEntries: 1 }],
    ['cache.maxEntries', { maxEntries: 2.5 }],
    ['cache.maxEntries', { maxEntries: Infinity }],
    ['cache.maxBytes', { maxBytes: 1024 }],
    ['cache.maxBytes', { maxBytes: '64MB' }],
  ])('%s: %o', (path, cache) => {
    expect(() => create(cache)).toThrow(MCPAuthConfigError);
    expect(() => create(cache)).toThrow(expect.objectContaining({ code: 'invalid_option', path }) as Error);
  });

  test.each([[undefined], [false], [{}], [{ maxAgeSeconds: 1, maxEntries: 2, maxBytes: 65_536 }]])(
    '%o works',
    (cache) => {
      expect(() => create(cache)).not.toThrow();
    },
  );
});
