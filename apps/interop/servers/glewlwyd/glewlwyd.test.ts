import { fetchServerConfig } from '@mcp-auth/express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mcpRemote } from '../../clients/lib/drivers/mcp-remote.js';
import { pythonMcp } from '../../clients/lib/drivers/python.js';
import { fetchTokenByLogin } from '../lib/code-flow.js';
import { Disposal } from '../lib/disposal.js';
import { redirectUrl } from '../lib/code-flow.js';
import { findClients } from '../lib/foreign-clients.js';
import { obtain } from '../lib/obtain.js';
import { describeIntrospection } from '../suites/introspection.js';
import { describeKeys } from '../suites/keys.js';
import { describeLogins } from '../suites/logins.js';
import { describeOutage } from '../suites/outage.js';
import { type IntrospectingClient, startFor } from '../suites/tried-server.js';
import { downloadGlewlwyd, glewlwydVersion } from './download.js';
import { machine, odd, tryGlewlwyd, type TriedGlewlwyd } from './glewlwyd.js';

const found = await obtain(`Glewlwyd ${glewlwydVersion}`, downloadGlewlwyd);
// They register with a secret, or take one that they did not ask for
const clients = await findClients([pythonMcp, mcpRemote]);

describe.skipIf(found.reason !== undefined)(found.reason ?? `Glewlwyd ${glewlwydVersion}`, () => {
  let glewlwyd: TriedGlewlwyd;
  const disposal = new Disposal();
  const tried = () => glewlwyd;
  const basic: IntrospectingClient = {
    name: 'client_secret_basic',
    authentication: { method: 'client_secret_basic', clientId: machine.id, clientSecret: machine.secret },
  };

  beforeAll(async () => {
    if (found.reason !== undefined) return;
    glewlwyd = await tryGlewlwyd(found.value, disposal);
  });
  afterAll(() => disposal.run());

  describe('discovery', () => {
    test('there is no document of RFC 8414, and the one of OpenID Connect is behind the path of the issuer', async () => {
      await expect(fetchServerConfig(glewlwyd.issuer, { type: 'oauth' })).rejects.toThrow();
      const { metadata } = await fetchServerConfig(glewlwyd.issuer, { type: 'oidc' });
      expect(metadata.issuer).toBe(glewlwyd.issuer);
    });
  });

  describe('tokens', () => {
    test('a resource that no scope has is refused by the server itself', async () => {
      const resource = 'http://localhost:1/other';
      expect(await glewlwyd.fetchToken({ scope: 'read:notes', resource })).toMatchObject({
        error: 'invalid_target',
      });
    });

    test('without a resource: denied', async () => {
      const server = await startFor(glewlwyd);
      const { access_token: token } = await glewlwyd.fetchToken({ scope: 'read:notes' });
      expect(await server.ask(token)).toMatchObject({ status: 401 });
      expect(server.lastRefusal?.claim).toBe('aud');
      await server.close();
    });

    test('for another resource: denied', async () => {
      const server = await startFor(glewlwyd, { resource: 'http://localhost:1/other' });
      expect(await server.ask(await glewlwyd.issueToken())).toMatchObject({ status: 401 });
      expect(server.lastRefusal).toMatchObject({ code: 'wrong_audience' });
      await server.close();
    });

    test('for the resource: at+jwt, found by the issuer alone', async () => {
      const server = await startFor(glewlwyd);
      expect(await server.ask(await glewlwyd.issueToken())).toMatchObject({ status: 200 });
      await server.close();
    });
  });

  describe('self-registration', () => {
    test('a public client is registered as a confidential one: its user logs in, and it gets no token', async () => {
      const { issuer, resource, logIn } = glewlwyd;
      const response = await fetch(`${issuer}/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          client_name: 'Public client',
          redirect_uris: [redirectUrl],
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          token_endpoint_auth_method: 'none',
        }),
      });
      const { client_id: clientId } = (await response.json()) as { readonly client_id: string };
      const endpoints = { authorizationEndpoint: `${issuer}/auth`, tokenEndpoint: `${issuer}/token` };
      const result = await fetchTokenByLogin({
        ...endpoints,
        clientId,
        scope: 'read:notes',
        resource,
        logIn,
      });
      expect(result).toEqual({ error: 'unauthorized_client' });
    });
  });

  describeLogins(tried, clients);
  describeIntrospection(tried, [basic.name], () => [basic]);

  describe('a secret with signs that form-encoding changes', () => {
    const ask = async (method: 'client_secret_basic' | 'client_secret_post') => {
      const clientAuthentication = { method, clientId: odd.id, clientSecret: odd.secret };
      const authorizationServer = glewlwyd.entry({ clientAuthentication });
      const server = await startFor(glewlwyd, { mode: 'introspection', authorizationServer });
      const { status } = await server.ask(await glewlwyd.issueToken());
      await server.close();
      return status;
    };

    test('client_secret_basic: this server does not decode it, and says that it does not know us', async () => {
      expect(await ask('client_secret_basic')).toBe(503);
    });

    test('client_secret_post is the way out', async () => {
      expect(await ask('client_secret_post')).toBe(200);
    });
  });

  describeKeys(tried);
  describeOutage(tried, () => basic);
});
