import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { getAuthInfo } from '../../src/context.js';
import type { ProtectedFetchHandler } from '../../src/fetch.js';
import type { Handles } from '../../src/handles/handles.js';
import { MCPAuthConfigError, type MCPAuthEvent, type OperationPolicy } from '../../src/index.js';
import { post, serve, type Caller } from '../context/callers.js';
import { CountingStore } from './counting-store.js';
import { createHandles, secret } from './callers.js';

const operations: OperationPolicy = { tools: { report: ['notes:export'], '*': 'refuse' } };
const alice = { subject: 'alice', clientId: 'c', scopes: ['notes:read', 'notes:export'] };
const bob = { ...alice, subject: 'bob' };
const weak = { ...alice, scopes: ['notes:read'] };

let counting: CountingStore;
let server: ProtectedFetchHandler;
let now: number;
/** Ends the work of the tool. */
let finish: () => Promise<void>;

interface Options {
  readonly handles?: Handles;
  readonly inContext?: boolean;
}

/** A server of version 1 without sessions, with a tool that takes its time. */
function createServer({ handles, inContext = true }: Options = {}): ProtectedFetchHandler {
  const own = handles ?? createHandles({ operations, now: () => now, lifetimeSeconds: 60 });
  const taskStore = own.taskStore(counting.store, getAuthInfo);
  const answer = async (request: Request, parsedBody: unknown): Promise<Response> => {
    const mcp = new McpServer(
      { name: 'reports', version: '1.0.0' },
      { taskStore, capabilities: { tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } } } },
    );
    mcp.experimental.tasks.registerToolTask(
      'report',
      {},
      {
        createTask: async (extra) => {
          const task = await extra.taskStore.createTask({ ttl: 60_000 });
          let release: () => void = () => undefined;
          // What follows a promise runs in the context of whoever has asked for it
          const work = new Promise<void>((resolve) => (release = resolve)).then(() => {
            const text = `for ${getAuthInfo()?.subject ?? 'nobody'}`;
            return taskStore.storeTaskResult(task.taskId, 'completed', { content: [{ type: 'text', text }] });
          });
          finish = () => {
            release();
            return work;
          };
          return { task };
        },
        getTask: (extra) => extra.taskStore.getTask(extra.taskId),
        getTaskResult: async (extra) =>
          (await extra.taskStore.getTaskResult(extra.taskId)) as { content: [] },
      },
    );
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await mcp.connect(transport);
    return transport.handleRequest(request, { parsedBody });
  };
  return serve((request, { parsedBody } = {}) => answer(request, parsedBody), {
    operations,
    ...(!inContext && { asyncContext: undefined }),
  });
}

async function ask(caller: Caller, method: string, params: object, at = server): Promise<Message> {
  const version = { 'mcp-protocol-version': '2025-11-25' };
  const response = await at.fetch(post(caller, { jsonrpc: '2.0', id: 1, method, params }, version));
  return (await response.json()) as Message;
}

interface Message {
  readonly result?: { readonly [member: string]: unknown };
  readonly error?: { readonly code: number; readonly message: string };
}

async function makeTask(caller: Caller = alice, at = server): Promise<string> {
  const { result } = await ask(caller, 'tools/call', { name: 'report', arguments: {}, task: {} }, at);
  counting.take();
  return (result?.task as { taskId: string }).taskId;
}

beforeEach(() => {
  now = 1_000_000;
  counting = new CountingStore();
  server = createServer();
});
afterEach(() => counting.clear());

const methods = ['tasks/get', 'tasks/result', 'tasks/cancel'];

/** What the answer is about, whatever the handle was. */
const withoutHandle = (message: Message, handle: string) => JSON.stringify(message).replaceAll(handle, '…');

describe.each(methods)('%s', (method) => {
  test('a task of somebody else is answered, and looked up, as one that there never was', async () => {
    const handle = await makeTask();
    const [version, content] = handle.split('.');
    const madeUp = [version, content, 'A'.repeat(43)].join('.');
    const unknown = withoutHandle(await ask(alice, method, { taskId: 'made-up' }), 'made-up');
    const lookedUp = counting.take();
    expect(JSON.parse(unknown)).toMatchObject({ error: { code: -32_602 } });
    expect(unknown).toMatch(/not found/i);
    const cases: readonly (readonly [string, Caller, string])[] = [
      ['of another user', bob, handle],
      ['with a token that no longer covers what the tool needs', weak, handle],
      ['altered', alice, madeUp],
      ['cut', alice, handle.slice(0, -1)],
      ['of the store itself', alice, counting.ids[0] ?? ''],
    ];
    for (const [what, caller, taskId] of cases) {
      expect(withoutHandle(await ask(caller, method, { taskId }), taskId), what).toBe(unknown);
      const asked = counting.calls.map(([, id]) => id);
      expect(asked, what).not.toContain(counting.ids[0]);
      expect(counting.take(), what).toEqual(lookedUp);
    }
    now += 60_001;
    expect(withoutHandle(await ask(alice, method, { taskId: handle }), handle), 'expired').toBe(unknown);
    expect(counting.take()).toEqual(lookedUp);
  });

  test('a task that is gone is answered to its owner in the same way', async () => {
    const handle = await makeTask();
    const unknown = withoutHandle(await ask(alice, method, { taskId: 'made-up' }), 'made-up');
    const lookedUp = counting.take();
    counting.clear();
    expect(withoutHandle(await ask(alice, method, { taskId: handle }), handle)).toBe(unknown);
    expect(counting.take()).toEqual(lookedUp);
  });
});

describe('whoever has made a task', () => {
  test('sees how it goes, and gets its result', async () => {
    const handle = await makeTask();
    expect((await ask(alice, 'tasks/get', { taskId: handle })).result).toMatchObject({
      taskId: handle,
      status: 'working',
    });
    await finish();
    expect((await ask(alice, 'tasks/result', { taskId: handle })).result).toMatchObject({
      content: [{ text: 'for alice' }],
      _meta: { 'io.modelcontextprotocol/related-task': { taskId: handle } },
    });
  });

  test('can cancel it, and nobody else can', async () => {
    const handle = await makeTask();
    await ask(bob, 'tasks/cancel', { taskId: handle });
    expect((await ask(alice, 'tasks/get', { taskId: handle })).result?.status).toBe('working');
    expect((await ask(alice, 'tasks/cancel', { taskId: handle })).result?.status).toBe('cancelled');
  });

  test('finds it in the list, and nobody else does', async () => {
    const handle = await makeTask();
    const own = await makeTask(bob);
    const listed = async (caller: Caller) =>
      ((await ask(caller, 'tasks/list', {})).result?.tasks as { taskId: string }[]).map(
        ({ taskId }) => taskId,
      );
    expect(await listed(alice)).toEqual([handle]);
    expect(await listed(bob)).toEqual([own]);
    expect(await listed(weak)).toEqual([]);
    expect(await listed({ ...alice, subject: 'carol' })).toEqual([]);
  });

  test('can go on with another replica that has the same secret and store', async () => {
    const handle = await makeTask();
    const replica = createServer({
      handles: createHandles({ operations, now: () => now, secrets: [`${secret}!`, secret] }),
    });
    expect((await ask(alice, 'tasks/get', { taskId: handle }, replica)).result).toBeDefined();
    expect((await ask(bob, 'tasks/get', { taskId: handle }, replica)).error).toBeDefined();
  });
});

test('where nobody says who is calling, no task is made, none is found, and the owner is told', async () => {
  const events: MCPAuthEvent[] = [];
  const handle = await makeTask();
  const blind = createServer({ inContext: false, handles: createHandles({ operations, events }) });
  const refused = await ask(alice, 'tools/call', { name: 'report', arguments: {}, task: {} }, blind);
  expect(refused.error).toBeDefined();
  expect(counting.take()).toEqual([]);
  expect((await ask(alice, 'tasks/get', { taskId: handle }, blind)).error?.code).toBe(-32_602);
  expect((await ask(alice, 'tasks/list', {}, blind)).result?.tasks).toEqual([]);
  // The SDK answers that the tool has made no task, and no more
  expect(events).toMatchObject([
    { type: 'warning', message: expect.stringContaining('asyncContext') as string },
  ]);
});

test('handles without operations guard no store: nobody knows what its tools need', () => {
  const guard = () => createHandles().taskStore(counting.store, getAuthInfo);
  expect(guard).toThrow(MCPAuthConfigError);
  expect(guard).toThrow(/operations: is missing/);
});

test('the store is told whose a task is, and not in which session it was made', async () => {
  await ask(alice, 'tools/call', { name: 'report', arguments: {}, task: {} });
  const [, , , , owner] = counting.calls.find(([method]) => method === 'createTask') ?? [];
  expect(owner).toMatch(/^[0-9a-f]{64}$/);
});
