import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { McpServer as McpServerV1 } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  createMcpHandler,
  McpServer,
  ResourceTemplate,
  type McpHttpHandler,
  type ServerOptions,
} from '@modelcontextprotocol/server';
import { describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import type { ListFilter, MCPAuthEvent, OperationPolicy } from '../../src/index.js';
import { createAuth, resource, serve } from '../context/callers.js';
import { resultOf, wires } from '../sdk/wires.js';

const operations: OperationPolicy = {
  tools: { '*': [], purge: ['admin'], help: 'anonymous' },
  resources: { '*': [], 'notes://secret': ['admin'], 'notes://{id}': ['notes'] },
  prompts: { '*': [], audit: ['admin'] },
  methods: { 'tools/list': 'anonymous' },
};
const filter = createAuth().listFilter({ resource, operations });

function createServer(attach: (server: McpServer) => void, options?: ServerOptions): McpServer {
  const server = new McpServer({ name: 'lists', version: '1.0.0' }, options);
  attach(server);
  for (const name of ['purge', 'help', 'list']) server.registerTool(name, {}, () => ({ content: [] }));
  server.registerResource('secret', 'notes://secret', {}, () => ({ contents: [] }));
  server.registerResource('open', 'help://open', {}, () => ({ contents: [] }));
  const list = () => ({ resources: [{ name: 'seven', uri: 'notes://7' }] });
  server.registerResource('note', new ResourceTemplate('notes://{id}', { list }), {}, () => ({
    contents: [],
  }));
  for (const name of ['audit', 'summary']) server.registerPrompt(name, {}, () => ({ messages: [] }));
  return server;
}

const createHandler = (): McpHttpHandler =>
  createMcpHandler(() =>
    createServer((server) => filter.attach(server), {
      cacheHints: { 'tools/list': { ttlMs: 60_000, cacheScope: 'public' } },
    }),
  );

const lists = [
  ['tools/list', 'tools', 'name', ['help', 'list'], ['purge', 'help', 'list']],
  ['resources/list', 'resources', 'uri', ['help://open'], ['notes://secret', 'help://open', 'notes://7']],
  ['resources/templates/list', 'resourceTemplates', 'uriTemplate', [], ['notes://{id}']],
  ['prompts/list', 'prompts', 'name', ['summary'], ['audit', 'summary']],
] as const;

describe.each(wires)('a server of the official SDK, version 2, on the $version wire', (wire) => {
  const server = serve(createHandler(), { operations });
  const listed = async (scopes: readonly string[] | undefined, method: string) => {
    const caller = scopes && { subject: 'a', scopes };
    return resultOf(await server.fetch(wire.request(caller, method)));
  };
  const read = (result: Record<string, unknown>, kind: string, member: string) =>
    (result[kind] as readonly Record<string, unknown>[]).map((item) => item[member]);

  test.each(lists)('[MCP-2026-07-28-RS-043] %s hides what the caller may not call', async (...list) => {
    const [method, kind, member, some, all] = list;
    expect(read(await listed([], method), kind, member)).toEqual(some);
    expect(read(await listed(['admin', 'notes'], method), kind, member)).toEqual(all);
  });

  test.each(lists)(
    '[MCP-2026-07-28-RS-042] %s is private, even where it was to be public',
    async (method) => {
      for (const scopes of [[], ['admin', 'notes']]) {
        expect((await listed(scopes, method)).cacheScope).toBe('private');
      }
    },
  );

  test('a caller without a token sees what may be called without one', async () => {
    expect(read(await listed(undefined, 'tools/list'), 'tools', 'name')).toEqual(['help']);
  });
});

describe.each(wires)('what resources/read gives, on the $version wire', (wire) => {
  const cacheHint = { ttlMs: 60_000, cacheScope: 'public' } as const;
  const readAs = async (rules: OperationPolicy, uri: string) => {
    const lists = createAuth().listFilter({ resource, operations: rules });
    const handler = createMcpHandler(() => {
      const server = new McpServer({ name: 'reads', version: '1.0.0' });
      lists.attach(server);
      for (const each of ['notes://secret', 'help://open']) {
        server.registerResource(each, each, {}, () => ({
          contents: [{ uri: each, text: 'x' }],
          ...cacheHint,
        }));
      }
      return server;
    });
    const caller = { subject: 'a', scopes: ['admin', 'notes'] };
    return resultOf(await serve(handler).fetch(wire.request(caller, 'resources/read', { uri })));
  };

  test.each<[string, OperationPolicy]>([
    ['by its URI', { resources: { 'notes://secret': ['admin'], '*': [] } }],
    ['by a template', { resources: { 'notes://{id}': () => [], '*': [] } }],
    ['as one of the rest', { resources: { 'help://open': 'anonymous', '*': ['notes'] } }],
    ['as any method', { methods: { '*': [] } }],
  ])('[MCP-2026-07-28-RS-042] is private where a rule is about it %s', async (_how, rules) => {
    expect((await readAs(rules, 'notes://secret')).cacheScope).toBe('private');
  });

  test.each<[string, OperationPolicy]>([
    ['everybody may read it', { resources: { 'help://open': 'anonymous', '*': [] } }],
    ['no rule is about it', { tools: { '*': [] } }],
  ])('stays as the server says where %s', async (_why, rules) => {
    expect((await readAs(rules, 'help://open')).cacheScope).toBe('public');
  });
});

test('over a transport that is no HTTP everything is listed: there is no caller', async () => {
  for (const server of [createServer((each) => filter.attach(each)), createServerV1(filter)]) {
    expect(await listInMemory(server)).toEqual(['purge', 'help', 'list']);
  }
});

test('version 1 of the SDK is filtered by the caller of the request', async () => {
  const caller = { token: 't', clientId: 'c', scopes: ['notes'] };
  expect(await listInMemory(createServerV1(filter), caller)).toEqual(['help', 'list']);
});

test('version 1 of the SDK tells what tools need, next to the filter', async () => {
  const server = new McpServerV1({ name: 'lists', version: '1.0.0' });
  filter.attach(server);
  createAuth().securitySchemes({ resource, operations }).attach(server);
  for (const name of ['purge', 'help']) server.registerTool(name, {}, () => ({ content: [] }));
  const caller = { token: 't', clientId: 'c', scopes: ['notes'] };
  const noauth = [{ type: 'noauth' }];
  expect(await toolsInMemory(server, caller)).toMatchObject([
    { name: 'help', securitySchemes: noauth, _meta: { securitySchemes: noauth } },
  ]);
});

test('too late is said, and nothing is half filtered', () => {
  const late = createServer(() => undefined);
  const declared = new McpServer({ name: 'x', version: '1' }, { capabilities: { tools: {} } });
  for (const server of [late, late.server, declared, lateV1()]) {
    expect(() => filter.attach(server)).toThrow(MCPAuthConfigError);
    expect(() => filter.attach(server)).toThrow(/before anything is registered/);
  }
});

describe('a rule whose name the server does not list protects nothing, and its owner is told', () => {
  interface Listed {
    readonly tools?: readonly { name: string }[];
    readonly nextCursor?: string;
  }

  /** The advice after these lists. */
  async function adviceAfter(
    rules: OperationPolicy,
    ...lists: readonly (readonly [params: object, Listed])[]
  ) {
    const events: MCPAuthEvent[] = [];
    const filter = createAuth({ events }).listFilter({ resource, operations: rules });
    for (const [params, list] of lists) {
      const handlers = new Map<unknown, (request: unknown, context: unknown) => unknown>();
      const host = {
        setRequestHandler: (method: string, handler: (request: unknown, context: unknown) => unknown) =>
          void handlers.set(method, handler),
      };
      filter.attach(host);
      host.setRequestHandler('tools/list', () => list);
      await handlers.get('tools/list')?.({ params }, { http: { authInfo: { scopes: [] } } });
    }
    return events.map((event) => (event.type === 'warning' ? event.message : event.type));
  }

  const misspelt = (): OperationPolicy => ({ tools: { '*': [], 'delet-note': ['admin'] } });
  const tools = [{ name: 'delete-note' }, { name: 'list-notes' }];

  test('once, with the name that was meant', async () => {
    expect(await adviceAfter(misspelt(), [{}, { tools }], [{}, { tools }])).toEqual([
      'operations.tools["delet-note"] names none of the tools in the first list of this server, so it decides about nothing there. Did you mean "delete-note"? About what no rule names, "*" decides.',
    ]);
  });

  test('without one where nothing is near', async () => {
    const [advice] = await adviceAfter({ tools: { '*': [], export: [] } }, [{}, { tools }]);
    expect(advice).not.toContain('mean');
  });

  test('not where all are listed, nor by one page of a longer list', async () => {
    expect(await adviceAfter({ tools: { '*': [], 'delete-note': [] } }, [{}, { tools }])).toEqual([]);
    expect(await adviceAfter(misspelt(), [{}, { tools, nextCursor: '2' }])).toEqual([]);
    expect(await adviceAfter(misspelt(), [{ cursor: '2' }, { tools }])).toEqual([]);
    expect(await adviceAfter(misspelt(), [{}, {}])).toEqual([]);
  });
});

test('handlers of one’s own are filtered too, and other methods are left alone', async () => {
  const handlers = new Map<unknown, (request: unknown, context: unknown) => unknown>();
  const host = {
    setRequestHandler: (method: string, handler: (request: unknown, context: unknown) => unknown) =>
      void handlers.set(method, handler),
  };
  filter.attach(host);
  host.setRequestHandler('tools/list', () => ({ tools: [{ name: 'purge' }, { name: 'help' }] }));
  host.setRequestHandler('ping', () => 'pong');
  const http = { authInfo: { scopes: [] } };
  expect(await handlers.get('tools/list')?.({}, { http })).toEqual({
    tools: [{ name: 'help' }],
    cacheScope: 'private',
  });
  expect(handlers.get('ping')?.({}, { http })).toBe('pong');
});

function createServerV1(lists: ListFilter): McpServerV1 {
  const server = new McpServerV1({ name: 'lists', version: '1.0.0' });
  lists.attach(server);
  for (const name of ['purge', 'help', 'list']) server.registerTool(name, {}, () => ({ content: [] }));
  return server;
}

function lateV1(): McpServerV1 {
  const server = new McpServerV1({ name: 'lists', version: '1.0.0' });
  server.registerTool('x', {}, () => ({ content: [] }));
  return server;
}

interface CallerV1 {
  token: string;
  clientId: string;
  scopes: string[];
}

async function listInMemory(server: McpServer | McpServerV1, authInfo?: CallerV1): Promise<string[]> {
  return (await toolsInMemory(server, authInfo)).map(({ name }) => name);
}

/** Lists the tools over a pair of linked ends, without HTTP. */
async function toolsInMemory(
  server: McpServer | McpServerV1,
  authInfo?: CallerV1,
): Promise<readonly { readonly name: string }[]> {
  const [client, transport] = InMemoryTransport.createLinkedPair();
  const answers: unknown[] = [];
  const answered = new Promise<void>((resolve) => {
    client.onmessage = (message) => {
      answers.push(message);
      if (answers.length === 2) resolve();
    };
  });
  await client.start();
  await (server as McpServerV1).connect(transport);
  const clientInfo = { name: 'test', version: '1' };
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
  await client.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
  await client.send({ jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} }, authInfo && { authInfo });
  await answered;
  await server.close();
  const last = answers.at(-1) as { result: { tools: { '*': []; name: string }[] } };
  return last.result.tools;
}
