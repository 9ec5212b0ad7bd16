import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { waitFor } from '../lib/wait-for.js';
import { startFor, type TriedServer } from './tried-server.js';

/** Keys come and go while the MCP server runs. */
export function describeKeys(tried: () => TriedServer): void {
  describe('keys', () => {
    test('a token that a new key has signed passes with its first call', async () => {
      const server = await startFor(tried());
      expect(await server.ask(await tried().issueToken())).toMatchObject({ status: 200 });
      await tried().addKey();
      expect(await server.ask(await tried().issueToken())).toMatchObject({ status: 200 });
      await server.close();
    });

    test('of four new keys in a row none is denied: who comes too early is told how many seconds to wait', async () => {
      const server = await startFor(tried());
      expect(await server.ask(await tried().issueToken())).toMatchObject({ status: 200 });
      for (let count = 0; count < 4; count++) {
        await tried().addKey();
        const token = await tried().issueToken();
        const first = await server.ask(token);
        if (first.status === 200) continue;
        // `cooldownDuration`, by default 5 s
        expect(first).toMatchObject({ status: 503, challenge: null });
        expect(first.retryAfter).toBeGreaterThanOrEqual(1);
        expect(first.retryAfter).toBeLessThanOrEqual(5);
        await pause((first.retryAfter ?? 0) * 1000);
        expect(await server.ask(token)).toMatchObject({ status: 200 });
      }
      await server.close();
    });

    test('a token of a key that was taken away is denied once the key set is over-age', async () => {
      const cacheMaxAge = 1000;
      const server = await startFor(tried(), { remoteJwkSet: { cacheMaxAge } });
      const token = await tried().issueToken();
      expect(await server.ask(token)).toMatchObject({ status: 200 });
      await tried().addKey();
      await tried().removeOldKeys();
      await waitFor(
        'the key is gone',
        async () => ((await server.ask(token)).status === 401 ? true : undefined),
        {
          attempts: 20,
        },
      );
      expect(server.lastRefusal).toMatchObject({ code: 'unknown_key' });
      expect(await server.ask(await tried().issueToken())).toMatchObject({ status: 200 });
      await server.close();
    });
  });
}
