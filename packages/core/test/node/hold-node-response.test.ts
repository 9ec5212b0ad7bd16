import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, constants, createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import type { LateRefusal } from '../../src/http/answer.js';
import { holdNodeResponse } from '../../src/node/hold-node-response.js';

interface Answer {
  readonly status: number | undefined;
  readonly message: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const answer = {
  status: 403,
  headers: [
    ['WWW-Authenticate', 'Bearer error="insufficient_scope"'],
    ['Content-Type', 'application/json'],
  ],
  body: '{"error":"insufficient_scope"}',
} as const;

/** A refusal that is raised when a test says so. */
class Switch implements LateRefusal {
  readonly raised = new Promise<void>(() => undefined);
  get isRaised() {
    return this.isOn;
  }

  isOn = false;
  settled = 0;

  settle() {
    this.settled++;
    return this.isOn ? answer : undefined;
  }
}

type Handler = (response: ServerResponse, refusal: Switch) => unknown;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function ask(
  handler: Handler,
  hold = true,
  before?: (response: ServerResponse) => void,
): Promise<Answer> {
  const server = createServer((_request, response) => {
    const refusal = new Switch();
    response.sendDate = false;
    before?.(response);
    if (hold) holdNodeResponse(response, refusal);
    void handler(response, refusal);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const outgoing = send({ host: '127.0.0.1', port, method: 'POST', agent: false }, (response) => {
      const { statusCode: status, statusMessage: message, headers } = response;
      response.setEncoding('utf8');
      let body = '';
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status, message, headers, body }));
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const ways: Readonly<Record<string, Handler>> = {
  'end alone': (response) => response.end('text'),
  'end without a body': (response) => response.writeHead(204).end(),
  'status and fields set before': (response) => {
    response.statusCode = 201;
    response.setHeader('x-own', ['a', 'b']);
    response.end(Buffer.from('bytes'));
  },
  'writeHead with fields': (response) => response.writeHead(202, { 'x-own': '1' }).end('later'),
  'writeHead with a message': (response) => response.writeHead(200, 'Fine', ['x-own', '1']).end(),
  'a stream with its head first': (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    response.write('data: 1\n\n');
    setImmediate(() => response.end('data: 2\n\n'));
  },
  'an empty write first': (response) => {
    response.write('');
    response.write('a');
    response.end();
  },
  'a pipe': (response) => pipeline(Readable.from(['a', 'b', 'c']), response, () => undefined),
};

describe('a response that nobody refuses', () => {
  test.each(Object.entries(ways))('%s: arrives as it would have', async (_name, handler) => {
    expect(await ask(handler)).toEqual(await ask(handler, false));
  });

  test('the head waits for the first byte, and no longer', async () => {
    const seen: boolean[] = [];
    await ask((response) => {
      response.writeHead(200).flushHeaders();
      seen.push(response.headersSent);
      response.write('x');
      seen.push(response.headersSent);
      response.end();
    });
    expect(seen).toEqual([false, true]);
  });

  test('is asked about once', async () => {
    let refusal: Switch | undefined;
    await ask((response, given) => {
      refusal = given;
      response.write('a');
      response.write('b');
      response.end('c');
    });
    expect(refusal?.settled).toBe(1);
  });

  test('a writer gets its callbacks', async () => {
    const called: string[] = [];
    await ask((response) => {
      response.write('', () => called.push('empty'));
      response.write('a', () => called.push('write'));
      response.end(() => called.push('end'));
    });
    expect(called).toEqual(expect.arrayContaining(['empty', 'write', 'end']));
  });
});

describe('a response that is refused', () => {
  test.each(Object.entries(ways))('%s: is replaced as a whole', async (_name, handler) => {
    const { status, message, headers, body } = await ask((response, refusal) => {
      refusal.isOn = true;
      return handler(response, refusal);
    });
    expect([status, message]).toEqual([403, 'Forbidden']);
    expect(headers).toEqual({
      'www-authenticate': 'Bearer error="insufficient_scope"',
      'content-type': 'application/json',
      'content-length': String(answer.body.length),
      connection: 'close',
    });
    expect(body).toBe(answer.body);
  });

  test('keeps the fields that were set before the handler ran', async () => {
    const { headers } = await ask(
      (response, refusal) => {
        refusal.isOn = true;
        response.setHeader('x-request-id', 'changed');
        response.removeHeader('vary');
        response.setHeader('mcp-session-id', 's');
        response.statusMessage = 'Fine';
        response.end('secret');
      },
      true,
      (response) => response.setHeader('x-request-id', 7).setHeader('vary', ['Accept', 'Origin']),
    );
    expect(headers).toMatchObject({ 'x-request-id': '7', vary: 'Accept, Origin' });
    expect(headers).not.toHaveProperty('mcp-session-id');
  });

  test('passes through whatever a middleware in front has put in the way of its methods', async () => {
    const calls: string[] = [];
    const { status, body } = await ask(
      (response, refusal) => {
        refusal.isOn = true;
        response.end('secret');
      },
      true,
      (response) => {
        const writeHead = response.writeHead.bind(response);
        const end = response.end.bind(response) as (...args: unknown[]) => unknown;
        Object.assign(response, {
          writeHead: (...args: Parameters<typeof writeHead>) => {
            calls.push('writeHead');
            return writeHead(...args);
          },
          end: (...args: unknown[]) => {
            calls.push('end');
            return end(...args);
          },
        });
      },
    );
    expect([status, body]).toEqual([403, answer.body]);
    expect(calls).toEqual(['end', 'writeHead']);
  });

  test('is not refused once a byte was sent', async () => {
    const { status, body } = await ask((response, refusal) => {
      response.write('begun');
      refusal.isOn = true;
      response.end(' and done');
    });
    expect([status, body]).toEqual([200, 'begun and done']);
  });

  test('is left alone where somebody has answered before', async () => {
    const { status, body } = await ask(
      (response, refusal) => {
        expect(refusal.settled).toBe(1);
        refusal.isOn = true;
        response.end('late');
      },
      true,
      (response) => response.writeHead(200).flushHeaders(),
    );
    expect([status, body]).toEqual([200, 'late']);
  });

  test('a writer is told that all went well', async () => {
    const called: unknown[] = [];
    await ask((response, refusal) => {
      refusal.isOn = true;
      called.push(response.write('a', () => called.push('write')));
      response.writeHead(500);
      response.flushHeaders();
      called.push(response.write('b'), response.end(() => called.push('end')) === response);
      called.push(response.writableEnded);
    });
    expect(called).toEqual([true, true, true, true, 'write', 'end']);
  });
});

test('works over HTTP/2 too', async () => {
  const server = createHttp2Server((_request, response) => {
    const refusal = new Switch();
    // Node's compatibility response has every member that is used, under a type of its own
    holdNodeResponse(response as unknown as ServerResponse, refusal);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    refusal.isOn = true;
    response.end('secret');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    const stream = session.request({ ':method': 'POST' });
    stream.setEncoding('utf8');
    const status = new Promise((resolve) =>
      stream.on('response', (headers) => resolve(headers[constants.HTTP2_HEADER_STATUS])),
    );
    let body = '';
    for await (const chunk of stream) body += String(chunk);
    expect([await status, body]).toEqual([403, answer.body]);
  } finally {
    session.close();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  }
});
