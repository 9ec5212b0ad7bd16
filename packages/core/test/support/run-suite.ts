import { createServer, request, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BearerAuthOptions, MCPAuthConfig, TokenInfo } from '../../src/index.js';

/** What an application that is to be tried is built with. */
export interface RunSetup {
  readonly config: MCPAuthConfig;
  readonly verify: (token: string) => TokenInfo;
  readonly options: BearerAuthOptions;
  /** To be told which tool runs, by the code that runs it. */
  readonly ran: (tool: string) => void;
  /** A hand-written JSON-RPC server: runs what the parsed body names. */
  readonly runBody: (body: unknown) => unknown;
}

export type StartApplication = (setup: RunSetup) => RequestListener | Promise<RequestListener>;

const resource = 'http://localhost/mcp';
const issuer = 'https://as.example.com';

const scopes: Readonly<Record<string, readonly string[]>> = { low: [], full: ['purge'] };

function verify(token: string): TokenInfo {
  const expiresAt = Math.floor(Date.now() / 1000) + 60;
  return { issuer, audience: resource, subject: 'user-1', scopes: scopes[token] ?? [], expiresAt };
}

function call(params: string, method = '"method":"tools/call"'): string {
  return `{"jsonrpc":"2.0","id":1,${method},"params":{${params},"arguments":{}}}`;
}

/** `what is judged is what runs`, for one way to put an MCP server behind an adapter. */
export function describeRuns(title: string, start: StartApplication): void {
  describe(title, () => {
    const ran: string[] = [];
    const server = createServer();
    beforeEach(() => void ran.splice(0));
    beforeAll(async () => {
      const note = (tool: string) => void ran.push(tool);
      const listener = await start({
        config: {
          protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
          onEvent: () => undefined,
        },
        verify,
        options: { resource, operations: { tools: { '*': [], purge: ['purge'] } } },
        ran: note,
        runBody: (body) => {
          for (const message of [body].flat()) note(nameOf(message));
          return { jsonrpc: '2.0', id: 1, result: {} };
        },
      });
      server.on('request', listener);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => {
      server.close();
      server.closeAllConnections();
    });

    /** Without an announced length, in pieces, where `pieces` says so. */
    const send = (
      body: string,
      token: string,
      more: { fields?: Record<string, string>; pieces?: number } = {},
    ) =>
      new Promise<number>((resolve, reject) => {
        const { port } = server.address() as AddressInfo;
        const headers = {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'mcp-protocol-version': '2025-06-18',
          ...(more.pieces === undefined && { 'content-length': Buffer.byteLength(body) }),
          ...more.fields,
        };
        const outgoing = request(
          { host: '127.0.0.1', port, path: '/mcp', method: 'POST', headers },
          (response) => {
            text(response).then(() => resolve(response.statusCode ?? 0), reject);
          },
        );
        outgoing.on('error', reject);
        const size = Math.ceil(body.length / (more.pieces ?? 1));
        for (let at = 0; at < body.length; at += size) outgoing.write(body.slice(at, at + size));
        outgoing.end();
      });

    test.each([
      ['what needs more', call('"name":"purge"'), {}],
      ['what needs more, in pieces', call('"name":"purge"'), { pieces: 5 }],
      ['a name that is given twice, the second needs more', call('"name":"search","name":"purge"'), {}],
      [
        'a method that is given twice',
        call('"name":"purge"', '"method":"tools/list","method":"tools/call"'),
        {},
      ],
      ['a batch with one that needs more', `[${call('"name":"search"')},${call('"name":"purge"')}]`, {}],
      [
        'fields that name another tool',
        call('"name":"purge"'),
        { fields: { 'mcp-method': 'tools/call', 'mcp-name': 'search' } },
      ],
    ])('[MCP-2026-07-28-RS-030] %s is refused, and nothing runs', async (_title, body, more) => {
      expect(await send(body, 'low', more)).toBe(403);
      expect(ran).toEqual([]);
    });

    test.each([
      ['a tool without a rule', call('"name":"search"'), 'low', 'search', {}],
      ['a tool without a rule, in pieces', call('"name":"search"'), 'low', 'search', { pieces: 5 }],
      [
        'a name that is given twice, the second is harmless',
        call('"name":"purge","name":"search"'),
        'low',
        'search',
        {},
      ],
      ['what needs more, for who has it', call('"name":"purge"'), 'full', 'purge', {}],
    ])('[MCP-2026-07-28-RS-030] %s runs, and nothing else', async (_title, body, token, tool, more) => {
      expect(await send(body, token, more)).toBe(200);
      expect(ran).toEqual([tool]);
    });
  });
}

function nameOf(message: unknown): string {
  const { params } = (message ?? {}) as { params?: { name?: unknown } };
  return String(params?.name);
}
