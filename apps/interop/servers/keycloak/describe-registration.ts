import { describe, expect, test } from 'vitest';
import { findClient } from './clients.js';
import type { TriedKeycloak } from './keycloak.js';
import { homePageHost, trustedWebOrigin } from './page-steps.js';
import { changePolicy, readPolicy, type Realm, scopes } from './realm.js';
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

    test('with a redirect to 127.0.0.1, where only localhost is named: 403', async () => {
      const { realm, issuer } = tried();
      const restore = await changePolicy(realm, 'trusted-hosts', { 'trusted-hosts': ['localhost'] });
      const [machine, name] = [
        await register(issuer, { redirect_uris: ['http://127.0.0.1:4199/callback'] }),
        await register(issuer, { redirect_uris: ['http://localhost:4199/callback'] }),
      ];
      await restore();
      expect([machine.status, name.status]).toEqual([403, 201]);
      expect(machine.reason).toContain('Trusted Hosts');
    });

    test('from the machine of a user, where the sender has to be a host that is named: 403', async () => {
      const { realm, issuer } = tried();
      const changes = { redirect_uris: ['https://client.example.com/callback'] };
      const policy = (mustMatch: string) => ({
        'trusted-hosts': ['client.example.com'],
        'host-sending-registration-request-must-match': [mustMatch],
      });
      const restore = await changePolicy(realm, 'trusted-hosts', policy('true'));
      const matched = await register(issuer, changes);
      await changePolicy(realm, 'trusted-hosts', policy('false'));
      const unmatched = await register(issuer, changes);
      await restore();
      expect([matched.status, unmatched.status]).toEqual([403, 201]);
      expect(matched.reason).toContain('Trusted Hosts');
    });

    test.each([
      ['is not one of the realm', 'of-nobody', () => Promise.resolve()],
      [
        'is in neither list of the realm',
        'unlisted',
        async ({ admin, path }: Realm) => {
          await admin.post(`${path}/client-scopes`, { name: 'unlisted', protocol: 'openid-connect' });
        },
      ],
    ])('for a scope that %s: 403', async (_what, name, prepare) => {
      await prepare(tried().realm);
      expect(await register(tried().issuer, { scope: `${scopes[0]} ${name}` })).toMatchObject({
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
      expect(await register(tried().issuer, changes, headers)).toMatchObject({ status: 201, reason: '' });
    });

    test('{#quirks} the user of a client that registered itself is asked for consent, and there may be 200 of them', async () => {
      const { realm, issuer } = tried();
      const { clientId } = await register(issuer);
      expect(await findClient(realm, clientId)).toMatchObject({ consentRequired: true });
      expect(await readPolicy(realm, 'consent-required')).toMatchObject({ name: 'Consent Required' });
      expect(await readPolicy(realm, 'max-clients')).toMatchObject({
        name: 'Max Clients Limit',
        config: { 'max-clients': ['200'] },
      });
    });
  });
}
