import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createDoor, type Door, type DoorOptions } from '../../src/net/door.js';
import { DoorError } from '../../src/net/exchange.js';
import { Secrets } from '../../src/secrets/secrets.js';

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function openDoor(options: DoorOptions): Door {
  const door = createDoor(options);
  open.unshift(door);
  return door;
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'an answer',
    (error: unknown) => (error instanceof DoorError ? error.kind : error),
  );

describe('the door to the network', () => {
  it('asks no private address that was found in a document', async () => {
    const origin = await serve((_, response) => response.end('secret of the house'));
    const door = openDoor({ named: ['https://mcp.example.com/'] });
    expect(await failureOf(door.send(origin))).toBe('private_address');
    expect(await failureOf(door.send('http://localhost:1/'))).toBe('private_address');
    expect(await failureOf(door.send('http://[::1]:1/'))).toBe('private_address');
    expect(await failureOf(door.send('http://10.0.0.1/'))).toBe('private_address');
    expect(await failureOf(door.send('http://[::ffff:10.0.0.1]/'))).toBe('private_address');
    expect(await failureOf(door.send('http://169.254.169.254/latest/meta-data'))).toBe('private_address');
    expect(door.requests).toBe(0);
    expect(door.exchanges).toHaveLength(6);
  });

  it('sends a token to its origin alone, in a header, a URL or a body', async () => {
    const seen: (string | undefined)[] = [];
    const origin = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end('ok');
    });
    const other = await serve((_, response) => response.end('caught'));
    const secrets = new Secrets();
    const door = openDoor({ named: [origin, other], secrets });
    const withToken = door.withToken(origin, 'a-token-of-somebody');
    expect(await failureOf(withToken(other))).toBe('foreign_secret');
    expect(await failureOf(door.send(`${other}/?token=a-token-of-somebody`))).toBe('foreign_secret');
    expect(await failureOf(door.send(other, { method: 'POST', body: 'x=a-token-of-somebody' }))).toBe(
      'foreign_secret',
    );
    expect(
      await failureOf(
        door.send(other, { headers: { authorization: `Basic ${btoa('me:a-token-of-somebody')}` } }),
      ),
    ).toBe('foreign_secret');
    expect((await withToken(origin)).status).toBe(200);
    expect(seen).toEqual(['Bearer a-token-of-somebody']);
    expect(JSON.stringify(door.exchanges)).not.toContain('a-token-of-somebody');
  });

  it('follows no redirect', async () => {
    const other = await serve((_, response) => response.end('caught'));
    const origin = await serve((_, response) => response.writeHead(302, { location: other }).end());
    const door = openDoor({ named: [origin] });
    const response = await door.withToken(origin, 'a-token-of-somebody')(origin);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(other);
    expect(door.requests).toBe(1);
  });

  it('ends after its number of requests', async () => {
    const origin = await serve((_, response) => response.end('ok'));
    const door = openDoor({ named: [origin], maxRequests: 2 });
    await door.send(origin);
    await door.send(origin);
    expect(await failureOf(door.send(origin))).toBe('budget');
    expect(door.requests).toBe(2);
  });

  it('reads no body without an end', async () => {
    const origin = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(10_000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    const door = openDoor({ named: [origin], maxBytes: 100_000 });
    expect(await failureOf(door.send(origin))).toBe('too_large');
  });

  it('waits for no answer without an end', async () => {
    const origin = await serve((_, response) => void response.write('x'));
    const door = openDoor({ named: [origin], timeoutMs: 100 });
    expect(await failureOf(door.send(origin))).toBe('timeout');
  });

  it('tells what is wrong with a connection', async () => {
    const server = createTcpServer((socket) => socket.end('hello\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => void server.close() });
    const { port } = server.address() as AddressInfo;
    const door = openDoor({ named: ['http://127.0.0.1', 'http://no-such-host.invalid'] });
    expect(await failureOf(door.send(`http://127.0.0.1:${port}`))).toBe('not_http');
    expect(await failureOf(door.send(`https://127.0.0.1:${port}`))).toBe('tls');
    expect(await failureOf(door.send('http://127.0.0.1:1'))).toBe('connect');
    expect(await failureOf(door.send('http://no-such-host.invalid'))).toBe('dns');
    expect(await failureOf(door.send('ftp://127.0.0.1'))).toBe('unsupported_url');
  });

  it('reads as much of a stream as is enough', async () => {
    const origin = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
    });
    const door = openDoor({ named: [origin] });
    const { text } = await door.send(origin, { isEnough: (seen) => seen.includes('\n\n') });
    expect(text).toBe('data: 1\n\n');
  });

  it('keeps header lines as they came', async () => {
    const origin = await serve((request, response) => {
      response.setHeader('WWW-Authenticate', ['Bearer', 'DPoP']);
      response.end(JSON.stringify(request.rawHeaders.filter((_, at) => at % 2 === 0)));
    });
    const door = openDoor({ named: [origin] });
    const { headerLines, text } = await door.send(origin, {
      headers: [
        ['X-Two', '1'],
        ['X-Two', '2'],
      ],
    });
    expect(headerLines.filter(([name]) => name.toLowerCase() === 'www-authenticate')).toHaveLength(2);
    expect((JSON.parse(text) as string[]).filter((name) => name === 'X-Two')).toHaveLength(2);
  });

  it('goes through a proxy, but not to this machine', async () => {
    const own = await serve((_, response) => response.end('direct'));
    const asked: (string | undefined)[] = [];
    const proxy = createServer().on('connect', (request, socket) => {
      asked.push(request.url);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const upstream = connect(Number(new URL(own).port), '127.0.0.1');
      upstream.pipe(socket).pipe(upstream);
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => void proxy.close() });
    const { port } = proxy.address() as AddressInfo;
    const env = { http_proxy: `http://127.0.0.1:${port}`, HTTPS_PROXY: `http://127.0.0.1:${port}` };
    const door = openDoor({ named: [own, 'http://mcp.example.com'], env, timeoutMs: 2000 });
    expect((await door.send(own)).text).toBe('direct');
    expect((await door.send('http://mcp.example.com/there')).text).toBe('direct');
    expect(asked).toEqual(['mcp.example.com:80']);
  });

  it('takes no token for this machine to a proxy, whatever its address here is called', async () => {
    const asked: (string | undefined)[] = [];
    const proxy = createServer().on('connect', (request, socket) => {
      asked.push(request.url);
      socket.destroy();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => void proxy.close() });
    const { port } = proxy.address() as AddressInfo;
    const here = 'http://127.0.0.2:9';
    const env = { http_proxy: `http://127.0.0.1:${port}` };
    const door = openDoor({ named: [here], env, timeoutMs: 2000 });
    expect(await failureOf(door.withToken(here, 'a-token-of-this-machine')(here))).toBe('connect');
    expect(asked).toEqual([]);
  });

  it('says that it was the header lines that have no end', async () => {
    const origin = await serve((_, response) => {
      response.writeHead(401, { 'www-authenticate': `Bearer scope="${'a '.repeat(20_000)}"` }).end();
    });
    const failure = openDoor({ named: [origin] }).send(origin);
    await expect(failure).rejects.toMatchObject({
      kind: 'too_large',
      message: expect.stringContaining('more header lines'),
    });
  });

  it('knows the status of an answer whose body cannot be read, where that is enough', async () => {
    const origin = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('not compressed');
    });
    const door = openDoor({ named: [origin] });
    expect(await failureOf(door.send(origin))).toBe('not_http');
    expect(await door.send(origin, { headIsEnough: true })).toMatchObject({ status: 200, text: '' });
  });

  it('waits for no proxy without an end', async () => {
    const proxy = createServer().on('connect', (_, socket) => socket.destroy());
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => void proxy.close() });
    const env = { HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
    const door = openDoor({ named: [], env, timeoutMs: 500 });
    expect(await failureOf(door.send('http://mcp.example.com'))).toBe('timeout');
  });
});
