import { beforeAll, describe, expect, test } from 'vitest';
import { authContext, hasScopes, requireScopes } from '../../src/context.js';
import { MCPAuth } from '../../src/fetch.js';
import { entra } from '../../src/providers.js';
import { parseChallenge } from '../support/parse-challenge.js';
import { createProviderOf } from './support/catalogue.js';
import { applicationId, tenantId, userToken } from './support/entra-tokens.js';
import { now, type FakeProvider } from './support/fake-provider.js';
import { resource } from './support/open-gate.js';

const server = entra({ tenantId, applicationId, applicationIdUri: resource });
const full = (name: string) => `${resource}/${name}`;
let provider: FakeProvider;

beforeAll(async () => {
  provider = await createProviderOf({ server });
});

function create() {
  return new MCPAuth({
    resource,
    authorizationServers: [server],
    fetch: provider.fetch,
    now: () => now * 1000,
    onEvent: () => undefined,
  });
}

async function call(handle: () => Response, scp: string) {
  const handler = create().protect({ fetch: handle }, 'jwt', {
    requiredScopes: ['read'],
    challengeScopes: 'required',
    asyncContext: authContext,
  });
  const headers = { authorization: `Bearer ${await provider.sign({ ...userToken, scp })}` };
  const response = await handler.fetch(new Request(resource, { method: 'POST', headers }));
  const challenge = response.headers.get('www-authenticate');
  return {
    status: response.status,
    scopes: challenge === null ? [] : parseChallenge(challenge).parameters.scope?.split(' ').sort(),
  };
}

describe('a handler that demands scopes of Entra ID', () => {
  test.each(['write', full('write')])('names all of it in full, where it says %s', async (wanted) => {
    const handle = () => {
      requireScopes(wanted);
      return new Response('done');
    };

    expect(await call(handle, 'read')).toEqual({ status: 403, scopes: [full('read'), full('write')] });
    expect(await call(handle, 'read write')).toEqual({ status: 200, scopes: [] });
  });

  test('may ask by either name whether the caller has one', async () => {
    const seen: boolean[] = [];

    await call(() => {
      seen.push(hasScopes('read'), hasScopes(full('read')), hasScopes('write'), hasScopes(full('write')));
      return new Response('done');
    }, 'read');

    expect(seen).toEqual([true, true, false, false]);
  });
});

describe('the scope challenge of the official SDK', () => {
  const request = { method: 'tools/call', params: { name: 'purge' } };

  test.each(['write', full('write')])('asks for the full names, where the rule says %s', async (wanted) => {
    const challenge = create().scopeChallenge([wanted], {
      resource,
      requiredScopes: ['read'],
      challengeScopes: 'required',
    });

    expect(await challenge({ request, authInfo: { scopes: ['read'] } })).toMatchObject({
      scopes: [full('read'), full('write')],
    });
    expect(await challenge({ request, authInfo: { scopes: ['read', 'write'] } })).toBeUndefined();
  });
});
