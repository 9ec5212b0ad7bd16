import { beforeAll, describe, expect, test } from 'vitest';
import { listFilterOf } from './support/list-filter-of.js';
import { cognito, entra, okta } from '../../src/providers.js';
import type { AuthServerConfig, TokenPolicy } from '../../src/index.js';
import { catalogue, createProviderOf } from './support/catalogue.js';
import { applicationId, applicationToken, tenantId, userToken } from './support/entra-tokens.js';
import type { FakeProvider } from './support/fake-provider.js';
import { expectMistake, resource } from './support/open-gate.js';
import { openScopeGate } from './support/scope-gate.js';

const server = entra({ tenantId, applicationId, applicationIdUri: resource });
const full = (...names: readonly string[]) => names.map((name) => `${resource}/${name}`);
let provider: FakeProvider;

beforeAll(async () => {
  provider = await createProviderOf({ server });
});

const sign = (claims: object) => provider.sign({ ...userToken, ...claims });

describe('Entra ID is asked for scopes by their full names', () => {
  test.each([
    ['short', ['read'], ['read', 'write']],
    ['full', full('read'), full('read', 'write')],
    ['by the application id', [`api://${applicationId}/read`], [`${applicationId}/read`, 'write']],
  ])('a requirement written %s', async (_how, requiredScopes, scopesSupported) => {
    const gate = openScopeGate(server, provider, { requiredScopes, scopesSupported });

    expect(await gate.call()).toEqual({ status: 401, scopes: full('read') });
    expect(await gate.call(await sign({ scp: 'write' }))).toEqual({ status: 403, scopes: full('read') });
    expect(await gate.published()).toEqual(full('read', 'write'));
    expect(await gate.call(await sign({ scp: 'read' }))).toEqual({ status: 200, scopes: [] });
  });

  test('without a URI of its own the application is asked for by api:// and its id', async () => {
    const gate = openScopeGate(entra({ tenantId, applicationId }), provider, { requiredScopes: ['read'] });

    expect((await gate.call()).scopes).toEqual([`api://${applicationId}/read`]);
    expect((await gate.call(await sign({ scp: 'read' }))).status).toBe(200);
  });

  test('a scope of another application is no name of ours, and no scope of ours satisfies it', async () => {
    const graph = 'https://graph.microsoft.com/User.Read';
    const gate = openScopeGate(server, provider, { requiredScopes: [graph] });

    expect(await gate.call(await sign({ scp: 'User.Read' }))).toEqual({ status: 403, scopes: [graph] });
  });

  test('a step-up asks for all that the operation needs, by full names, and repeats what was granted', async () => {
    const operations = { tools: { '*': [], purge: ['purge'], share: { anyOf: full('share', 'admin') } } };
    const settings = { requiredScopes: ['read'], scopesSupported: ['read', 'extra'], operations };
    const gate = openScopeGate(server, provider, settings);
    const repeating = openScopeGate(server, provider, { ...settings, challengeScopes: 'with-granted' });
    const token = await sign({ scp: 'read extra foreign' });

    expect(await gate.call(token, 'purge')).toEqual({ status: 403, scopes: full('purge', 'read') });
    expect(await gate.call(token, 'share')).toEqual({ status: 403, scopes: full('read', 'share') });
    expect(await gate.call(await sign({ scp: 'read admin' }), 'share')).toMatchObject({ status: 200 });
    expect(await repeating.call(token, 'purge')).toEqual({
      status: 403,
      scopes: full('extra', 'purge', 'read'),
    });
  });

  test('an operation without a token is told the full names of what it needs', async () => {
    const operations = { tools: { '*': ['read'], help: 'anonymous', purge: ['purge'] } } as const;
    const gate = openScopeGate(server, provider, { operations });

    expect(await gate.call(undefined, 'purge')).toEqual({ status: 401, scopes: full('purge') });
    expect(await gate.call(undefined, 'help')).toMatchObject({ status: 200 });
  });

  test('a hierarchy may be written in either way', async () => {
    for (const scopes of [
      { admin: ['read'] },
      { [`${resource}/admin`]: full('read') },
      { admin: full('read') },
    ]) {
      const gate = openScopeGate(server, provider, {
        requiredScopes: full('read'),
        scopeHierarchy: { scopes },
      });

      expect((await gate.call(await sign({ scp: 'admin' }))).status).toBe(200);
      expect((await gate.call(await sign({ scp: 'adm' }))).status).toBe(403);
    }
  });

  test('a rule of one’s own is never asked about what all published names have in common', async () => {
    const asked: string[] = [];
    const satisfies = (granted: string, required: string) => {
      asked.push(granted, required);
      return granted.split('/')[0] === required.split('/')[0];
    };
    const gate = openScopeGate(server, provider, { requiredScopes: ['read'], scopeHierarchy: { satisfies } });

    expect((await gate.call(await sign({ scp: 'profile' }))).status).toBe(403);
    expect((await gate.call(await sign({ scp: 'read/all' }))).status).toBe(200);
    expect(asked.filter((name) => name.includes(':'))).toEqual([]);
  });

  test('what a caller was granted stays what the token says', async () => {
    const { visible } = listFilterOf(server, provider, { search: full('read'), purge: ['purge'] });

    expect(await visible(['read'])).toEqual(['search']);
    expect(await visible(full('read', 'purge'))).toEqual(['purge', 'search']);
    expect(await visible(['rea'])).toEqual([]);
  });

  test('roles of applications keep their names, and no scope of that name stands for one', async () => {
    const withRoles = entra({
      tenantId,
      applicationId,
      applicationIdUri: resource,
      applicationRoles: ['Notes.Read.All'],
    });
    const gate = openScopeGate(withRoles, provider, {
      requiredScopes: ['Notes.Read.All'],
      scopesSupported: ['Notes.Read.All', 'read', 'openid'],
    });

    expect((await gate.call()).scopes).toEqual(['Notes.Read.All']);
    expect(await gate.published()).toEqual(['Notes.Read.All', `${resource}/read`, 'openid']);
    expect((await gate.call(await provider.sign(applicationToken))).status).toBe(200);
    expect((await gate.call(await sign({ scp: 'read' }))).status).toBe(403);
    const scoped = openScopeGate(withRoles, provider, { requiredScopes: full('Notes.Read.All') });
    expect((await scoped.call(await provider.sign(applicationToken))).status).toBe(403);
  });
});

test('Cognito is asked for scopes of the resource server, and for its own by their own names', async () => {
  const entry = catalogue.find(({ name }) => name === 'cognito');
  if (entry === undefined) throw new TypeError('no Cognito');
  const pool = await createProviderOf(entry);
  const gate = openScopeGate(entry.server, pool, {
    requiredScopes: ['read'],
    scopesSupported: ['read', `${resource}/write`, 'openid', 'aws.cognito.signin.user.admin'],
  });

  expect((await gate.call()).scopes).toEqual(full('read'));
  expect(await gate.published()).toEqual([
    ...full('read', 'write'),
    'openid',
    'aws.cognito.signin.user.admin',
  ]);
  expect((await gate.call(await pool.sign(entry.token(['write'])))).status).toBe(403);
  expect((await gate.call(await pool.sign(entry.token(['read'])))).status).toBe(200);
});

test.each(['auth0', 'okta', 'keycloak', 'clerk', 'workos', 'stytch', 'supabase', 'adfs'])(
  '%s is asked for scopes as they are written: its tokens have the same names',
  async (name) => {
    const entry = catalogue.find((one) => one.name === name);
    if (entry === undefined) throw new TypeError(name);
    const gate = openScopeGate(entry.server, await createProviderOf(entry), {
      requiredScopes: ['notes:read', 'https://api.example.com/notes.write'],
    });

    expect((await gate.call()).scopes).toEqual(['https://api.example.com/notes.write', 'notes:read']);
  },
);

describe('servers of one resource that call scopes otherwise', () => {
  const other = okta({ domain: 'example.okta.com', authorizationServerId: 'aus1example' });

  test('each token is judged, and challenged, by the names of its own server, and the owner is told', async () => {
    const entry = catalogue.find(({ name }) => name === 'okta');
    if (entry === undefined) throw new TypeError('no Okta');
    const oktaProvider = await createProviderOf(entry);
    const both = {
      ...provider,
      fetch: async (...given: Parameters<FakeProvider['fetch']>) =>
        given[0].includes('okta') ? oktaProvider.fetch(...given) : provider.fetch(...given),
    };
    const gate = openScopeGate(server, both, { requiredScopes: ['read'], otherServers: [other] });

    expect((await gate.call()).scopes).toEqual(full('read'));
    expect(await gate.call(await sign({ scp: 'write' }))).toEqual({ status: 403, scopes: full('read') });
    expect(await gate.call(await oktaProvider.sign(entry.token(['write'])))).toEqual({
      status: 403,
      scopes: ['read'],
    });
    expect((await gate.call(await oktaProvider.sign(entry.token(['read'])))).status).toBe(200);
    expect(
      gate.warnings.filter((message) => message.includes('calls the scope "read" otherwise')),
    ).toHaveLength(1);
  });

  test('a full name of one server is not the short name of another', async () => {
    const gate = openScopeGate(server, provider, { requiredScopes: full('read'), otherServers: [other] });

    expect((await gate.call(await sign({ scp: 'read' }))).status).toBe(200);
    const plain: AuthServerConfig = {
      ...server,
      policy: { ...server.policy, publishedScope: undefined } as TokenPolicy,
    };
    const strict = openScopeGate(plain, provider, { requiredScopes: full('read') });
    expect((await strict.call(await sign({ scp: 'read' }))).status).toBe(403);
  });
});

describe('a policy of one’s own that names scopes', () => {
  const create = (publishedScope: (scope: string) => string) =>
    openScopeGate({ ...server, policy: { name: 'own', publishedScope } }, provider, {
      requiredScopes: ['read'],
    });
  const path = 'protectedResources.metadata.authorizationServers[0].policy.publishedScope';

  test.each<[string, (scope: string) => unknown, RegExp]>([
    ['returns nothing', () => undefined, /must return the name of the scope "read"/],
    ['returns two words', (scope) => `a ${scope}`, /must return the name of the scope "read"/],
    ['returns a promise', (scope) => Promise.resolve(scope), /must return the name of the scope "read"/],
    ['names a name again', (scope) => `x/${scope}`, /published already/],
    [
      'throws',
      () => {
        throw new Error('no');
      },
      /threw for the scope "read"/,
    ],
  ])('is refused at start where it %s', (_what, publishedScope, fix) => {
    expectMistake(() => create(publishedScope as (scope: string) => string), path, 'invalid_scope', fix);
  });
});

test('a Cognito pool whose identifier is a plain word', () => {
  const { policy } = cognito({
    region: 'eu-central-1',
    userPoolId: 'eu-central-1_aBcDeFgHi',
    clientIds: ['c-1'],
    resourceServer: 'notes',
  });

  expect(['read', 'notes/read', 'phone'].map((scope) => policy?.publishedScope?.(scope))).toEqual([
    'notes/read',
    'notes/read',
    'phone',
  ]);
});
