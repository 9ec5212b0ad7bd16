import { once } from 'node:events';
import { request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BearerAuthOptions, MCPAuthConfig, TokenInfo } from '../../src/index.js';
import { closeServer } from './listen.js';

/** What an application that is to be tried is built with: routes for POST that answer 200. */
export interface BodySetup {
  readonly config: MCPAuthConfig;
  readonly verify: (token: string) => TokenInfo;
  readonly routes: readonly (readonly [path: string, options: BearerAuthOptions])[];
  /** To be told every error that reaches the application. */
  readonly failed: (error: unknown) => void;
}

/** Starts it on a free port of 127.0.0.1. */
export type StartBodySubject = (setup: BodySetup) => Promise<Server>;

const resource = 'http://localhost/mcp';
const issuer = 'https://as.example.com';
const options = { resource, operations: { methods: { 'tools/list': 'anonymous' } } } as const;

const callers = [
  ['with a token', 'Authorization: Bearer alice\r\n'],
  ['without one', ''],
] as const;

/** Clients that send their bodies badly, or not at all. */
export function describeBadBodies(title: string, start: StartBodySubject): void {
  describe(`${title}: bodies that come badly`, () => {
    const errors: unknown[] = [];
    const printed = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
    const stderr = vi.spyOn(process.stderr, 'write');
    let server: Server;

    beforeAll(async () => {
      server = await start({
        config: {
          protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
          onEvent: () => undefined,
        },
        verify: () => ({ issuer, audience: resource, subject: 'alice', expiresAt: Date.now() / 1000 + 600 }),
        routes: [
          ['/mcp', options],
          ['/impatient', { ...options, bodyTimeoutMs: 50 }],
        ],
        failed: (error) => errors.push(error),
      });
    });
    beforeEach(() => {
      errors.length = 0;
      for (const spy of [...printed, stderr]) spy.mockClear();
    });
    afterAll(() => closeServer(server));

    const open = (): Socket => connect((server.address() as AddressInfo).port, '127.0.0.1');
    const head = (fields: string, length: string, path = '/mcp'): string =>
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${fields}Content-Type: application/json\r\n${length}\r\n\r\n`;

    /** All that comes until the server closes the connection. */
    const readToEnd = (socket: Socket): Promise<string> =>
      new Promise((resolve) => {
        let text = '';
        socket.on('data', (chunk) => (text += chunk.toString()));
        // A server that closes while it is sent to resets the connection
        socket.on('error', () => undefined);
        socket.on('close', () => {
          resolve(text);
        });
      });

    /** The server still serves who behaves, and nobody heard of an error. */
    const expectWell = async (): Promise<void> => {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
      const { port } = server.address() as AddressInfo;
      // A connection of its own: one that was kept may just be closed by the server
      const sent = request({
        ...{ host: '127.0.0.1', port, path: '/mcp', method: 'POST', agent: false },
        headers: {
          authorization: 'Bearer alice',
          'content-type': 'application/json',
          'content-length': body.length,
        },
      }).end(body);
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      answer.resume();
      expect(answer.statusCode).toBe(200);
      expect(errors).toEqual([]);
      for (const spy of [...printed, stderr]) expect(spy.mock.calls).toEqual([]);
    };

    describe.each(callers)('%s', (_caller, fields) => {
      test.each<readonly [string, (socket: Socket) => unknown]>([
        ['resets the connection', (socket) => socket.resetAndDestroy()],
        ['closes it', (socket) => socket.destroy()],
        ['closes it for writing', (socket) => socket.end()],
      ])('a client that %s while its body is read is no error of the application', async (_how, leave) => {
        for (const length of ['Content-Length: 1000', 'Transfer-Encoding: chunked']) {
          for (const milliseconds of [0, 1, 10]) {
            const socket = open();
            const arrived = once(server, 'request');
            const closed = readToEnd(socket);
            socket.write(`${head(fields, length)}${length.startsWith('T') ? '4\r\n{"a"\r\n' : '{"a"'}`);
            const [, response] = (await arrived) as [unknown, ServerResponse];
            const gone = once(response, 'close');
            await wait(milliseconds);
            leave(socket);
            await Promise.all([gone, closed]);
          }
        }
        await expectWell();
      });

      test('a body that never ends is answered when its time is over', async () => {
        for (const length of ['Content-Length: 1000', 'Transfer-Encoding: chunked']) {
          const socket = open();
          socket.write(
            `${head(fields, length, '/impatient')}${length.startsWith('T') ? '4\r\n{"a"\r\n' : '{"a"'}`,
          );
          const answer = await readToEnd(socket);
          expect(answer).toMatch(fields === '' ? /^HTTP\/1\.1 401 / : /^HTTP\/1\.1 408 /);
          expect(answer.toLowerCase()).toContain('connection: close');
        }
        await expectWell();
      });

      test('of many small pieces is answered, and its connection closed', async () => {
        const pieces = '1\r\n \r\n'.repeat(256 * 1024);
        const answers = await Promise.all(
          Array.from({ length: 8 }, () => {
            const socket = open();
            socket.write(head(fields, 'Transfer-Encoding: chunked'));
            socket.write(pieces);
            return readToEnd(socket);
          }),
        );
        for (const answer of answers) {
          expect(answer).toMatch(fields === '' ? /^HTTP\/1\.1 401 / : /^HTTP\/1\.1 400 /);
        }
        await expectWell();
      });
    });
  });
}
