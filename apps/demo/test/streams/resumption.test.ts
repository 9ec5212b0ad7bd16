import { NodeStreamableHTTPServerTransport } from '@modelcontextprotocol/node';
import { McpServer } from '@modelcontextprotocol/server';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as ClientTransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpServer as McpServerV1 } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport as ServerTransportV1 } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, test } from 'vitest';
import { setTimeout as wait } from 'node:timers/promises';
import { createEventStore, setStage, withSessions, type Handle, type StageOptions } from './stage.js';

interface Sender {
  sendLoggingMessage(message: { readonly level: 'info'; readonly data: string }): Promise<void>;
}

const info = { name: 'resumption', version: '1.0.0' };
const capabilities = { logging: {} };

function createServerV1(senders: Sender[]): Handle {
  return withSessions(async (_auth, { opened }) => {
    const transport = new ServerTransportV1({
      sessionIdGenerator: () => crypto.randomUUID(),
      eventStore: createEventStore(),
      onsessioninitialized: opened,
    });
    const server = new McpServerV1(info, { capabilities });
    senders.push(server.server);
    await server.connect(transport);
    return transport;
  });
}

function createServerV2(senders: Sender[]): Handle {
  return withSessions(async (_auth, { opened }) => {
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      eventStore: createEventStore(),
      onsessioninitialized: opened,
    });
    const server = new McpServer(info, { capabilities });
    senders.push(server.server);
    await server.connect(transport);
    return transport;
  });
}

type Stage = Awaited<ReturnType<typeof setStage>>;

async function connectV1({ url, transportOptions }: Stage, hear: (data: unknown) => void) {
  const client = new ClientV1(info);
  client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => hear(params.data));
  await client.connect(new ClientTransportV1(url, transportOptions));
  return client;
}

async function connectV2({ url, transportOptions }: Stage, hear: (data: unknown) => void) {
  const client = new Client(info);
  client.setNotificationHandler('notifications/message', ({ params }) => hear(params.data));
  await client.connect(new StreamableHTTPClientTransport(url, transportOptions));
  return client;
}

/** Sends one message while the client hears, one while it is away, one when it is back; returns what was heard of the last two. */
async function leaveAndComeBack(
  createServer: (senders: Sender[]) => Handle,
  connect: typeof connectV1 | typeof connectV2,
  options: StageOptions,
  last: (heard: readonly unknown[]) => unknown,
) {
  const senders: Sender[] = [];
  const heard: unknown[] = [];
  const stage = await setStage(createServer(senders), options);
  const client = await connect(stage, (data) => heard.push(data));
  const send = (data: string) => senders[0]?.sendLoggingMessage({ level: 'info', data });
  const patience = { timeout: 12_000, interval: 50 };
  try {
    // Until the stream of the GET is there, a message has nowhere to go
    await expect
      .poll(async () => {
        if (heard.length === 0) await send('first');
        return heard[0];
      }, patience)
      .toBe('first');
    const before = heard.length;
    stage.clock.advanceSeconds(306);
    await wait(700);
    const leftAt = Date.now();
    await send('while it was away');
    await expect.poll(() => last(heard.slice(before)), patience).toBe(true);
    await expect
      .poll(async () => {
        if (heard.at(-1) !== 'last') await send('last');
        return heard.at(-1);
      }, patience)
      .toBe('last');
    return { heard: heard.slice(before), seen: stage.seen, awayMs: Date.now() - leftAt };
  } finally {
    await client.close();
    await stage.close();
  }
}

describe('the official client comes back when its token has expired', () => {
  const hasAll = (heard: readonly unknown[]) => heard.includes('while it was away');

  test('version 2: after a 401, with a new token, and has lost no event', async () => {
    const { heard, seen, awayMs } = await leaveAndComeBack(createServerV2, connectV2, {}, hasAll);
    expect(heard).toEqual(['while it was away', 'last']);
    expect(seen).toEqual({ refreshed: 1, unauthorized: 1 });
    // Not before the time that the server named, of which some had passed
    expect(awayMs).toBeGreaterThan(200);
  });

  test.each([
    ['version 2', createServerV2, connectV2],
    ['version 1', createServerV1, connectV1],
  ] as const)(
    '%s: with a token that it had refreshed before, and has lost no event',
    async (_v, server, connect) => {
      const { heard, seen } = await leaveAndComeBack(server, connect, { refreshesAhead: true }, hasAll);
      expect(heard).toEqual(['while it was away', 'last']);
      expect(seen).toEqual({ refreshed: 0, unauthorized: 0 });
    },
  );

  test('version 1: after a 401, with a new token; it forgets where it was, so what was sent meanwhile is lost', async () => {
    const { heard, seen } = await leaveAndComeBack(createServerV1, connectV1, {}, () => true);
    expect(heard[0]).toBe('last');
    expect(seen).toEqual({ refreshed: 1, unauthorized: 1 });
  });
});
