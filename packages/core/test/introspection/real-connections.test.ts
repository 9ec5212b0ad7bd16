import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { headWith } from '../support/head.js';
import { closeServer, listen } from '../support/listen.js';
import { resource, statusOf } from '../support/protect.js';
import { authentication, faultsOf, opaque, secret } from './support.js';

type Answer = (response: ServerResponse) => void;

let server: Server;
let issuer = '';
let answer: Answer;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => answer(response));
  });
  issuer = await listen(server);
});
afterAll(() => closeServer(server));

const json = { 'content-type': 'application/json' };
const verdict = () =>
  JSON.stringify({ active: true, aud: resource, client_id: 'x', exp: Date.now() / 1000 + 60 });
const good: Answer = (response) => response.writeHead(200, json).end(verdict());

/** Writes as fast as the reader takes it, and never ends. */
const flood = (response: ServerResponse): void => {
  const chunk = Buffer.alloc(65_536, ' ');
  const write = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', write);
  write();
};
const drip = (response: ServerResponse): void => {
  const timer = setInterval(() => response.write(' '), 5);
  response.on('close', () => clearInterval(timer));
};
const raw =
  (text: string): Answer =>
  ({ socket }) =>
    socket?.end(text);

describe('[RFC7662-2.3-01] over a real connection', () => {
  test.each<[string, Answer, string]>([
    ['is cut before the answer', ({ socket }) => socket?.destroy(), 'request_failed'],
    [
      'is cut within the answer',
      (response) => {
        response.writeHead(200, { ...json, 'content-length': '500' }).write(verdict());
        response.socket?.destroySoon();
      },
      'request_failed',
    ],
    ['never answers', () => undefined, 'request_timeout'],
    ['answers a character at a time, without end', (r) => drip(r.writeHead(200, json)), 'request_timeout'],
    ['answers without end', (r) => flood(r.writeHead(200, json)), 'response_too_large'],
    ['fails without end', (r) => flood(r.writeHead(500, json)), 'unexpected_status'],
    [
      'answers with a body that is not compressed as it says',
      (r) => r.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(verdict()),
      'request_failed',
    ],
    ['speaks no HTTP', raw(verdict()), 'request_failed'],
    ['sends a broken header field', raw('HTTP/1.1 200 OK\r\nBroken\r\n\r\n{}'), 'request_failed'],
    [
      'sends a header without end',
      (r) => r.writeHead(200, { ...json, pad: 'x'.repeat(100_000) }).end(verdict()),
      'request_failed',
    ],
    [
      'names two types',
      (r) => r.writeHead(200, { 'content-type': 'application/json, text/html' }).end(verdict()),
      'unexpected_content_type',
    ],
  ])('an endpoint that %s lets nobody in, and serves the next call', async (_what, faulty, code) => {
    const events: MCPAuthEvent[] = [];
    const introspection = {
      clientAuthentication: authentication,
      endpoint: `${issuer}/introspect`,
      timeoutMs: 1000,
    };
    const gate = new ResourceServer({
      protectedResources: { metadata: { resource, authorizationServers: [{ issuer, introspection }] } },
      onEvent: (event) => events.push(event),
    }).createGate('introspection', { resource });
    const ask = async () => statusOf(await gate.authenticate(headWith(`Bearer ${opaque}`)));
    answer = faulty;
    expect(await ask()).toBe(503);
    expect(faultsOf(events)).toEqual([code]);
    for (const text of [opaque, secret]) expect(JSON.stringify(events)).not.toContain(text);
    answer = good;
    expect(await ask()).toBe(200);
  });
});
