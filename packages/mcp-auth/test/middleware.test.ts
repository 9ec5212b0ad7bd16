import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  handleBearerAuth,
  MCPAuthTokenVerificationError,
  type VerifyAccessTokenFunction,
} from '../src/index.js';
import { App, resource } from './support/world.js';

// Installed for the tests of the adapter
const requireOfAdapter = createRequire(new URL('../../express/package.json', import.meta.url));
const express4 = requireOfAdapter('express4') as typeof express;

const issuer = 'https://auth.example.com';
const accept: VerifyAccessTokenFunction = async (token) => {
  const expiresAt = Math.floor(Date.now() / 1000) + 60;
  return { token, issuer, clientId: 'c', scopes: [], subject: 'user-1', audience: resource, expiresAt };
};
const create = (verifyAccessToken: VerifyAccessTokenFunction): RequestHandler =>
  handleBearerAuth({ verifyAccessToken, issuer, audience: resource });

describe.each([
  ['Express 5', express],
  ['Express 4', express4],
])('[contract row 15] on %s', (_name, framework) => {
  const close: (() => void)[] = [];
  const unhandled = vi.fn();
  beforeEach(() => void process.on('unhandledRejection', unhandled));
  afterEach(() => {
    process.off('unhandledRejection', unhandled);
    for (const each of close.splice(0)) each();
  });

  async function serve(build: (app: Express) => void): Promise<App> {
    const app = framework();
    app.set('env', 'test');
    build(app);
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    close.push(() => {
      server.close();
      server.closeAllConnections();
    });
    return new App(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  test('an error of the verifier is handled once, and the handler behind never runs', async () => {
    const handled = vi.fn();
    const handler = vi.fn();
    const onError: ErrorRequestHandler = (error: Error, _request, response, next) => {
      handled(error.message);
      if (response.headersSent) next(error);
      else response.sendStatus(418);
    };
    const app = await serve((server) => {
      server.get(
        '/notes',
        create(() => Promise.reject(new RangeError('a fault'))),
        handler,
      );
      server.use(onError);
    });
    expect(await app.status('opaque')).toBe(418);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(handled.mock.calls).toEqual([['a fault']]);
    expect([handler.mock.calls, unhandled.mock.calls]).toEqual([[], []]);
  });

  test.each<unknown>([undefined, null, 0, '', false, 'route', 'router', {}])(
    'the handler behind never runs when the verifier throws %j, which a framework takes for consent',
    async (thrown) => {
      const handler = vi.fn<RequestHandler>((_request, response) => void response.sendStatus(200));
      const app = await serve((server) => {
        server.get(
          '/notes',
          create(() => Promise.reject(thrown as Error)),
          handler,
        );
        server.get('/notes', handler);
      });
      expect(await app.status('opaque')).toBe(500);
      expect([handler.mock.calls, unhandled.mock.calls]).toEqual([[], []]);
    },
  );

  test.each<[answer: string, issuer: (issuer: string) => unknown]>([
    ['false', (given) => given === 'https://other.example.com'],
    ['a promise of false', async (given) => given === 'https://other.example.com'],
    ['null', () => null],
  ])('an issuer function that answers %s has not trusted the issuer', async (_answer, judge) => {
    const handler = vi.fn<RequestHandler>((_request, response) => void response.sendStatus(200));
    const app = await serve((server) => {
      server.get(
        '/notes',
        handleBearerAuth({ verifyAccessToken: accept, issuer: judge, audience: resource }),
        handler,
      );
    });
    expect(await app.status('opaque')).toBe(401);
    expect(handler).not.toHaveBeenCalled();
  });

  test('an error of the handler behind is handled once', async () => {
    const handled = vi.fn();
    const onError: ErrorRequestHandler = (error: Error, _request, response, next) => {
      handled(error.message);
      if (response.headersSent) next(error);
      else response.sendStatus(418);
    };
    const fail: RequestHandler = () => {
      throw new Error('a fault behind');
    };
    const app = await serve((server) => {
      server.get('/notes', create(accept), fail);
      server.use(onError);
    });
    expect(await app.status('opaque')).toBe(418);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(handled.mock.calls).toEqual([['a fault behind']]);
    expect(unhandled.mock.calls).toEqual([]);
  });

  test('a middleware around it goes on when the decision was carried out', async () => {
    const middleware = create(accept);
    const seen: unknown[] = [];
    const around: RequestHandler = async (request, response, next) => {
      await middleware(request, response, () => undefined);
      seen.push(request.auth?.subject, response.writableEnded);
      if (!response.writableEnded) next();
    };
    const app = await serve((server) => {
      server.get('/notes', around, (request, response) => void response.json(request.auth?.subject));
    });
    expect([await app.status(), await app.status('opaque')]).toEqual([401, 200]);
    expect(seen).toEqual([undefined, true, 'user-1', false]);
  });
});

describe('[contract row 15] in a unit test without a server', () => {
  /** The members of a response that are used, as mocks of Node's response have them. */
  function mockResponse() {
    const headers = new Map<string, string | string[]>();
    return {
      headers,
      statusCode: 200,
      headersSent: false,
      body: undefined as unknown,
      getHeader: (name: string) => headers.get(name),
      setHeader: (name: string, value: string | string[]) => void headers.set(name, value),
      end(body: unknown) {
        this.body = body;
        this.headersSent = true;
      },
    };
  }
  const run = async (middleware: RequestHandler, headers: Readonly<Record<string, string>>) => {
    const request = { headers } as unknown as Parameters<RequestHandler>[0];
    const response = mockResponse();
    const next = vi.fn();
    const returned: unknown = await middleware(request, response as never, next);
    return { request, response, next, returned };
  };

  test('a refusal is there behind the await', async () => {
    const refuse = () => Promise.reject(new MCPAuthTokenVerificationError('invalid_token'));
    const { response, next, returned } = await run(create(refuse), { authorization: 'Bearer opaque' });
    expect([response.statusCode, next.mock.calls, returned]).toEqual([401, [], undefined]);
    expect(JSON.parse(String(response.body))).toMatchObject({ error: 'invalid_token' });
  });

  test('so is the caller', async () => {
    const { request, response, next } = await run(create(accept), { authorization: 'Bearer opaque' });
    expect([request.auth?.subject, response.statusCode, next.mock.calls]).toEqual(['user-1', 200, [[]]]);
  });

  test('a response that lacks these members is a fault that next hears of, once', async () => {
    const next = vi.fn();
    await create(accept)({ headers: {} } as never, {} as never, next);
    expect(next.mock.calls).toEqual([[expect.any(TypeError)]]);
  });
});
