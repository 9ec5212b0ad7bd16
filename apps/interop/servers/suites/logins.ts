import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoginTrial, triedClients } from '../lib/clients.js';
import type { NotesServer } from '../lib/notes-server.js';
import { portOf, startFor, type TriedServer } from './tried-server.js';

/** Clients of others register themselves, have their user log in, and call a tool. */
export function describeLogins(
  tried: () => TriedServer,
  authenticatesBy?: LoginTrial['authenticatesBy'],
): void {
  describe('clients that know nothing but the address of the MCP server', () => {
    let server: NotesServer;

    beforeAll(async () => {
      server = await startFor(tried(), { port: portOf(tried()) });
    });
    afterAll(() => server.close());

    test.each(triedClients)('$name registers, its user logs in, and its call is answered', async (client) => {
      const { resource: serverUrl, logIn } = tried();
      expect(await client.callAfterLogin({ serverUrl, logIn, authenticatesBy })).not.toBe('');
    });
  });
}
