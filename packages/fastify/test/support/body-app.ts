import type { FastifyInstance, FastifyServerOptions, RouteShorthandOptions } from 'fastify';
import { Readable } from 'node:stream';
import type { BearerAuthOptions } from '../../src/index.js';
import { call, create, operations } from './fixture.js';

/** A call that everybody with a token may make. */
export const search = JSON.stringify(call('search'));

export interface Incoming {
  readonly method?: 'POST' | 'PUT' | 'DELETE' | 'GET';
  readonly body?: string | Uint8Array;
  /** Sent in pieces of this many bytes, and without an announced length. */
  readonly pieces?: number;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly token?: string | undefined;
}

/** An application that judges the bodies of `/mcp`, on a port of its own. */
export async function start(
  options: Partial<BearerAuthOptions> & { readonly route?: RouteShorthandOptions } = {},
  server: FastifyServerOptions = {},
  prepare: (app: FastifyInstance) => unknown = () => undefined,
) {
  const { route, ...more } = options;
  const fixture = create(server);
  await prepare(fixture.app);
  await fixture.install();
  const bodies: unknown[] = [];
  fixture.app.route({
    method: ['GET', 'POST', 'PUT', 'DELETE'],
    url: '/mcp',
    ...route,
    ...fixture.protect({ operations: { ...operations, methods: { open: 'anonymous' } }, ...more }),
    handler: (request) => {
      bodies.push(request.body);
      return { ran: true };
    },
  });
  const origin = await fixture.app.listen({ port: 0, host: '127.0.0.1' });
  const ask = async ({ method = 'POST', body = '', pieces, headers = {}, token = 'alice' }: Incoming) => {
    const bytes = Buffer.from(body);
    const fields: Record<string, string | undefined> = {
      'content-type': 'application/json',
      ...(token !== '' && { authorization: `Bearer ${token}` }),
      ...headers,
    };
    const size = pieces ?? bytes.length;
    const chunks = Array.from({ length: Math.ceil(bytes.length / (size || 1)) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    const known = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const sent =
      pieces === undefined ? bytes : (Readable.toWeb(Readable.from(chunks)) as ReadableStream<Uint8Array>);
    const response = await fetch(`${origin}/mcp`, {
      method,
      headers: known,
      ...(method === 'GET' || bytes.length === 0 ? {} : { body: sent, duplex: 'half' }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { ...fixture, origin, ask, bodies };
}
