import { authInfoOf } from '@mcp-auth/core';
import { getAuthInfo } from '@mcp-auth/core/context';
import { InMemoryTaskStore } from '@modelcontextprotocol/sdk/experimental/tasks';
import { completable } from '@modelcontextprotocol/sdk/server/completable.js';
import { McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
  type ServerNotification,
  type ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { info, say, type CreateServer } from './official-server.js';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** Comments show that an answer has begun whose handler cannot say anything. */
const transportOptions = { keepAliveMs: 50 };

const capabilities = {
  logging: {},
  resources: { subscribe: true },
  tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } },
};

/** SDK version 1 without sessions: one server for each request, with everything that it can have. */
export const createServerV1: CreateServer = (handles, work) => {
  const store = new (class extends InMemoryTaskStore {
    override async getTask(id: string, sessionId?: string) {
      const task = await super.getTask(id, sessionId);
      work.taken.push(task);
      return task;
    }
  })();
  const taskStore = handles.taskStore(store, getAuthInfo);

  const pass = ({ signal, sendNotification }: Extra) =>
    work.pass(signal, () =>
      sendNotification({ method: 'notifications/message', params: { level: 'info', data: 'began' } }),
    );

  const createServer = () => {
    const mcp = new McpServer(info, { taskStore, capabilities });
    mcp.registerTool('search', {}, async (extra) => {
      await pass(extra);
      return { content: [{ type: 'text', text: say('search', authInfoOf(extra)) }] };
    });
    mcp.experimental.tasks.registerToolTask(
      'report',
      { inputSchema: { isDone: z.boolean() } },
      {
        createTask: async ({ isDone }, extra) => {
          const task = await extra.taskStore.createTask({ ttl: 60_000 });
          const content = [{ type: 'text' as const, text: say('report', authInfoOf(extra)) }];
          if (isDone) await extra.taskStore.storeTaskResult(task.taskId, 'completed', { content });
          return { task };
        },
        getTask: (_given, extra) => extra.taskStore.getTask(extra.taskId),
        getTaskResult: async (_given, extra) =>
          (await extra.taskStore.getTaskResult(extra.taskId)) as { content: [] },
      },
    );
    const topic = completable(z.string(), async () => {
      await work.pass();
      return ['apples', 'pears'];
    });
    mcp.registerPrompt('plan', { argsSchema: { topic } }, async (_given, extra) => {
      await pass(extra);
      const text = say('plan', authInfoOf(extra));
      return { messages: [{ role: 'user', content: { type: 'text', text } }] };
    });
    const list = () => ({ resources: [{ uri: 'notes://items/1', name: 'first' }] });
    mcp.registerResource(
      'items',
      new ResourceTemplate('notes://items/{id}', { list }),
      {},
      async ({ href }, _variables, extra) => {
        await pass(extra);
        return { contents: [{ uri: href, text: say('item', authInfoOf(extra)) }] };
      },
    );
    for (const schema of [SubscribeRequestSchema, UnsubscribeRequestSchema]) {
      mcp.server.setRequestHandler(schema, () => ({}));
    }
    return mcp;
  };

  /** Connects a server to the transport of one request. */
  const connect = async (
    transport: StreamableHTTPServerTransport | WebStandardStreamableHTTPServerTransport,
  ) => {
    const mcp = createServer();
    await mcp.connect(transport);
    const { onmessage } = transport;
    transport.onmessage = (message, extra?: Parameters<NonNullable<typeof onmessage>>[1]) => {
      work.callers.push(authInfoOf(extra as object)?.subject);
      onmessage?.(message, extra);
    };
    return mcp;
  };
  /** A stream of a GET begins with what the server says. */
  const greet = async (mcp: McpServer, method: string | undefined) => {
    if (method === 'GET') await mcp.sendLoggingMessage({ level: 'info', data: 'began' });
  };

  return {
    work,
    close: () => store.cleanup(),
    onNode: async (request, response, body) => {
      const transport = new StreamableHTTPServerTransport(transportOptions);
      const mcp = await connect(transport);
      if (request.method === 'GET') work.callers.push(authInfoOf({ authInfo: request.auth })?.subject);
      // As in the examples of the SDK: nothing else tells a handler that nobody waits for it any more
      response.on('close', () => void mcp.close());
      const handling = transport.handleRequest(request as never, response, body);
      setImmediate(() => void greet(mcp, request.method));
      await handling;
    },
    onWeb: async (request, { authInfo, parsedBody } = {}) => {
      const transport = new WebStandardStreamableHTTPServerTransport(transportOptions);
      const mcp = await connect(transport);
      if (request.method === 'GET') work.callers.push(authInfo?.subject);
      const response = await transport.handleRequest(request, { ...(authInfo && { authInfo }), parsedBody });
      await greet(mcp, request.method);
      return closeAfter(response, mcp);
    },
  };
};

/** The same where there is no response of Node: the server is closed when nobody reads the answer any more. */
function closeAfter({ body, status, headers }: Response, mcp: McpServer): Response {
  const reader = body?.getReader();
  if (reader === undefined) return new Response(null, { status, headers });
  const watched = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async (reason) => {
      await reader.cancel(reason);
      await mcp.close();
    },
  });
  return new Response(watched, { status, headers });
}
