import { describe, expect, test } from 'vitest';
import { startFor } from '../suites/tried-server.js';
import { machine, type TriedKeycloak } from './keycloak.js';
import { scopes } from './realm.js';
import { fetchToken, readClaims, readHeader } from './tokens.js';

export function describeTokens(tried: () => TriedKeycloak): void {
  describe('tokens', () => {
    test('{#quirks} without a scope of the resource aud is account: denied, and the owner is told', async () => {
      const token = await fetchToken({ issuer: tried().issuer, client: machine });
      expect(readClaims(token)['aud']).toBe('account');
      const server = await startFor(tried());
      expect(await server.ask(token)).toMatchObject({ status: 401 });
      expect(server.lastRefusal).toMatchObject({
        code: 'wrong_audience',
        claim: 'aud',
        hint: expect.stringContaining('keycloak') as unknown,
      });
      await server.close();
    });

    test('{#quirks} the parameter resource alone changes nothing', async () => {
      const { issuer, resource } = tried();
      const token = await fetchToken({ issuer, client: machine, resource });
      expect(readClaims(token)['aud']).toBe('account');
    });

    test('for another resource: denied', async () => {
      const server = await startFor(tried(), { resource: 'http://127.0.0.1:1/other' });
      expect(await server.ask(await tried().issueToken())).toMatchObject({ status: 401 });
      expect(server.lastRefusal).toMatchObject({ code: 'wrong_audience' });
      await server.close();
    });

    test('with a scope of the resource, but not the one of the route: 403', async () => {
      const server = await startFor(tried());
      const [needed, other] = scopes;
      const token = await fetchToken({ issuer: tried().issuer, client: machine, scope: other });
      expect(await server.ask(token)).toMatchObject({
        status: 403,
        challenge: expect.stringContaining(`scope="${needed} `) as unknown,
      });
      await server.close();
    });

    test('{#check} the token of the page names the resource and its type, and passes', async () => {
      const token = await tried().issueToken();
      expect(readHeader(token)).toMatchObject({ alg: 'RS256', typ: 'JWT' });
      expect(readClaims(token)).toMatchObject({
        typ: 'Bearer',
        aud: expect.arrayContaining([tried().resource]) as unknown,
        scope: expect.stringContaining(scopes[0]) as unknown,
      });
      const server = await startFor(tried());
      expect(await server.ask(token)).toMatchObject({ status: 200 });
      await server.close();
    });
  });
}
