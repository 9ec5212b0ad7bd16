import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TriedClient } from '../lib/foreign-clients.js';
import type { NotesServer } from '../lib/notes-server.js';
import { portOf, startFor, type TriedServer } from './tried-server.js';

/** Clients of others register themselves, have their user log in, and call a tool. */
export function describeLogins(tried: () => TriedServer, clients: readonly TriedClient[]): void {
  describe('clients that know nothing but the address of the MCP server', () => {
    let server: NotesServer;

    beforeAll(async () => {
      server = await startFor(tried(), { port: portOf(tried()) });
    });
    afterAll(() => server.close());

    for (const { client, missing } of clients) {
      const reason = missing === undefined ? '' : `: ${missing}`;
      test.skipIf(missing !== undefined)(
        `${client.name} ${client.version} registers, its user logs in, and its call is answered${reason}`,
        async () => {
          const { resource, logIn } = tried();
          const session = await client.open({ resource, login: logIn });
          expect(await session.callTool('whoami', {})).toMatchObject({
            subject: expect.stringMatching(/./) as unknown,
          });
          await session.close();
        },
      );
    }
  });
}
