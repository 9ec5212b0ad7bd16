/** `createClient` and `createCluster` of `redis` (node-redis 5 and 6), `Redis` and `Cluster` of `ioredis` (5 and 6). */
export type RedisClient = NodeRedisClient | NodeRedisCluster | IORedisClient;

/** What is used of a client of `redis`. */
interface NodeRedisClient {
  readonly isReady: boolean;
  sendCommand(args: readonly string[]): Promise<unknown>;
}

/** What is used of a cluster client of `redis`. */
interface NodeRedisCluster {
  readonly masters: readonly unknown[];
  sendCommand(
    firstKey: string | undefined,
    isReadonly: boolean | undefined,
    args: string[],
  ): Promise<unknown>;
}

/** What is used of a client of `ioredis`, single or cluster. */
interface IORedisClient {
  call(command: string, ...args: string[]): Promise<unknown>;
}

/** Sends one command whose keys are all in the slot of this one. */
export type Send = (key: string, args: readonly string[]) => Promise<unknown>;

/** @throws {TypeError} for anything but a client */
export function readClient(client: unknown): Send {
  const methods = Object(client) as Readonly<Record<string, unknown>>;
  if (typeof methods['call'] === 'function') {
    const ioredis = client as IORedisClient;
    return (_key, [command = '', ...args]) => ioredis.call(command, ...args);
  }
  if (typeof methods['sendCommand'] === 'function') {
    if (Array.isArray(methods['masters'])) {
      const cluster = client as NodeRedisCluster;
      // Never from a replica, which may not have what was written a moment ago
      return (key, args) => cluster.sendCommand(key, false, [...args]);
    }
    const single = client as NodeRedisClient;
    return (_key, args) => single.sendCommand(args);
  }
  throw new TypeError(
    'createRedisStores: client must be a client of redis (createClient, createCluster) or of ioredis (new Redis, new Cluster).',
  );
}
