import { beforeAll, describe, expect, test } from 'vitest';
import { cognito, entra } from '../../src/providers.js';
import { catalogue, createProviderOf } from './support/catalogue.js';
import { applicationId, applicationToken, tenantId, userToken } from './support/entra-tokens.js';
import type { FakeProvider } from './support/fake-provider.js';
import { resource } from './support/open-gate.js';
import { openScopeGate } from './support/scope-gate.js';

const byId = entra({ tenantId, applicationId, applicationRoles: ['api'] });
const byUrl = entra({ tenantId, applicationId, applicationIdUri: resource });
let provider: FakeProvider;

beforeAll(async () => {
  provider = await createProviderOf({ server: byId });
});

describe('what the full names of a provider have in common is no level of a hierarchy', () => {
  const colon = { separator: ':' };
  const slash = { separator: '/' };

  test.each([
    ['the scheme of the full name', byId, colon, `api://${applicationId}/admin`, 'api'],
    ['the scheme of a URL', byUrl, colon, `${resource}/admin`, 'https'],
    ['the scheme with its colon', byUrl, slash, `${resource}/admin`, 'https:'],
    ['the application id', byUrl, slash, `${applicationId}/admin`, applicationId],
    ['the origin', byUrl, slash, 'admin', new URL(resource).origin],
    ['the URI itself', byUrl, slash, 'admin', resource],
  ])('a scope called as %s does not open all', async (_what, server, scopeHierarchy, required, scp) => {
    const gate = openScopeGate(server, provider, { requiredScopes: [required], scopeHierarchy });

    expect((await gate.call(await provider.sign({ ...userToken, scp }))).status).toBe(403);
    expect((await gate.call(await provider.sign({ ...userToken, scp: 'admin' }))).status).toBe(200);
  });

  test.each(['admin', `api://${applicationId}/admin`])(
    'a role called as the scheme does not grant %s',
    async (required) => {
      const gate = openScopeGate(byId, provider, { requiredScopes: [required], scopeHierarchy: colon });
      const token = await provider.sign({ ...applicationToken, roles: ['api'] });

      expect((await gate.call(token)).status).toBe(403);
    },
  );

  test.each(['write', 'profile/write'])(
    "a login scope of Cognito called as the resource server does not grant that server's %s",
    async (required) => {
      const entry = catalogue.find(({ name }) => name === 'cognito');
      if (entry === undefined) throw new TypeError('no Cognito');
      const pool = await createProviderOf(entry);
      const server = cognito({
        region: 'eu-central-1',
        userPoolId: 'eu-central-1_aBcDeFgHi',
        clientIds: ['c-1'],
        resourceServer: 'profile',
      });
      const gate = openScopeGate(server, pool, { requiredScopes: [required], scopeHierarchy: slash });
      const sign = (scope: string) => pool.sign({ ...entry.token([]), scope });

      expect((await gate.call(await sign('profile profile/read'))).status).toBe(403);
      expect((await gate.call(await sign('profile/write'))).status).toBe(200);
    },
  );
});

describe('a separator still tells levels of own names', () => {
  test.each([
    ['notes', 'notes:read'],
    ['notes', `${resource}/notes:read`],
    [`${resource}/notes`, 'notes:read'],
    [`${resource}/notes`, `${resource}/notes:read`],
  ])('%s contains %s', async (scp, required) => {
    const gate = openScopeGate(byUrl, provider, {
      requiredScopes: [required],
      scopeHierarchy: { separator: ':' },
    });

    expect((await gate.call(await provider.sign({ ...userToken, scp }))).status).toBe(200);
    expect((await gate.call(await provider.sign({ ...userToken, scp: 'note' }))).status).toBe(403);
  });

  test('where names are made in no common way, levels are those of the names as they are written', async () => {
    const names = new Map([
      ['notes', 'https://a.example.com/everything'],
      ['notes:read', 'https://b.example.com/reading'],
    ]);
    const publishedScope = (scope: string) => {
      if (scope.startsWith('any')) throw new Error('not one of mine');
      return names.get(scope) ?? scope;
    };
    const server = { ...byUrl, policy: { name: 'own', publishedScope } };
    const gate = openScopeGate(server, provider, {
      requiredScopes: ['notes:read'],
      scopeHierarchy: { separator: ':' },
    });

    expect((await gate.call(await provider.sign({ ...userToken, scp: 'notes' }))).status).toBe(200);
    expect((await gate.call(await provider.sign({ ...userToken, scp: 'note' }))).status).toBe(403);
    expect(gate.warnings.filter((message) => message.includes('publishedScope'))).toEqual([]);
  });
});
