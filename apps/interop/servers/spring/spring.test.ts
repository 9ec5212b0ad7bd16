import { fetchServerConfig } from '@mcp-auth/express';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aiSdk } from '../../clients/lib/drivers/ai-sdk.js';
import { mcpRemote } from '../../clients/lib/drivers/mcp-remote.js';
import { officialV1 } from '../../clients/lib/drivers/official-v1.js';
import { officialV2 } from '../../clients/lib/drivers/official-v2.js';
import { pythonMcp } from '../../clients/lib/drivers/python.js';
import { Disposal } from '../lib/disposal.js';
import { findClients } from '../lib/foreign-clients.js';
import { obtain } from '../lib/obtain.js';
import { describeIntrospection } from '../suites/introspection.js';
import { describeKeys } from '../suites/keys.js';
import { describeLogins } from '../suites/logins.js';
import { describeOutage } from '../suites/outage.js';
import { type IntrospectingClient, startFor } from '../suites/tried-server.js';
import { buildSpring, springVersion } from './build.js';
import { introspectionMethods, trySpring, type TriedSpring } from './spring.js';

const name = `Spring Authorization Server ${springVersion}`;
const found = await obtain(name, buildSpring);
const clients = await findClients([officialV2, officialV1, pythonMcp, mcpRemote, aiSdk]);

describe.skipIf(found.reason !== undefined)(found.reason ?? name, () => {
  let spring: TriedSpring;
  const disposal = new Disposal();
  const tried = () => spring;

  beforeAll(async () => {
    if (found.reason !== undefined) return;
    spring = await trySpring(found.value, disposal);
  });
  afterAll(() => disposal.run());

  describe('discovery', () => {
    test.each(['oidc', 'oauth'] as const)('%s: the document is found and taken', async (type) => {
      const { metadata } = await fetchServerConfig(spring.issuer, { type });
      expect(metadata.issuer).toBe(spring.issuer);
    });
  });

  describe('tokens', () => {
    test('without a scope aud is the client: denied', async () => {
      const server = await startFor(spring);
      expect(await server.ask(await spring.fetchToken())).toMatchObject({ status: 401 });
      expect(server.lastRefusal).toMatchObject({ code: 'wrong_audience' });
      await server.close();
    });

    test('for another resource: denied', async () => {
      const server = await startFor(spring, { resource: 'http://127.0.0.1:1/other' });
      expect(await server.ask(await spring.issueToken())).toMatchObject({ status: 401 });
      expect(server.lastRefusal).toMatchObject({ code: 'wrong_audience' });
      await server.close();
    });

    test('with a scope that is not the one of the route: 403', async () => {
      const server = await startFor(spring);
      expect(await server.ask(await spring.fetchToken('write:notes'))).toMatchObject({ status: 403 });
      await server.close();
    });

    test('for the resource, without a typ and with a list of scopes: passes', async () => {
      const token = await spring.issueToken();
      expect(decodeProtectedHeader(token)).not.toHaveProperty('typ');
      expect(decodeJwt(token)['scope']).toEqual(['read:notes']);
      const server = await startFor(spring);
      expect(await server.ask(token)).toMatchObject({ status: 200 });
      await server.close();
    });
  });

  describe('self-registration', () => {
    test('a client that names a scope of nobody is refused', async () => {
      const response = await fetch(`${spring.issuer}/oauth2/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          redirect_uris: ['http://127.0.0.1:4199/callback'],
          scope: 'read:notes of-nobody',
        }),
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: 'invalid_scope' });
    });
  });

  describeLogins(tried, clients);
  describeIntrospection(tried, introspectionMethods, () => spring.introspecting);
  describeKeys(tried);
  describeOutage(tried, () => spring.introspecting[0] as IntrospectingClient);
});
