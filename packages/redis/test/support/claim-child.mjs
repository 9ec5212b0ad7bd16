// One of several processes that claim: told what, it says what became of it.
import { createRedisStores } from '@mcp-auth/redis';
import { createClient } from 'redis';

const client = createClient({ url: `redis://127.0.0.1:${process.argv[2]}` });
client.on('error', () => undefined);
await client.connect();
const secrets = ['a secret of 32 bytes and some more.'];
const { claims } = createRedisStores({ client, secrets, commandTimeoutMs: 1000 });
process.on('message', async (ids) => {
  const expiresAt = Date.now() + 60_000;
  const outcomes = await Promise.all(
    ids.map((id) =>
      claims.claim({ holder: `key-${id % 7}`, id: String(id), expiresAt }).catch(() => 'no answer'),
    ),
  );
  process.send(outcomes);
});
process.on('disconnect', () => process.exit(0));
process.send('ready');
