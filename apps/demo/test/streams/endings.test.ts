import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as ClientTransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { setStage, type Handle } from './stage.js';

const info = { name: 'endings', version: '1.0.0' };

/** A server with a tool that works until it is told, and a list of tools that can change. */
function createApplication() {
  const tool = { isRunning: false, wasAborted: false, release: (): void => undefined };
  const handler = createMcpHandler(() => {
    const server = new McpServer(info, { capabilities: { logging: {}, tools: { listChanged: true } } });
    server.registerTool('slow', {}, async (ctx) => {
      await ctx.mcpReq.notify({
        method: 'notifications/message',
        params: { level: 'info', data: 'began' },
      });
      tool.isRunning = true;
      ctx.mcpReq.signal.addEventListener('abort', () => (tool.wasAborted = true));
      await new Promise<void>((resolve) => (tool.release = resolve));
      return { content: [{ type: 'text', text: 'done' }] };
    });
    return server;
  });
  const onNode = toNodeHandler(handler);
  const handle: Handle = (request, response) => Promise.resolve(onNode(request, response, request.body));
  return { tool, handle, notify: handler.notify };
}

type Stage = Awaited<ReturnType<typeof setStage>>;

async function connectV1({ url, transportOptions }: Stage) {
  const client = new ClientV1(info);
  await client.connect(new ClientTransportV1(url, transportOptions));
  return client;
}

async function connectV2({ url, transportOptions }: Stage) {
  const client = new Client(info, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new StreamableHTTPClientTransport(url, transportOptions));
  return client;
}

describe.each([
  ['version 2', connectV2],
  ['version 1', connectV1],
] as const)('a tool runs when the token of an official client expires, %s', (_version, connect) => {
  test("streams: 'end' tells the client immediately, aborts the signal of the tool, and the next call comes with a new token", async () => {
    const { tool, handle } = createApplication();
    const stage = await setStage(handle, { streams: 'end' });
    const client = await connect(stage);
    try {
      const outcome = client.callTool({ name: 'slow', arguments: {} }).catch((error: unknown) => error);
      await expect.poll(() => tool.isRunning, { timeout: 5000 }).toBe(true);
      stage.clock.advanceSeconds(306);
      const error = await Promise.race([outcome, wait(2000)]);
      expect(error).toMatchObject({ code: -32_000, message: expect.stringContaining('has expired') });
      await expect.poll(() => tool.wasAborted, { timeout: 2000 }).toBe(true);
      tool.release();
      const { tools } = await client.listTools();
      expect(tools).toHaveLength(1);
      expect(stage.seen.refreshed).toBe(1);
    } finally {
      await client.close();
      await stage.close();
    }
  });

  test("streams: 'finish' lets it answer", async () => {
    const { tool, handle } = createApplication();
    const stage = await setStage(handle);
    const client = await connect(stage);
    try {
      const outcome = client.callTool({ name: 'slow', arguments: {} });
      await expect.poll(() => tool.isRunning, { timeout: 5000 }).toBe(true);
      stage.clock.advanceSeconds(306);
      await wait(700);
      expect(tool.wasAborted).toBe(false);
      tool.release();
      expect((await outcome).content).toEqual([{ type: 'text', text: 'done' }]);
    } finally {
      await client.close();
      await stage.close();
    }
  });
});

test('a subscription ends with an error for it; the official client hears that, and listens again as the guide shows', async () => {
  const { handle, notify } = createApplication();
  const stage = await setStage(handle);
  const client = await connectV2(stage);
  let changes = 0;
  client.setNotificationHandler('notifications/tools/list_changed', () => {
    changes++;
  });
  const endings: string[] = [];
  let isOver = false;
  const keepListening = async (): Promise<void> => {
    while (!isOver) {
      const subscription = await client.listen({ toolsListChanged: true });
      const cause = await subscription.closed;
      endings.push(cause);
      if (cause === 'local') return;
      await wait(100);
    }
  };
  const listening = keepListening();
  try {
    const changed = async (count: number) =>
      expect
        .poll(
          () => {
            if (changes < count) notify.toolsChanged();
            return changes >= count;
          },
          { timeout: 5000, interval: 100 },
        )
        .toBe(true);
    await changed(1);
    stage.clock.advanceSeconds(306);
    await expect.poll(() => endings, { timeout: 2000 }).toEqual(['remote']);
    await changed(changes + 1);
    expect(stage.seen).toEqual({ refreshed: 1, unauthorized: 1 });
  } finally {
    isOver = true;
    await client.close();
    await listening.catch(() => undefined);
    await stage.close();
  }
});
