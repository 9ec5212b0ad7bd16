import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clients as clientsOfOthers } from '../../clients/lib/clients.js';
import { inspector } from '../../clients/lib/drivers/inspector.js';
import { Disposal } from '../lib/disposal.js';
import { findClients } from '../lib/foreign-clients.js';
import { obtain } from '../lib/obtain.js';
import { describeIntrospection } from '../suites/introspection.js';
import { describeKeys } from '../suites/keys.js';
import { describeLogins } from '../suites/logins.js';
import { describeOutage } from '../suites/outage.js';
import type { IntrospectingClient } from '../suites/tried-server.js';
import { addClient } from './clients.js';
import { describeBoundTokens } from './describe-bound-tokens.js';
import { describeDeletedKey } from './describe-deleted-key.js';
import { describeDiscovery } from './describe-discovery.js';
import { describeInactive } from './describe-inactive.js';
import { describeLightweightTokens } from './describe-lightweight-tokens.js';
import { describeRegistration } from './describe-registration.js';
import { describeScopes, early } from './describe-scopes.js';
import { describeSignatures } from './describe-signatures.js';
import { describeTokens } from './describe-tokens.js';
import { downloadKeycloak, keycloakVersion } from './download.js';
import { createIntrospectingClients, introspectionMethods } from './introspecting-clients.js';
import { machine, tryKeycloak, type TriedKeycloak } from './keycloak.js';
import { describeSteps } from './page.js';
import { introspectionSteps, pageSteps } from './page-steps.js';
import { register } from './register.js';

const found = await obtain(`Keycloak ${keycloakVersion}`, downloadKeycloak);
const foreign = await findClients(clientsOfOthers.filter((client) => client !== inspector));

describe.skipIf(found.reason !== undefined)(
  found.reason ?? `Keycloak ${keycloakVersion}, set up as docs/providers/keycloak.md says`,
  () => {
    let keycloak: TriedKeycloak;
    let clients: readonly IntrospectingClient[] = [];
    const disposal = new Disposal();
    const tried = () => keycloak;
    const asking = () => clients[0] as IntrospectingClient;

    beforeAll(async () => {
      if (found.reason !== undefined) return;
      keycloak = await tryKeycloak(found.value, disposal);
      clients = await createIntrospectingClients(keycloak.realm);
    });
    afterAll(() => disposal.run());

    describe('before the page was read', () => {
      test('{#registration} a client on this machine must not register', async () => {
        expect(await register(keycloak.issuer)).toMatchObject({
          status: 403,
          reason: expect.stringContaining('Trusted Hosts') as unknown,
        });
      });

      test('{#scopes} a client that is there already', async () => {
        await addClient(keycloak.realm, early);
      });
    });

    describeSteps([...pageSteps, ...introspectionSteps], () => keycloak.realm);

    test('{#check} and a client for the token of the page', async () => {
      await addClient(keycloak.realm, machine);
    });

    describeDiscovery(tried);
    describeTokens(tried);
    describeScopes(tried);
    describeSignatures(tried);
    describeBoundTokens(tried, asking);
    describeRegistration(tried);
    describeLogins(tried, foreign);
    describeIntrospection(tried, introspectionMethods, () => clients);
    describeInactive(tried);
    describeLightweightTokens(tried, asking);
    describeKeys(tried);
    describeDeletedKey(tried);
    describeOutage(tried, asking);
  },
);
