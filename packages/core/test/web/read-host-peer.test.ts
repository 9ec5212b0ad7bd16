import { expect, test } from 'vitest';
import { NodeRequestHead } from '../../src/node.js';
import { readHostPeer } from '../../src/web/read-host-peer.js';
import { WebRequestHead } from '../../src/web.js';

const request = new Request('https://api.example.com/mcp');
const address = '192.0.2.1';
const requestIP = (asked: Request) => (asked === request ? { address, family: 'IPv4', port: 1 } : null);

test.each([
  ['nothing is handed on', undefined],
  ['a Worker’s bindings', { SECRET: 'x', server: 'y', incoming: 1 }],
  ['a socket in the file system, on Deno', { remoteAddr: { transport: 'unix', path: '/tmp/s' } }],
  ['a request that Bun does not know', { requestIP: () => null }],
])('%s: nobody knows who it is', (_name, host) => {
  expect(readHostPeer(request, host)).toBeUndefined();
  expect(new WebRequestHead(request, host).peer).toBeUndefined();
});

test.each([
  ['Deno', { remoteAddr: { transport: 'tcp', hostname: address, port: 1 } }],
  ['Bun', { requestIP }],
  ['Bun, in an object', { server: { requestIP } }],
  ['@hono/node-server', { incoming: { socket: { remoteAddress: address } } }],
])('%s tells', (_name, host) => {
  expect(new WebRequestHead(request, host).peer).toBe(address);
});

test('a connection that has gone is told from one that has no address', () => {
  expect(readHostPeer(request, { incoming: { socket: { destroyed: true } } })).toBeNull();
  const node = (socket: { remoteAddress?: string; destroyed?: boolean } | undefined) =>
    new NodeRequestHead({ headers: {}, rawHeaders: [], socket }).peer;
  expect([
    node({ destroyed: true }),
    node({ destroyed: false }),
    node(undefined),
    node({ remoteAddress: '::1' }),
  ]).toEqual([null, undefined, undefined, '::1']);
});
