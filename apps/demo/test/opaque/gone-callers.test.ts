import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  startAuthorizationServer,
  type AuthorizationServer,
} from '../../src/authorization-server/authorization-server.js';
import { hosts } from './hosts.js';
import { openWorld } from './world.js';

let authorizationServer: AuthorizationServer;

beforeAll(async () => {
  authorizationServer = await startAuthorizationServer(0);
});
afterAll(() => authorizationServer.close());

describe.each(hosts)(
  '[RFC7662-2.3-01] callers that go away while their tokens are asked about: %s',
  (_name, createHost) => {
    it('break nothing, are no fault of the authorization server, and leave the way open to the next', async () => {
      const callers = 40;
      let release = (): void => undefined;
      const gone = new Promise<void>((resolve) => (release = resolve));
      const world = await openWorld(authorizationServer, createHost, { beforeIntrospection: () => gone });
      try {
        const leaving = new AbortController();
        const calls = Array.from({ length: callers }, (_, index) =>
          fetch(world.resource, {
            method: 'POST',
            headers: { authorization: `Bearer never-issued-${String(index).padStart(10, '0')}` },
            signal: leaving.signal,
          }).then(
            () => 'answered',
            () => 'gone',
          ),
        );
        // Tokens that were never seen have half of the calls at a time
        await vi.waitFor(() => expect(world.calls).toHaveLength(16), { timeout: 60_000 });
        leaving.abort();
        expect(new Set(await Promise.all(calls))).toEqual(new Set(['gone']));
        release();
        expect((await world.call(await world.getToken())).status).toBe(200);
        expect(world.calls.length).toBeLessThanOrEqual(callers + 1);
        expect(world.events.filter(({ type }) => type === 'fault')).toEqual([]);
      } finally {
        release();
        await world.close();
      }
    });
  },
);
