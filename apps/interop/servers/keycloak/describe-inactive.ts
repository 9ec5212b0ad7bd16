import { describe, expect, test } from 'vitest';
import { startFor } from '../suites/tried-server.js';
import { machine, type TriedKeycloak } from './keycloak.js';

export function describeInactive(tried: () => TriedKeycloak): void {
  const startAsking = (clientId: string, clientSecret: string) => {
    const clientAuthentication = { method: 'client_secret_basic', clientId, clientSecret } as const;
    return startFor(tried(), {
      mode: 'introspection',
      authorizationServer: tried().entry({ clientAuthentication }),
    });
  };

  describe('{#introspection} what Keycloak calls inactive', () => {
    test('a good token, when a client asks that is not in its aud: denied, and the owner hears why', async () => {
      const server = await startAsking(machine.id, machine.secret);
      expect(await server.ask(await tried().issueToken())).toMatchObject({ status: 401 });
      expect(server.lastRefusal).toMatchObject({
        code: 'inactive_token',
        hint: expect.stringContaining("in the token's aud") as unknown,
      });
      await server.close();
    });

    test('a revoked token: denied where its server is asked, and good until it expires where it is not', async () => {
      const token = await tried().issueToken();
      const reading = await startFor(tried());
      const asking = await startAsking(machine.id, machine.secret);
      const { status } = await fetch(`${tried().issuer}/protocol/openid-connect/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ token, client_id: machine.id, client_secret: machine.secret }),
      });
      expect(status).toBe(200);
      expect(await asking.ask(token)).toMatchObject({ status: 401 });
      expect(await reading.ask(token)).toMatchObject({ status: 200 });
      for (const server of [reading, asking]) await server.close();
    });

    test('{#quirks} a disabled realm: its keys are still there, and who asks is told 503', async () => {
      const { realm, issueToken } = tried();
      const token = await issueToken();
      const asking = await startAsking(machine.id, machine.secret);
      await realm.admin.put(realm.path, { enabled: false });
      const reading = await startFor(tried());
      expect(await asking.ask(token)).toMatchObject({ status: 503 });
      const faults = asking.events.flatMap((event) => (event.type === 'fault' ? [event.error.code] : []));
      expect(faults).toContain('introspection_unauthorized');
      expect(await reading.ask(token)).toMatchObject({ status: 200 });
      await realm.admin.put(realm.path, { enabled: true });
      for (const server of [reading, asking]) await server.close();
    });
  });
}
