import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchServerConfig } from '@mcp-auth/express';
import { fetchTokenByLogin, redirectUrl } from '../lib/code-flow.js';
import { officialV1 } from '../../clients/lib/drivers/official-v1.js';
import { pythonMcp } from '../../clients/lib/drivers/python.js';
import { Disposal } from '../lib/disposal.js';
import { findClients } from '../lib/foreign-clients.js';
import { obtain } from '../lib/obtain.js';
import { describeLogins } from '../suites/logins.js';
import { startFor } from '../suites/tried-server.js';
import { type ClientDocument, publishClient } from './client-document.js';
import { addClient, addPublicClient } from './clients.js';
import { downloadKeycloak, keycloakVersion } from './download.js';
import { machine, tryKeycloak, type TriedKeycloak } from './keycloak.js';
import { describeSteps } from './page.js';
import { documentSteps, pageSteps, resourceIndicatorSteps } from './page-steps.js';
import { scopes } from './realm.js';
import { fetchToken, readClaims } from './tokens.js';

const found = await obtain(`Keycloak ${keycloakVersion}`, downloadKeycloak);
const clients = await findClients([officialV1, pythonMcp]);

describe.skipIf(found.reason !== undefined)(
  found.reason ?? `Keycloak ${keycloakVersion} with the features resource-indicators and cimd`,
  () => {
    let keycloak: TriedKeycloak;
    let document: ClientDocument;
    const disposal = new Disposal();
    const publicClient = 'registered-by-hand';

    beforeAll(async () => {
      if (found.reason !== undefined) return;
      keycloak = await tryKeycloak(found.value, disposal, ['resource-indicators', 'cimd']);
      document = await publishClient(scopes);
      disposal.add(() => document.close());
    });
    afterAll(() => disposal.run());

    const logIn = (clientId: string, resource = keycloak.resource) => {
      const { issuer, logIn } = keycloak;
      const endpoints = `${issuer}/protocol/openid-connect`;
      return fetchTokenByLogin({
        authorizationEndpoint: `${endpoints}/auth`,
        tokenEndpoint: `${endpoints}/token`,
        clientId,
        scope: scopes[0],
        resource,
        logIn,
      });
    };

    describeSteps(pageSteps, () => keycloak.realm);

    test('clients that are registered by hand after that', async () => {
      await addClient(keycloak.realm, machine);
      await addPublicClient(keycloak.realm, publicClient, redirectUrl);
    });

    describe('{#resource-indicators} without the steps of its section', () => {
      test('no login of an MCP client succeeds: each names the resource', async () => {
        expect(await logIn(publicClient)).toEqual({ error: 'invalid_target' });
      });
    });

    describeSteps(resourceIndicatorSteps, () => keycloak.realm);

    describe('{#resource-indicators} with them', () => {
      test('another resource is refused', async () => {
        expect(await logIn(publicClient, `${keycloak.resource}/other`)).toEqual({ error: 'invalid_target' });
      });

      test('a token for whoever gets no refresh token is not to be had with a resource', async () => {
        const request = { issuer: keycloak.issuer, client: machine, scope: scopes[0] };
        await expect(fetchToken({ ...request, resource: keycloak.resource })).rejects.toThrow('500');
        expect(readClaims(await fetchToken(request))['aud']).toContain(keycloak.resource);
      });

      test('aud is the resource and nothing else, and the token passes', async () => {
        const result = await logIn(publicClient);
        if ('error' in result) throw new Error(result.error);
        expect(readClaims(result.token)['aud']).toBe(keycloak.resource);
        const server = await startFor(keycloak);
        expect(await server.ask(result.token)).toMatchObject({ status: 200 });
        await server.close();
      });

      describeLogins(() => keycloak, clients);
    });

    describe('{#cimd} without the steps of its section', () => {
      test('the metadata says that documents are supported, and each is refused', async () => {
        const { metadata } = await fetchServerConfig(keycloak.issuer, { type: 'oidc' });
        expect(metadata.clientIdMetadataDocumentSupported).toBe(true);
        await expect(logIn(document.url)).rejects.toThrow('status 400');
        expect(document.requests).toBe(0);
      });
    });

    describeSteps(documentSteps, () => keycloak.realm);

    describe('{#cimd} with them', () => {
      test('a client that is known by its document alone logs in, and its token names the document', async () => {
        const result = await logIn(document.url);
        if ('error' in result) throw new Error(result.error);
        expect(document.requests).toBe(1);
        expect(readClaims(result.token)['azp']).toBe(document.url);
        const server = await startFor(keycloak);
        expect(await server.ask(result.token)).toMatchObject({ status: 200 });
        await server.close();
      });
    });
  },
);
