import { describe, expect, test } from 'vitest';
import type { TriedKeycloak } from './keycloak.js';
import { homePageHost, trustedWebOrigin } from './page-steps.js';
import { scopes } from './realm.js';
import { register } from './register.js';

export function describeRegistration(tried: () => TriedKeycloak): void {
  describe('{#registration} self-registration', () => {
    test('with a redirect to a host that the policy does not name: 403', async () => {
      const changes = { redirect_uris: ['https://elsewhere.example.com/callback'] };
      expect(await register(tried().issuer, changes)).toMatchObject({
        status: 403,
        reason: expect.stringContaining('Trusted Hosts') as unknown,
      });
    });

    test('with the home page of a client, on a host that the policy does not name: 403', async () => {
      expect(await register(tried().issuer, { client_uri: 'https://elsewhere.example.com/' })).toMatchObject({
        status: 403,
        reason: expect.stringContaining('Trusted Hosts') as unknown,
      });
    });

    test('for a scope that is not one of the realm: 403', async () => {
      const scope = `${scopes[0]} of-nobody`;
      expect(await register(tried().issuer, { scope })).toMatchObject({
        status: 403,
        reason: expect.stringContaining('Allowed Client Scopes') as unknown,
      });
    });

    test('from a web page that the policy does not name: 403, although the preflight is answered', async () => {
      const origin = 'https://page.example.org';
      const url = `${tried().issuer}/clients-registrations/openid-connect`;
      const headers = { origin, 'access-control-request-method': 'POST' };
      expect((await fetch(url, { method: 'OPTIONS', headers })).status).toBe(200);
      expect(await register(tried().issuer, {}, { origin })).toMatchObject({
        status: 403,
        reason: expect.stringContaining('Invalid origin') as unknown,
      });
    });

    test.each([
      ['a redirect to localhost', { redirect_uris: ['http://localhost:4199/callback'] }, {}],
      ['a redirect to 127.0.0.1', { redirect_uris: ['http://127.0.0.1:4199/callback'] }, {}],
      ['a home page on a host that is named', { client_uri: `https://${homePageHost}/` }, {}],
      ['the scopes of the resource', { scope: scopes.join(' ') }, {}],
      ['the web page that is named', {}, { origin: trustedWebOrigin }],
    ])('with %s: 201', async (_what, changes, headers) => {
      expect(await register(tried().issuer, changes, headers)).toEqual({ status: 201, reason: '' });
    });
  });
}
