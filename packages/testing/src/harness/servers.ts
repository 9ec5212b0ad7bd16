import { createServer, type RequestListener } from 'node:http';
import { refuseProduction } from '../refuse-production.js';
import { closeServer, listen } from './listen.js';
import { type SentRequest, type TestServer, toServer } from './test-request.js';

/** What the harness needs of a Fastify application. */
export interface FastifyLike {
  inject(request: {
    readonly method: never;
    readonly url: string;
    readonly headers: Record<string, string>;
    readonly payload?: string;
  }): PromiseLike<{
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly rawPayload: Uint8Array;
  }>;
  close(): PromiseLike<unknown>;
}

/** What answers web-standard requests: a Hono application, what `protect` returns, a Worker. */
export interface FetchLike {
  fetch(request: Request): Response | Promise<Response>;
}

/**
 * Starts an Express application, or any listener of `node:http`, on a free port of 127.0.0.1.
 *
 * @throws {Error} with `NODE_ENV=production`
 * @see MCP, Streamable HTTP
 * @example
 * ```ts
 * import { testExpress } from '@mcp-auth/testing';
 * import express from 'express';
 *
 * const server = await testExpress(express().get('/', (_request, response) => void response.send('Hello')));
 * console.log(await (await server.request('/')).text());
 * await server.close();
 * ```
 */
export async function testExpress(app: RequestListener): Promise<TestServer> {
  refuseProduction('testExpress');
  const server = createServer(app);
  const origin = await listen(server);
  return toServer(
    origin,
    // What a redirect says is part of the answer
    (path, request) => fetch(toUrl(origin, path), { ...request, redirect: 'manual' }),
    () => closeServer(server),
  );
}

/**
 * Sends requests to a Fastify application by `inject`, without a port. `close` closes the application.
 *
 * @throws {Error} with `NODE_ENV=production`
 * @see MCP, Streamable HTTP
 * @example
 * ```ts
 * import { testFastify } from '@mcp-auth/testing';
 * import Fastify from 'fastify';
 *
 * const server = testFastify(Fastify().get('/', () => 'Hello'));
 * console.log(await (await server.request('/')).text());
 * await server.close();
 * ```
 */
export function testFastify(app: FastifyLike): TestServer {
  refuseProduction('testFastify');
  const send = async (path: string, { method, headers, body }: SentRequest): Promise<Response> => {
    const given = { method: method as never, url: path, headers: { host: 'localhost', ...headers } };
    const answer = await app.inject(body === undefined ? given : { ...given, payload: body });
    return toResponse(answer.statusCode, answer.headers, answer.rawPayload);
  };
  return toServer('http://localhost', send, async () => {
    await app.close();
  });
}

/**
 * Sends requests to a Hono application, without a port.
 *
 * @throws {Error} with `NODE_ENV=production`
 * @see MCP, Streamable HTTP
 * @example
 * ```ts
 * import { testHono } from '@mcp-auth/testing';
 * import { Hono } from 'hono';
 *
 * const server = testHono(new Hono().get('/', (c) => c.text('Hello')));
 * console.log(await (await server.request('/')).text());
 * ```
 */
export function testHono(app: FetchLike): TestServer {
  refuseProduction('testHono');
  return serveFetch(app);
}

/**
 * Sends requests to a web-standard handler, without a port: what `protect` of the fetch entry returns, a Worker, a route of a framework.
 *
 * @throws {Error} with `NODE_ENV=production`
 * @see MCP, Streamable HTTP
 * @example
 * ```ts
 * import { testFetch } from '@mcp-auth/testing';
 *
 * const server = testFetch({ fetch: () => new Response('Hello') });
 * console.log(await (await server.request('/')).text());
 * ```
 */
export function testFetch(handler: FetchLike): TestServer {
  refuseProduction('testFetch');
  return serveFetch(handler);
}

function serveFetch(handler: FetchLike): TestServer {
  const origin = 'http://localhost';
  // As requests from the network have one, and servers that know their names look at it
  const send = async (path: string, request: SentRequest) =>
    handler.fetch(
      new Request(toUrl(origin, path), { ...request, headers: { host: 'localhost', ...request.headers } }),
    );
  return toServer(origin, send, () => Promise.resolve());
}

/** A path must not lead to another host: `//evil.example` would. */
function toUrl(origin: string, path: string): string {
  if (!path.startsWith('/'))
    throw new TypeError('request takes a path that begins with a slash, such as /mcp.');
  return `${origin}${path}`;
}

function toResponse(status: number, headers: Readonly<Record<string, unknown>>, body: Uint8Array): Response {
  const list = Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, String(each)]),
  );
  // The Fetch standard: responses of these statuses have no body
  const isEmpty = [204, 205, 304].includes(status);
  return new Response(isEmpty ? null : Buffer.from(body), { status, headers: list });
}
