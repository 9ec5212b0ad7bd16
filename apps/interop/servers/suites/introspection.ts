import { describe, expect, test } from 'vitest';
import { type IntrospectingClient, startFor, type TriedServer } from './tried-server.js';

/** A server asks about tokens, with every client authentication that the authorization server has. */
export function describeIntrospection(
  tried: () => TriedServer,
  names: readonly string[],
  clients: () => readonly IntrospectingClient[],
): void {
  describe('introspection', () => {
    const start = async (name: string) => {
      const client = clients().find((entry) => entry.name === name);
      if (client === undefined) throw new Error(`no client ${name}`);
      await client.prepare?.();
      const authorizationServer = tried().entry({ clientAuthentication: client.authentication });
      return startFor(tried(), { mode: 'introspection', authorizationServer });
    };

    test.each(names)('%s: a made-up token is denied, a good one passes', async (name) => {
      const server = await start(name);
      expect(await server.ask('made-up-token-of-nobody')).toMatchObject({ status: 401 });
      expect(server.lastRefusal).toMatchObject({ code: 'inactive_token' });
      expect(await server.ask(await tried().issueToken())).toMatchObject({ status: 200 });
      await server.close();
    });

    test('credentials that the server does not know are told as 503, and no token is blamed', async () => {
      const wrong = { method: 'client_secret_basic', clientId: 'nobody', clientSecret: 'wrong' } as const;
      const authorizationServer = tried().entry({ clientAuthentication: wrong });
      const server = await startFor(tried(), { mode: 'introspection', authorizationServer });
      expect(await server.ask(await tried().issueToken())).toMatchObject({ status: 503, challenge: null });
      const faults = server.events.flatMap((event) => (event.type === 'fault' ? [event.error.code] : []));
      expect(faults).toContain('introspection_unauthorized');
      await server.close();
    });
  });
}
