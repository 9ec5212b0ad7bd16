export { createRedisStores, type RedisStoreOptions, type RedisStores } from './stores.js';
export type { RedisClient } from './client.js';
