import Fastify, { type FastifyInstance, type FastifyRequest, type RouteOptions } from 'fastify';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { search } from './support/body-app.js';
import { closeApps, create, operations } from './support/fixture.js';

afterEach(async () => {
  await closeApps();
  vi.resetModules();
});

const megabytes = search.padEnd(2_000_000);

describe('limits that the application has given to its parsers', () => {
  async function start(type: string | RegExp | string[], bodyLimit: number) {
    const { app, install, protect } = create();
    await install();
    await app.register(async (context) => {
      context.addContentTypeParser<string>(type, { parseAs: 'string', bodyLimit }, (_request, text, done) => {
        done(null, JSON.parse(text));
      });
      context.post('/mcp', protect({ operations }), () => 'in');
    });
    return async (payload: string, contentType = 'application/json') => {
      const headers = { authorization: 'Bearer alice', 'content-type': contentType };
      return (await app.inject({ method: 'POST', url: '/mcp', payload, headers })).statusCode;
    };
  }

  test.each<[string | RegExp | string[], string]>([
    ['application/json', 'application/json; charset=utf-8'],
    [['application/json', 'application/x+json'], 'application/x+json'],
    [/^application\/.*json/, 'application/y+json'],
    ['*', 'application/z+json'],
  ])('of %s count, in any context', async (type, contentType) => {
    const ask = await start(type, search.length);
    expect(await ask(search, contentType)).toBe(200);
    expect(await ask(`${search} `, contentType)).toBe(413);
  });

  test('count above Fastify’s own too, up to what the route says', async () => {
    const ask = await start('application/json', 3_000_000);
    expect(await ask(megabytes)).toBe(200);
    expect(await ask(search.padEnd(3_000_001))).toBe(413);
  });

  test('that are not given are the route’s', async () => {
    const ask = await start('application/other', 20);
    expect(await ask(megabytes)).toBe(200);
  });
});

test('a release of Fastify whose parsers cannot be looked at keeps its own limit, so that theirs count', async () => {
  vi.resetModules();
  const { findParserLimit, hasKnownParsers } = await import('../src/parser-limits.js');
  const unknown = Object.create({ initialConfig: { bodyLimit: 1_048_576 } }) as FastifyInstance;
  expect(hasKnownParsers(unknown)).toBe(false);
  expect(findParserLimit({ server: unknown, headers: {} } as unknown as FastifyRequest)).toBe(Infinity);
  const { leaveBodies } = await import('../src/guard.js');
  const { Protection } = await import('../src/protection.js');
  const { mcpAuth } = create();
  const gate = mcpAuth['engine'].createGate(() => Promise.reject(new Error('not asked')), {
    resource: 'https://api.example.com/mcp',
    operations,
  });
  const protection = new Protection(gate);
  const route = {} as RouteOptions;
  leaveBodies(route, [{ protection, hooks: {} as never, isPlaced: true }], unknown);
  expect(route.bodyLimit).toBeUndefined();
  leaveBodies(route, [{ protection, hooks: {} as never, isPlaced: true }], Fastify());
  expect(route.bodyLimit).toBe(4 * 1024 * 1024);
});
