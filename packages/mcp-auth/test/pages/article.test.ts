import { MCPAuth } from '@mcp-auth/express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { realDocuments } from '../../../schemas/test/support/real-documents.js';
import * as ours from '../../src/index.js';
import { foreign, neighbour, resource, World } from '../support/world.js';

let world: World;
beforeEach(async () => {
  world = await World.start(ours);
});
afterEach(() => world.close());

const quiet = { onEvent: () => undefined };

const guard = (route: object = {}) => {
  const metadata = { resource, authorizationServers: [world.server] };
  const mcpAuth = new MCPAuth({ protectedResources: { metadata }, ...quiet });
  return world.guard(mcpAuth.bearerAuth('jwt', { resource, ...route }));
};

describe('[contract article 6] the standards the article is built on', () => {
  test('RFC 6749: scopes are words between spaces, and compared as they are', async () => {
    const app = await guard({ requiredScopes: ['read'] });
    const scopes = ['write read', 'Read', 'reading', 'read'];
    const statuses = scopes.map(async (scope) =>
      app.status(await world.issuer.sign({ aud: resource, scope })),
    );
    expect(await Promise.all(statuses)).toEqual([200, 403, 403, 200]);
  });

  test('RFC 8414: the metadata of the authorization server leads to its keys', async () => {
    expect(await (await guard()).status(await world.issuer.sign({ aud: resource }))).toBe(200);
    expect(world.issuer.requests).toEqual(['/.well-known/oauth-authorization-server', '/keys']);
  });

  test('RFC 9728: the challenge leads to the metadata of the resource', async () => {
    const { metadata } = await (await guard()).call();
    expect(metadata).toBe('https://api.example.com/.well-known/oauth-protected-resource/notes');
  });

  test('RFC 7517: the key is chosen by its identifier, and kinds that are unknown are passed over', async () => {
    const strange = { kty: 'FUTURE', kid: 'es', x: 'y' };
    world.issuer.answers.set('/keys', (_request, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ keys: [strange, ...world.issuer.keySet.keys] }));
    });
    const app = await guard();
    expect(await app.status(await world.issuer.sign({ aud: resource }))).toBe(200);
    expect(await app.status(await world.issuer.sign({ aud: resource }, { kid: 'rs' }))).toBe(401);
  });

  test('RFC 8707: a token is good for the resource it was asked for', async () => {
    const app = await guard();
    const audiences = [resource, neighbour, foreign, [neighbour, resource]];
    const statuses = audiences.map(async (aud) => app.status(await world.issuer.sign({ aud })));
    expect(await Promise.all(statuses)).toEqual([200, 401, 401, 200]);
  });
});

describe('[contract article 7] an identity provider in place of keys of one’s own, by the document it publishes', () => {
  const providers = realDocuments('provider-metadata').filter(({ name }) =>
    ['auth0', 'okta', 'keycloak-local'].includes(name),
  );

  test('the documents are there', () => expect(providers).toHaveLength(3));

  test.each(providers.map((provider) => [provider.name, provider] as const))(
    '%s',
    async (_name, provider) => {
      const { identifier, document } = provider;
      const asked: string[] = [];
      const fetch = async (url: string) => {
        asked.push(url);
        return Response.json(url === document.jwks_uri ? world.issuer.keySet : document);
      };
      const server = { issuer: identifier, type: 'oidc' } as const;
      const metadata = { resource, authorizationServers: [server] };
      const mcpAuth = new MCPAuth({ protectedResources: { metadata }, fetch, ...quiet });
      const app = await world.guard(mcpAuth.bearerAuth('jwt', { resource }));
      const issuers = [identifier, `${identifier}x`, world.issuer.issuer];
      const statuses = issuers.map(async (iss) =>
        app.status(await world.issuer.sign({ iss, aud: resource })),
      );
      expect(await Promise.all(statuses)).toEqual([200, 401, 401]);
      expect(asked).toEqual([
        `${identifier.replace(/\/$/, '')}/.well-known/openid-configuration`,
        document.jwks_uri,
      ]);
    },
  );
});
