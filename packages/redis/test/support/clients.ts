import { Redis } from 'ioredis';
import { Redis as Redis5 } from 'ioredis-5';
import { createClient } from 'redis';
import { createClient as createClient5 } from 'redis-5';
import type { RedisClient } from '../../src/index.js';

export interface OpenClient {
  readonly client: RedisClient;
  /** Any command, for looking behind the stores. */
  readonly raw: (...args: string[]) => Promise<unknown>;
  readonly close: () => void;
}

const nothing = () => undefined;

/** With the settings of the page about many processes. */
function openRedis(create: typeof createClient, port: number): OpenClient {
  const client = create({
    url: `redis://127.0.0.1:${port}`,
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    socket: { reconnectStrategy: (retries: number) => Math.min(50 * 2 ** retries, 500) },
  });
  client.on('error', nothing);
  client.connect().catch(nothing);
  return { client, raw: (...args) => client.sendCommand(args), close: () => client.destroy() };
}

function openIORedis(create: typeof Redis, port: number): OpenClient {
  const client = new create(port, '127.0.0.1', {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times: number) => Math.min(50 * 2 ** times, 500),
  });
  client.on('error', nothing);
  return {
    client,
    raw: (command = 'PING', ...args) => client.call(command, ...args),
    close: () => client.disconnect(),
  };
}

/** Each client that is supported, by its name and version. */
export const clients: Readonly<Record<string, (port: number) => OpenClient>> = {
  'redis 6': (port) => openRedis(createClient, port),
  // Of the same shape, which the types of two versions cannot say
  'redis 5': (port) => openRedis(createClient5 as unknown as typeof createClient, port),
  'ioredis 6': (port) => openIORedis(Redis, port),
  'ioredis 5': (port) => openIORedis(Redis5 as unknown as typeof Redis, port),
};

export const openClient = (port: number): OpenClient => openRedis(createClient, port);

/** Resolves when the client can be used. */
export async function whenReady({ raw }: OpenClient): Promise<OpenClient['raw']> {
  for (let attempt = 0; attempt < 600; attempt++) {
    try {
      await Promise.race([
        raw('PING'),
        new Promise((_resolve, reject) => setTimeout(() => reject(new Error('late')), 200)),
      ]);
      return raw;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  throw new Error('the client does not connect');
}
