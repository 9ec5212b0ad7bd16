import { describe, expect, test } from 'vitest';
import { keycloak } from '@mcp-auth/express/providers';
import { fetchTokenByLogin, redirectUrl } from '../lib/code-flow.js';
import { startFor } from '../suites/tried-server.js';
import { addPublicClient } from './clients.js';
import { machine, type TriedKeycloak } from './keycloak.js';
import { readTokenOfPage } from './page.js';
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

    test('{#configure} issued at another address of Keycloak than the configured one: denied', async () => {
      const issuer = tried().issuer.replace('127.0.0.1', 'localhost');
      const server = await startFor(tried());
      const token = await fetchToken({ issuer, client: machine, scope: scopes[0] });
      expect(readClaims(token)['iss']).toBe(issuer);
      expect(await server.ask(token)).toMatchObject({ status: 401 });
      expect(server.lastRefusal).toMatchObject({ code: 'untrusted_issuer' });
      await server.close();
    });

    test('{#configure} nor does an inner address help while Keycloak writes whichever one it was asked at', async () => {
      const { issuer, url } = tried();
      const outer = issuer.replace('127.0.0.1', 'localhost');
      const authorizationServer = { ...keycloak({ issuer: outer }), internalOrigin: url };
      const server = await startFor(tried(), { authorizationServer });
      const token = await fetchToken({ issuer: outer, client: machine, scope: scopes[0] });
      expect(await server.ask(token)).toMatchObject({ status: 503 });
      const faults = server.events.flatMap((event) => (event.type === 'fault' ? [event.error.code] : []));
      expect(faults).toContain('issuer_mismatch');
      await server.close();
    });

    test('{#quirks} they live for 5 minutes by default', async () => {
      const { iat, exp } = readClaims(await tried().issueToken());
      expect(Number(exp) - Number(iat)).toBe(300);
    });

    test('{#token} the token that the page shows has the members of a real one', async () => {
      const { header, payload } = readTokenOfPage();
      const token = await tried().issueToken();
      const claims = readClaims(token);
      expect(Object.keys(readHeader(token)).sort()).toEqual(Object.keys(header).sort());
      expect(Object.keys(claims).sort()).toEqual(Object.keys(payload).sort());
      for (const name of ['typ', 'azp', 'acr']) expect(claims[name]).toEqual(payload[name]);
      expect(claims['aud']).toEqual([tried().resource, 'account']);
    });

    test('{#token} an ID token and a refresh token have another typ: denied', async () => {
      const { issuer, realm, resource, logIn } = tried();
      await addPublicClient(realm, 'gets-all-tokens', redirectUrl);
      const result = await fetchTokenByLogin({
        authorizationEndpoint: `${issuer}/protocol/openid-connect/auth`,
        tokenEndpoint: `${issuer}/protocol/openid-connect/token`,
        clientId: 'gets-all-tokens',
        scope: `openid ${scopes[0]}`,
        resource,
        logIn,
      });
      if ('error' in result) throw new Error(result.error);
      const { idToken = '', refreshToken = '' } = result;
      expect([idToken, refreshToken].map((token) => readClaims(token)['typ'])).toEqual(['ID', 'Refresh']);
      const server = await startFor(tried());
      for (const token of [idToken, refreshToken]) {
        expect(await server.ask(token)).toMatchObject({ status: 401 });
      }
      expect(await server.ask(result.token)).toMatchObject({ status: 200 });
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
