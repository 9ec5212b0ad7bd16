import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { authContext, getAuthInfo, hasScopes, requireScopes } from '../../src/context.js';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { post, serve } from './callers.js';

const encoder = new TextEncoder();

describe('where there is no caller', () => {
  test('outside of a request there is none, and nothing is permitted', () => {
    expect(getAuthInfo()).toBeUndefined();
    for (const ask of [() => requireScopes('read'), () => hasScopes('read')]) {
      expect(ask).toThrow(MCPAuthConfigError);
      expect(ask).toThrow(/^asyncContext: .*authContext/s);
    }
  });

  test('a route without the option has none, and nothing is permitted', async () => {
    const seen: unknown[] = [];
    const server = serve(
      () => {
        seen.push(getAuthInfo());
        expect(() => requireScopes('read')).toThrow(MCPAuthConfigError);
        // The option as it is to be written
        expect(() => hasScopes('read')).toThrow(
          expect.objectContaining({ code: 'unsupported_option', path: 'asyncContext' }) as Error,
        );
        return new Response();
      },
      { asyncContext: undefined },
    );
    await server.fetch(post({ subject: 'alice', scopes: ['read'] }));
    expect(seen).toEqual([undefined]);
  });

  test('an anonymous caller is none', async () => {
    const server = serve(() => Response.json({ caller: getAuthInfo() ?? null }), {
      operations: { methods: { ping: 'anonymous' } },
    });
    const response = await server.fetch(post(undefined, { jsonrpc: '2.0', id: 1, method: 'ping' }));
    expect(await response.json()).toEqual({ caller: null });
  });

  test('a refused request never gets that far', async () => {
    const seen: unknown[] = [];
    const server = serve(() => {
      seen.push(getAuthInfo());
      return new Response();
    });
    expect((await server.fetch(post(undefined))).status).toBe(401);
    expect(seen).toEqual([]);
  });
});

test.each([null, {}, { run: 'later' }, 'context'])('%j carries nobody: said at construction', (context) => {
  // What only callers without TypeScript can pass
  const construct = () =>
    serve(() => new Response(), { asyncContext: context as unknown as typeof authContext });
  expect(construct).toThrow(
    expect.objectContaining({ code: 'invalid_option', path: 'asyncContext' }) as Error,
  );
});

describe('the caller, without plumbing', () => {
  test('is the very object that the handler gets as an argument, however deep', async () => {
    const dive = async (levels: number): Promise<unknown> => {
      await wait(0);
      return levels === 0 ? getAuthInfo() : dive(levels - 1);
    };
    const server = serve(async (_request, options) => {
      expect(await dive(5)).toBe(options?.authInfo);
      expect(await Promise.all([dive(1), dive(2)])).toEqual([options?.authInfo, options?.authInfo]);
      return new Response('same');
    });
    expect(await (await server.fetch(post({ subject: 'alice' }))).text()).toBe('same');
  });

  test('is known while a stream is written, after the response has begun', async () => {
    const server = serve(() => {
      const body = new ReadableStream({
        start: async (controller) => {
          for (let chunk = 0; chunk < 3; chunk++) {
            await wait(1);
            controller.enqueue(encoder.encode(`data: ${getAuthInfo()?.subject ?? 'nobody'}\n\n`));
          }
          controller.close();
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    });
    const [alice, bob] = await Promise.all(
      ['alice', 'bob'].map(async (subject) => (await server.fetch(post({ subject }))).text()),
    );
    expect(alice).toBe('data: alice\n\n'.repeat(3));
    expect(bob).toBe('data: bob\n\n'.repeat(3));
  });

  test('contexts can be nested, and the outer one comes back', () => {
    const store = (subject: string) => ({
      auth: undefined,
      hasScopes: (scopes: readonly string[]) => scopes.includes(subject),
      requireScopes: () => undefined,
      requireOperation: () => Promise.resolve(),
    });
    authContext.run(store('outer'), () => {
      authContext.run(store('inner'), () => expect(hasScopes('inner')).toBe(true));
      expect(hasScopes('outer')).toBe(true);
    });
    expect(getAuthInfo()).toBeUndefined();
  });
});

test('10,000 concurrent calls of 100 users never see the caller of another', async () => {
  const strangers: unknown[] = [];
  const see = (expected: string) => {
    const seen = getAuthInfo()?.subject;
    if (seen !== expected) strangers.push([expected, seen]);
  };
  const server = serve(async (request) => {
    const { user, turns, streams } = (await request.json()) as {
      user: string;
      turns: number;
      streams: boolean;
    };
    see(user);
    for (let turn = 0; turn < turns; turn++) {
      await (turn % 2 === 0 ? wait(turn % 3) : Promise.resolve());
      see(user);
    }
    if (!streams) return new Response(getAuthInfo()?.subject);
    const body = new ReadableStream({
      pull: async (controller) => {
        await wait(0);
        controller.enqueue(encoder.encode(user));
        controller.close();
      },
      start: async () => {
        await wait(1);
        see(user);
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  });
  const calls = Array.from({ length: 10_000 }, async (_, index) => {
    const user = `user-${index % 100}`;
    const response = await server.fetch(
      post({ subject: user }, { user, turns: index % 7, streams: index % 5 === 0 }),
    );
    return (await response.text()) === user;
  });
  const answers = await Promise.all(calls);
  expect(answers.filter((isOwn) => !isOwn)).toEqual([]);
  expect(strangers).toEqual([]);
}, 120_000);
