import { authInfoOf } from '@mcp-auth/core';
import type { FetchHandler } from '@mcp-auth/core/fetch';
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  completable,
  createMcpHandler,
  createRequestStateCodec,
  inputRequired,
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceTemplate,
  type CreateMcpHandlerOptions,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { info, say, type CreateServer } from './official-server.js';

interface Draft {
  readonly step: number;
}

const capabilities = { logging: {}, tools: { listChanged: true }, resources: { subscribe: true } };
const taskParams = { params: z.looseObject({ taskId: z.string() }) };

/** SDK version 2, with everything that it can have; the handlers of tasks are the owner's. */
export const createServerV2: CreateServer = (handles, work) => {
  const tasks = new Map<string, { status: string }>();
  const codec = handles.requestState<Draft, ServerContext>(({ key, bind }) =>
    createRequestStateCodec<Draft>({ key, bind }),
  );

  const pass = ({ mcpReq }: ServerContext) =>
    work.pass(mcpReq.signal, () =>
      mcpReq.notify({ method: 'notifications/message', params: { level: 'info', data: 'began' } }),
    );
  /** The state that came, or what asks the client to come again with one. */
  const takeState = async (context: ServerContext) => {
    const draft = context.mcpReq.requestState<Draft>();
    if (draft === undefined) return inputRequired({ requestState: await codec.mint({ step: 1 }, context) });
    work.taken.push(draft);
    return undefined;
  };
  const find = (id: string) => {
    const task = tasks.get(id);
    work.taken.push(task);
    if (task === undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Task not found');
    return task;
  };

  const createServer = () => {
    const mcp = new McpServer(info, {
      capabilities,
      requestState: { verify: (state, context) => codec.verify(state, context) },
    });
    mcp.registerTool('search', {}, async (context) => {
      await pass(context);
      return { content: [{ type: 'text', text: say('search', authInfoOf(context)) }] };
    });
    mcp.registerTool(
      'report',
      { inputSchema: z.object({ isDone: z.boolean() }) },
      async ({ isDone }, context) => {
        const id = crypto.randomUUID();
        tasks.set(id, { status: isDone ? 'completed' : 'working' });
        const operation = { method: 'tools/call', params: { name: 'report' } };
        const taskId = await handles.seal(id, { caller: authInfoOf(context), operation });
        return { content: [{ type: 'text', text: taskId }] };
      },
    );
    mcp.registerTool('import', {}, async (context) => {
      const asked = await takeState(context);
      return asked ?? { content: [{ type: 'text', text: say('import', authInfoOf(context)) }] };
    });
    const topic = completable(z.string(), async () => {
      await work.pass();
      return ['apples', 'pears'];
    });
    mcp.registerPrompt('plan', { argsSchema: z.object({ topic }) }, async (_given, context) => {
      await pass(context);
      const text = say('plan', authInfoOf(context));
      return { messages: [{ role: 'user', content: { type: 'text', text } }] };
    });
    mcp.registerPrompt('import', {}, async (context) => {
      const asked = await takeState(context);
      const text = say('import', authInfoOf(context));
      return asked ?? { messages: [{ role: 'user', content: { type: 'text', text } }] };
    });
    const list = () => ({ resources: [{ uri: 'notes://items/1', name: 'first' }] });
    mcp.registerResource(
      'items',
      new ResourceTemplate('notes://items/{id}', { list }),
      {},
      async ({ href }, _variables, context) => {
        await pass(context);
        return { contents: [{ uri: href, text: say('item', authInfoOf(context)) }] };
      },
    );
    mcp.registerResource('draft', 'notes://drafts/1', {}, async ({ href }, context) => {
      const asked = await takeState(context);
      return asked ?? { contents: [{ uri: href, text: say('draft', authInfoOf(context)) }] };
    });
    for (const [method, status] of [
      ['tasks/get', undefined],
      ['tasks/update', 'updated'],
      ['tasks/cancel', 'cancelled'],
      ['tasks/result', undefined],
    ] as const) {
      mcp.server.setRequestHandler(
        method as 'tasks/update',
        taskParams,
        handles.taskHandler(async ({ taskId }: { taskId: string }, context: ServerContext) => {
          const task = find(taskId);
          if (method === 'tasks/result') await pass(context);
          task.status = status ?? task.status;
          return { taskId, status: task.status };
        }),
      );
    }
    for (const method of ['resources/subscribe', 'resources/unsubscribe'] as const) {
      mcp.server.setRequestHandler(method, () => ({}));
    }
    return mcp;
  };

  const create = (options: CreateMcpHandlerOptions) =>
    createMcpHandler(({ authInfo }) => {
      work.callers.push(authInfoOf({ authInfo })?.subject);
      return createServer();
    }, options);
  // An answer comes alone where nothing is said before it. Held ones are to be streams, whose comments show that they have begun
  const usual = create({});
  const streaming = create({ responseMode: 'sse', keepAliveMs: 50 });
  const select = (): FetchHandler['fetch'] => (work.isHeld ? streaming.fetch : usual.fetch);
  const node = toNodeHandler({
    fetch: (request, options) => Promise.resolve(select()(request, options as never)),
  });
  return {
    work,
    onNode: (request, response, body) => Promise.resolve(node(request as never, response, body)),
    onWeb: (request, options) => Promise.resolve(select()(request, options)),
    close: async () => {
      await usual.close();
      await streaming.close();
    },
  };
};
