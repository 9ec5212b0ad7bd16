import { EventEmitter, getEventListeners, once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { NodeRequestHead } from '../../src/node.js';
import { WebRequestHead } from '../../src/web.js';

describe('a client that goes away', () => {
  test('is told by the connection of a Node request, after its body was read', async () => {
    let leave: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => (leave = resolve));
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const server = createServer((incoming) => {
      const head = new NodeRequestHead(incoming);
      incoming.resume().on('end', () => {
        head.whenGone(leave);
        arrive();
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const client = request({ port, host: '127.0.0.1', method: 'POST' }).on('error', () => undefined);
    client.end('{}');
    await arrived;
    client.destroy();
    await gone;
    server.close();
  });

  test('leaves nothing behind on a connection that stays', async () => {
    let listeners = -1;
    const server = createServer((incoming, response) => {
      const before = incoming.socket.listenerCount('close');
      const stop = new NodeRequestHead(incoming).whenGone(() => undefined);
      stop();
      listeners = incoming.socket.listenerCount('close') - before;
      response.end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    await fetch(`http://127.0.0.1:${port}`);
    server.close();
    expect(listeners).toBe(0);
  });

  describe('tells all rules of a body with one listener, so that no client has Node warn of a leak', () => {
    const carrier = new EventEmitter();
    const controller = new AbortController();
    const web = new Request('https://api.example.com/mcp', { signal: controller.signal });
    test.each([
      {
        of: 'a Node request',
        head: new NodeRequestHead({
          headers: {},
          rawHeaders: [],
          stream: { once: carrier.once.bind(carrier), removeListener: carrier.removeListener.bind(carrier) },
        }),
        count: () => carrier.listenerCount('close'),
        leave: () => {
          carrier.emit('close');
        },
      },
      {
        of: 'a web request',
        head: new WebRequestHead(web),
        count: () => getEventListeners(web.signal, 'abort').length,
        leave: () => {
          controller.abort();
        },
      },
    ])('of $of', ({ head, count, leave }) => {
      const none = count();
      head.whenGone(vi.fn())();
      expect(count()).toBe(none);
      const listeners = Array.from({ length: 50 }, () => vi.fn());
      const stops = listeners.map((listener) => head.whenGone(listener));
      expect(count()).toBe(none + 1);
      stops[0]?.();
      leave();
      expect(listeners.filter(({ mock }) => mock.calls.length === 1)).toHaveLength(49);
      for (const stop of stops) stop();
      expect(count()).toBe(none);
    });
  });

  test.each([
    ['of HTTP/2: its stream', { stream: { destroyed: true } }],
    ['that has left already', { socket: { destroyed: true } }],
  ])('%s', (_what, more) => {
    const listener = vi.fn();
    new NodeRequestHead({ headers: {}, rawHeaders: [], ...more }).whenGone(listener)();
    expect(listener).toHaveBeenCalledOnce();
  });

  test('on a request without a connection nobody tells', () => {
    const listener = vi.fn();
    new NodeRequestHead({ headers: {}, rawHeaders: [] }).whenGone(listener)();
    expect(listener).not.toHaveBeenCalled();
  });

  test('is told by the signal of a web request', () => {
    const [first, second, third] = [vi.fn(), vi.fn(), vi.fn()];
    const controller = new AbortController();
    const head = new WebRequestHead(
      new Request('https://api.example.com/mcp', { signal: controller.signal }),
    );
    head.whenGone(first);
    head.whenGone(second)();
    controller.abort();
    head.whenGone(third);
    expect([first, second, third].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 1]);
  });
});
