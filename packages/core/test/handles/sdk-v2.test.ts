import { createMcpHandler, fromJsonSchema, McpServer } from '@modelcontextprotocol/server';
import { beforeEach, describe, expect, test } from 'vitest';
import { authInfoOf } from '../../src/sdk/auth-info-of.js';
import type { OperationPolicy } from '../../src/index.js';
import { serve, type Caller } from '../context/callers.js';
import { wires, type Wire } from '../sdk/wires.js';
import { createHandles } from './callers.js';

const operations: OperationPolicy = { tools: { report: ['notes:export'], '*': 'refuse' } };
const alice = { subject: 'alice', clientId: 'c', scopes: ['notes:read', 'notes:export'] };
const bob = { ...alice, subject: 'bob' };
const weak = { ...alice, scopes: ['notes:read'] };
const taskParams = {
  params: fromJsonSchema<{ taskId: string }>({
    type: 'object',
    properties: { taskId: { type: 'string' } },
    required: ['taskId'],
  }),
};

let tasks: Map<string, { status: string }>;
/** The identifiers that were looked up. */
let asked: string[];
let now: number;
let server: ReturnType<typeof serve>;

/** An owner's own handlers, as the guide shows them: version 2 of the SDK has none for tasks. */
function createServer(): ReturnType<typeof serve> {
  const handles = createHandles({ operations, now: () => now, lifetimeSeconds: 60 });
  const handler = createMcpHandler(() => {
    const mcp = new McpServer({ name: 'reports', version: '1.0.0' });
    mcp.registerTool('report', {}, async (context) => {
      const id = crypto.randomUUID();
      tasks.set(id, { status: 'working' });
      const operation = { method: 'tools/call', params: { name: 'report' } };
      const taskId = await handles.seal(id, { caller: authInfoOf(context), operation });
      return { content: [{ type: 'text', text: taskId }] };
    });
    const find = (id: string) => {
      asked.push(id);
      const task = tasks.get(id);
      if (task === undefined) throw Object.assign(new Error('Task not found'), { code: -32_602 });
      return task;
    };
    for (const [method, status] of Object.entries(methods)) {
      mcp.server.setRequestHandler(
        method,
        taskParams,
        handles.taskHandler(({ taskId }) => {
          const task = find(taskId);
          task.status = status ?? task.status;
          return { taskId, status: task.status, task: { taskId } };
        }),
      );
    }
    return mcp;
  });
  return serve(handler, { operations });
}

const methods: Readonly<Record<string, string | undefined>> = {
  'tasks/get': undefined,
  'tasks/update': 'updated',
  'tasks/cancel': 'cancelled',
};

beforeEach(() => {
  tasks = new Map();
  asked = [];
  now = 1_000_000;
  server = createServer();
});

describe.each(wires)('on the $version wire', (wire) => {
  const send = async (caller: Caller, method: string, params: Record<string, unknown>) => {
    const request = withName(wire, wire.request(caller, method, params), params.taskId);
    const text = await (await server.fetch(request)).text();
    const data = text
      .split('\n')
      .findLast((line) => line.startsWith('data: {'))
      ?.slice(6);
    return JSON.parse(data ?? text) as { result?: Record<string, unknown>; error?: { code: number } };
  };
  const makeTask = async (caller: Caller = alice) => {
    const { result } = await send(caller, 'tools/call', { name: 'report', arguments: {} });
    return (result?.content as { text: string }[])[0]?.text ?? '';
  };

  test.each(Object.keys(methods))('%s of somebody else’s task is answered as of none', async (method) => {
    const handle = await makeTask();
    const [id] = tasks.keys();
    const unknown = await send(alice, method, { taskId: 'made-up' });
    expect(unknown.error?.code).toBe(-32_602);
    const cases: readonly (readonly [string, Caller, string])[] = [
      ['of another user', bob, handle],
      ['with too little', weak, handle],
      ['altered', alice, handle.slice(0, -2) + (handle.endsWith('AA') ? 'BA' : 'AA')],
      ['the identifier itself', alice, id ?? ''],
    ];
    for (const [what, caller, taskId] of cases) {
      asked = [];
      expect(await send(caller, method, { taskId }), what).toEqual(unknown);
      expect(asked, what).toHaveLength(1);
      expect(asked, what).not.toContain(id);
    }
    now += 60_001;
    expect(await send(alice, method, { taskId: handle }), 'expired').toEqual(unknown);
    now -= 60_001;
    tasks.clear();
    expect(await send(alice, method, { taskId: handle }), 'gone').toEqual(unknown);
  });

  test.each(Object.entries(methods))('%s reaches one’s own', async (method, status) => {
    const handle = await makeTask();
    expect((await send(alice, method, { taskId: handle })).result).toMatchObject({
      taskId: handle,
      task: { taskId: handle },
      status: status ?? 'working',
    });
  });
});

/** Clients of MCP 2026-07-28 repeat the identifier in a header, which the SDK compares. */
function withName({ version }: Wire, request: Request, taskId: unknown): Request {
  if (version === '2026-07-28' && typeof taskId === 'string') request.headers.set('mcp-name', taskId);
  return request;
}

test('a handler that gets the whole request, as in version 1, gets its own identifier too', async () => {
  const handles = createHandles();
  const caller = { authInfo: undefined };
  const seen: unknown[] = [];
  const handler = handles.taskHandler((request: { params: { taskId: string } }) => {
    seen.push(request.params.taskId);
    return {
      taskId: request.params.taskId,
      _meta: { 'io.modelcontextprotocol/related-task': request.params },
    };
  });
  const answer = await handler({ params: { taskId: 'made-up' } }, caller);
  expect(seen).not.toContain('made-up');
  expect(answer).toEqual({
    taskId: 'made-up',
    _meta: { 'io.modelcontextprotocol/related-task': { taskId: 'made-up' } },
  });
});
