import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { createRedisStores, type RedisStoreOptions } from '../src/index.js';

const secret = 'a secret of 32 bytes and some more.';
const client = { call: () => new Promise<unknown>(() => undefined) };
const good: RedisStoreOptions = { client, secrets: [secret] };
const create = (changes: object) => () => createRedisStores({ ...good, ...changes });

describe('createRedisStores', () => {
  test.each([
    [{ url: 'redis://127.0.0.1' }, '"url" is unknown'],
    [{ timeoutMs: 50 }, 'commandTimeoutMs'],
    [{ client: undefined }, 'client must be'],
    [{ client: {} }, 'client must be'],
    [{ client: 'redis://127.0.0.1' }, 'client must be'],
    [{ prefix: '' }, 'prefix'],
    [{ prefix: 'a b' }, 'prefix'],
    [{ prefix: 'a{b}' }, 'prefix'],
    [{ prefix: 5 }, 'prefix'],
    [{ commandTimeoutMs: 0 }, 'commandTimeoutMs'],
    [{ commandTimeoutMs: '50' }, 'commandTimeoutMs'],
    [{ commandTimeoutMs: 1001 }, 'commandTimeoutMs'],
    [{ maxClaimsPerHolder: 0 }, 'maxClaimsPerHolder'],
    [{ maxClaimsPerHolder: 1.5 }, 'maxClaimsPerHolder'],
  ])('refuses %j', (changes, message) => {
    expect(create(changes)).toThrow(TypeError);
    expect(create(changes)).toThrow(message);
  });

  test.each([undefined, null])('refuses %j', (options) => {
    expect(() => createRedisStores(options as never)).toThrow(TypeError);
  });

  test('makes what the option stores takes', async () => {
    const stores = createRedisStores(good);
    const resource = 'https://api.example.com/mcp';
    const authorizationServers = ['https://auth.example.com'];
    const mcpAuth = new MCPAuth({ resource, authorizationServers, stores, onEvent: () => undefined });
    await mcpAuth.close();
    stores.close();
  });

  test('makes claims that processes share a part of it, and no other choice than the default', () => {
    const { whenClaimsUnavailable, ...own } = { ...createRedisStores(good) };
    expect(Object.keys(own).sort()).toEqual(['answers', 'claims', 'revocations', 'timeoutMs']);
    expect(whenClaimsUnavailable).toBeUndefined();
  });

  test('hands on what becomes of proofs without Redis, and what is no such choice is refused there', () => {
    expect(create({ whenClaimsUnavailable: 'local' })().whenClaimsUnavailable).toBe('local');
    const resource = 'https://api.example.com/mcp';
    const authorizationServers = ['https://auth.example.com'];
    const stores = create({ whenClaimsUnavailable: 'allow' })();
    expect(() => new MCPAuth({ resource, authorizationServers, stores })).toThrow(
      'stores.whenClaimsUnavailable',
    );
  });

  test.each([[[]], [['short']], ['text'], [undefined]])(
    'secrets that are none are refused there: %j',
    (secrets) => {
      const stores = createRedisStores({ client, secrets: secrets as never });
      const resource = 'https://api.example.com/mcp';
      const authorizationServers = ['https://auth.example.com'];
      expect(() => new MCPAuth({ resource, authorizationServers, stores })).toThrow('stores.secrets');
    },
  );

  test('shows no secret to who logs what it makes', () => {
    expect(inspect(createRedisStores(good), { depth: 5, showHidden: true })).not.toContain(secret);
    expect(JSON.stringify(createRedisStores(good))).not.toContain(secret);
  });
});
