import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchServerConfig } from '@mcp-auth/express';
import { obtain } from '../lib/obtain.js';
import { describeIntrospection } from '../suites/introspection.js';
import { describeKeys } from '../suites/keys.js';
import { describeLogins } from '../suites/logins.js';
import { describeOutage } from '../suites/outage.js';
import { type IntrospectingClient, startFor } from '../suites/tried-server.js';
import { downloadKeycloak, keycloakVersion } from './download.js';
import { addIntrospectingClients, introspectingClients } from './introspecting-clients.js';
import { machine, tryKeycloak, type TriedKeycloak } from './keycloak.js';
import { readSteps } from './page.js';
import { pageSteps, scopes, trustedWebOrigin } from './realm.js';
import { register } from './register.js';
import { addMachineClient, fetchToken, readClaims, readHeader } from './tokens.js';

const found = await obtain(`Keycloak ${keycloakVersion}`, downloadKeycloak);

describe.skipIf('reason' in found && found.reason !== undefined)(
  found.reason ?? `Keycloak ${keycloakVersion}, set up as docs/providers/keycloak.md says`,
  () => {
    let keycloak: TriedKeycloak;
    let clients: readonly IntrospectingClient[];

    beforeAll(async () => {
      if (found.reason !== undefined) return;
      keycloak = await tryKeycloak(found.value);
    });
    afterAll(() => keycloak.dispose());

    describe('before the page was read', () => {
      test('{#registration} a client on this machine must not register', async () => {
        expect(await register(keycloak.issuer)).toMatchObject({
          status: 403,
          reason: expect.stringContaining('Trusted Hosts') as unknown,
        });
      });
    });

    describe('every step of the page', () => {
      test.each([...new Set(pageSteps.map(({ section }) => section))])(
        '{#%s} is one that this script takes, in the same order',
        (section) => {
          const taken = pageSteps.filter((step) => step.section === section);
          const written = readSteps(section);
          expect(written).toHaveLength(taken.length);
          for (const [index, { says }] of taken.entries()) expect(written[index]).toContain(says);
        },
      );

      test('can be taken', async () => {
        for (const { run } of pageSteps) await run(keycloak.realm);
        await addMachineClient(keycloak.realm, machine);
        clients = await addIntrospectingClients(keycloak.realm);
      });
    });

    describe('{#quirks} discovery', () => {
      test.each(['oidc', 'oauth'] as const)('%s: the document is found and taken', async (type) => {
        const { metadata } = await fetchServerConfig(keycloak.issuer, { type });
        expect(metadata.issuer).toBe(keycloak.issuer);
        expect(metadata.codeChallengeMethodsSupported).toContain('S256');
        expect(metadata.registrationEndpoint).toContain('/clients-registrations/openid-connect');
      });
    });

    describe('tokens', () => {
      test('{#quirks} without a scope of the resource aud is account: denied, and the owner is told', async () => {
        const token = await fetchToken({ issuer: keycloak.issuer, client: machine });
        expect(readClaims(token).aud).toBe('account');
        const server = await startFor(keycloak);
        expect(await server.ask(token)).toMatchObject({ status: 401 });
        expect(server.lastRefusal).toMatchObject({
          code: 'wrong_audience',
          claim: 'aud',
          hint: expect.stringContaining('keycloak') as unknown,
        });
        await server.close();
      });

      test('{#quirks} the parameter resource alone changes nothing', async () => {
        const { issuer, resource } = keycloak;
        const token = await fetchToken({ issuer, client: machine, resource });
        expect(readClaims(token).aud).toBe('account');
      });

      test('for another resource: denied', async () => {
        const token = await keycloak.issueToken();
        const other = 'http://127.0.0.1:1/other';
        const server = await startFor(keycloak, { resource: other });
        expect(await server.ask(token)).toMatchObject({ status: 401 });
        expect(server.lastRefusal).toMatchObject({ code: 'wrong_audience' });
        await server.close();
      });

      test('with a scope of the resource that the route does not ask for: 403', async () => {
        const { issuer } = keycloak;
        const server = await startFor(keycloak);
        expect(
          await server.ask(await fetchToken({ issuer, client: machine, scope: scopes[1] })),
        ).toMatchObject({
          status: 403,
          challenge: expect.stringContaining(`scope="${scopes[0]} `) as unknown,
        });
        await server.close();
      });

      test('{#check} the token of the page: it names the resource and its type, and passes', async () => {
        const token = await keycloak.issueToken();
        expect(readHeader(token)).toMatchObject({ alg: 'RS256', typ: 'JWT' });
        expect(readClaims(token)).toMatchObject({
          typ: 'Bearer',
          aud: expect.arrayContaining([keycloak.resource]) as unknown,
          scope: expect.stringContaining(scopes[0]) as unknown,
        });
        const server = await startFor(keycloak);
        expect(await server.ask(token)).toMatchObject({ status: 200 });
        await server.close();
      });
    });

    describe('{#registration} self-registration', () => {
      test('from an address that no policy names: 403', async () => {
        const changes = { redirect_uris: ['https://elsewhere.example.com/callback'] };
        expect(await register(keycloak.issuer, changes)).toMatchObject({
          status: 403,
          reason: expect.stringContaining('Trusted Hosts') as unknown,
        });
      });

      test('for a scope that is not one of the realm: 403', async () => {
        const scope = `${scopes[0]} of-nobody`;
        expect(await register(keycloak.issuer, { scope })).toMatchObject({
          status: 403,
          reason: expect.stringContaining('Client Scopes') as unknown,
        });
      });

      test('from a web page that no policy names: 403, although the preflight is answered', async () => {
        const origin = 'https://page.example.org';
        const url = `${keycloak.issuer}/clients-registrations/openid-connect`;
        const headers = { origin, 'access-control-request-method': 'POST' };
        expect((await fetch(url, { method: 'OPTIONS', headers })).status).toBe(200);
        expect(await register(keycloak.issuer, {}, { origin })).toMatchObject({ status: 403 });
      });

      test.each([
        ['localhost', { redirect_uris: ['http://localhost:4199/callback'] }, {}],
        ['127.0.0.1', { redirect_uris: ['http://127.0.0.1:4199/callback'] }, {}],
        ['a scope of the resource', { scope: scopes.join(' ') }, {}],
        ['a web page that is named', {}, { origin: trustedWebOrigin }],
      ])('with %s: 201', async (_what, changes, headers) => {
        expect(await register(keycloak.issuer, changes, headers)).toEqual({ status: 201, reason: '' });
      });
    });

    describeLogins(() => keycloak);

    describeIntrospection(
      () => keycloak,
      introspectingClients,
      () => clients,
    );

    describeKeys(() => keycloak);
    describeOutage(
      () => keycloak,
      () => clients[0] as IntrospectingClient,
    );
  },
);
