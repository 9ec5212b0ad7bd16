import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NotesServer } from '../lib/notes-server.js';
import { waitFor } from '../lib/wait-for.js';
import { type IntrospectingClient, startFor, type TriedServer } from './tried-server.js';

/** The authorization server is stopped, and comes back. To be the last of its suites: it is started again, and nothing more. */
export function describeOutage(tried: () => TriedServer, introspecting: () => IntrospectingClient): void {
  describe('an outage', () => {
    let server: NotesServer;
    let asking: NotesServer;
    let started: NotesServer;
    let seen: string;
    let ofNewKey: string;

    beforeAll(async () => {
      const { authentication: clientAuthentication, prepare } = introspecting();
      await prepare?.();
      const authorizationServer = tried().entry({ clientAuthentication });
      server = await startFor(tried());
      asking = await startFor(tried(), { mode: 'introspection', authorizationServer });
      seen = await tried().issueToken();
      expect(await server.ask(seen)).toMatchObject({ status: 200 });
      expect(await asking.ask(seen)).toMatchObject({ status: 200 });
      await tried().addKey();
      ofNewKey = await tried().issueToken();
      await tried().stop();
      started = await startFor(tried());
    });
    afterAll(async () => {
      for (const running of [server, asking, started]) await running.close();
    });

    test('tokens of keys that are known go on working', async () => {
      expect(await server.ask(seen)).toMatchObject({ status: 200 });
    });

    test.each([
      ['a token of a key that no fetch has seen', () => server.ask(ofNewKey)],
      ['every token of a server that asks about each', () => asking.ask(seen)],
      ['every token of a server that was started meanwhile', () => started.ask(seen)],
    ])('%s is told 503 and when to come back, and no challenge', async (_what, ask) => {
      const answer = await ask();
      expect(answer).toMatchObject({ status: 503, challenge: null });
      expect(answer.retryAfter).toBeGreaterThanOrEqual(1);
      expect(answer.retryAfter).toBeLessThanOrEqual(5);
    });

    test('a token that names another issuer is denied all the same', async () => {
      expect(await server.ask(forge('https://other.example.com'))).toMatchObject({ status: 401 });
      expect(server.lastRefusal).toMatchObject({ code: 'untrusted_issuer' });
    });

    test('when it is back all of them pass, and nobody has to restart anything', async () => {
      await tried().start();
      for (const ask of [() => server.ask(ofNewKey), () => asking.ask(seen), () => started.ask(seen)]) {
        await waitFor('recovery', async () => ((await ask()).status === 200 ? true : undefined), {
          attempts: 24,
        });
      }
    });
  });
}

/** Well-formed, and signed by nobody. */
function forge(iss: string): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 300;
  return `${encode({ alg: 'RS256', kid: 'made-up' })}.${encode({ iss, exp })}.${Buffer.alloc(256).toString('base64url')}`;
}
