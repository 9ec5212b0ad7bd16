import { expect, test } from 'vitest';
import { waitFor } from '../lib/wait-for.js';
import { startFor } from '../suites/tried-server.js';
import type { TriedKeycloak } from './keycloak.js';

export function describeDeletedKey(tried: () => TriedKeycloak): void {
  test('{#quirks} a deleted key verifies for up to 30 seconds more, as keys are kept by default', async () => {
    const server = await startFor(tried());
    const token = await tried().issueToken();
    expect(await server.ask(token)).toMatchObject({ status: 200 });
    await tried().addKey();
    await tried().removeOldKeys();
    expect(await server.ask(token)).toMatchObject({ status: 200 });
    await waitFor(
      'the key is gone',
      async () => ((await server.ask(token)).status === 401 ? true : undefined),
      {
        // 30 seconds, and the fetch that finds it
        attempts: 70,
      },
    );
    expect(server.lastRefusal).toMatchObject({ code: 'unknown_key' });
    await server.close();
  });
}
