import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchServerConfig } from '@mcp-auth/express';
import { fetchTokenByLogin, redirectUrl } from '../lib/code-flow.js';
import { officialV1 } from '../../clients/lib/drivers/official-v1.js';
import { pythonMcp } from '../../clients/lib/drivers/python.js';
import { Disposal } from '../lib/disposal.js';
import { findFreePort } from '../../lib/free-port.js';
import { findClients } from '../lib/foreign-clients.js';
import { obtain } from '../lib/obtain.js';
import { describeLogins } from '../suites/logins.js';
import { startFor } from '../suites/tried-server.js';
import { type ClientDocument, publishClient } from './client-document.js';
import { addClient, addPublicClient } from './clients.js';
import { downloadKeycloak, keycloakVersion } from './download.js';
import { machine, tryKeycloak, type TriedKeycloak } from './keycloak.js';
import { describeSteps } from './page.js';
import { documentSteps, pageSteps, resourceIndicatorSteps, writeDocumentProfile } from './page-steps.js';
import { scopes } from './realm.js';
import { register } from './register.js';
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
      keycloak = await tryKeycloak(found.value, disposal, {
        features: ['resource-indicators', 'cimd'],
        hasFixedAddress: true,
      });
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

    describe('{#configure} one address in its tokens, and another where it is reached', () => {
      const inner = () => keycloak.url.replace('127.0.0.1', 'localhost');
      const ask = async (internalOrigin: string) => {
        const server = await startFor(keycloak, {
          authorizationServer: { ...keycloak.entry(), internalOrigin },
        });
        const { status } = await server.ask(await keycloak.issueToken());
        await server.close();
        return status;
      };

      test('tokens carry the outer address, wherever they were asked for', async () => {
        const issuer = keycloak.issuer.replace(keycloak.url, inner());
        const token = await fetchToken({ issuer, client: machine, scope: scopes[0] });
        expect(readClaims(token)['iss']).toBe(keycloak.issuer);
      });

      test('metadata and keys are fetched at the inner address, and nowhere else', async () => {
        expect(await ask(`http://localhost:${await findFreePort()}`)).toBe(503);
        expect(await ask(inner())).toBe(200);
      });
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

      test('a client without the grant refresh_token gets no token at all', async () => {
        const { clientId } = await register(keycloak.issuer, { grant_types: ['authorization_code'] });
        // The code in Keycloak's answer of status 500
        expect(await logIn(clientId)).toEqual({ error: 'unknown_error' });
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
      test('a document on another host than its redirect is refused where both have to be the same', async () => {
        await writeDocumentProfile(keycloak.realm, { restrictToSameDomain: true });
        const other = await publishClient(scopes);
        await expect(logIn(other.url)).rejects.toThrow('status 400');
        expect(other.requests).toBe(1);
        await other.close();
        await writeDocumentProfile(keycloak.realm, { restrictToSameDomain: false });
      });

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
