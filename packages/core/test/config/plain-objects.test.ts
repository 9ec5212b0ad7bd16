import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { MCPAuth } from '../../src/fetch.js';
import type { MCPAuthConfig } from '../../src/index.js';
import { headWith } from '../support/head.js';
import { construct, issuer, resource, type Seat, seats, withConfig } from './seats.js';

class Settings {
  describe(): string {
    return 'made by a class';
  }
}

/** Objects that the platform makes for another purpose. */
const others: Readonly<Record<string, (base: Seat['base']) => unknown>> = {
  'a Map': (base) => new Map(Object.entries(base)),
  'a Set': () => new Set(['read']),
  'a Date': () => new Date(),
  'an Error': () => new Error('settings'),
  'a RegExp': () => /settings/,
  'a URL': () => new URL('https://as.example.com'),
  'a Headers object': () => new Headers(),
  'a generator': () =>
    (function* settings() {
      yield 1;
    })(),
  'a number in a box': () => Object(1) as unknown,
};

describe.each(Object.entries(seats))('%s', (_name, seat) => {
  const base = Object.keys(seat.base).length === 0 ? { ...firstOf(seat.known) } : seat.base;
  const attempt = (value: unknown) =>
    Promise.resolve()
      .then(() => seat.write(value))
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );

  test.each(Object.entries(others))('%s is refused: it says nothing by name', async (_what, create) => {
    expect(await attempt(create(base))).toBeInstanceOf(MCPAuthConfigError);
  });

  test('an instance of a class of the application is read by name', async () => {
    const plain: unknown = await attempt(base);
    expect(String(await attempt(Object.assign(new Settings(), base)))).toBe(String(plain));
  });
});

function firstOf(known: Seat['known']): Seat['known'] {
  return Object.fromEntries(Object.entries(known).slice(0, 1));
}

const requiredScopes = ['admin'];

/** Options whose requiredScopes a copy would lose. */
const hidden: Readonly<Record<string, () => object>> = {
  'a getter of a class': () =>
    new (class Options {
      readonly resource = resource;
      get requiredScopes() {
        return requiredScopes;
      }
    })(),
  'an inherited member': () => Object.assign(Object.create({ requiredScopes }) as object, { resource }),
  'a member that is not enumerable': () =>
    Object.defineProperty({ resource }, 'requiredScopes', { value: requiredScopes }),
};

describe.each(Object.entries(hidden))('[MCP-2026-07-28-RS-030] %s', (_what, create) => {
  const info = { issuer, audience: resource, clientId: 'c', scopes: ['read'], expiresAt: 4_000_000_000 };
  const head = headWith('Bearer opaque');

  test('counts on a route', async () => {
    const decision = await construct(withConfig({}))
      .createGate(() => info, create())
      .authenticate(head);
    expect(decision).toMatchObject({ kind: 'refuse', status: 403 });
  });

  test('counts on a protected handler', async () => {
    const mcpAuth = new MCPAuth(withConfig({}) as MCPAuthConfig);
    const handler = { fetch: () => new Response('in') };
    const request = new Request(resource, { headers: { authorization: 'Bearer opaque' } });
    expect((await mcpAuth.protect(handler, () => info, create()).fetch(request)).status).toBe(403);
  });

  test('is refused among rules, whose names are listed', () => {
    const rules = create();
    for (const operations of [{ methods: rules }, { tools: rules }]) {
      const make = () =>
        construct(withConfig({})).createGate('jwt', { resource, operations: operations as never });
      expect(make).toThrow(MCPAuthConfigError);
    }
  });
});

test('what came is told with its class', () => {
  expect(() => seats['new MCPAuth()']?.write(new Map())).toThrow(
    'options: must be an object, but is an instance of Map, not a plain object.',
  );
});

test('objects of another realm are as plain as ours', () => {
  const seat = seats['bearerAuth("jwt")'];
  const options: unknown = runInNewContext('({ ...base, requiredScopes: ["read"] })', { base: seat?.base });
  expect(() => seat?.write(options)).not.toThrow();
});

test('a token policy may be an instance of a class: it is handed on as it is', () => {
  class Policy {
    readonly name = 'own';
    check(): boolean {
      return this.name.length === 3;
    }
  }
  expect(() => seats['a token policy']?.write(new Policy())).not.toThrow();
});
