import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fetchServerConfig } from '../../src/authorization-server/fetch-server-config.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import { LegacyServer } from '../../src/legacy/legacy-server.js';
import { createHead } from '../support/head.js';

const folder = new URL('../../../schemas/fixtures/provider-metadata/', import.meta.url);

/** Real documents of identity providers. */
const providers = ['auth0', 'okta', 'keycloak-local', 'google', 'gitlab', 'clerk'];

function load(name: string) {
  const document = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as { issuer: string };
  const requests: string[] = [];
  const fetch = async (url: string) => {
    await Promise.resolve();
    requests.push(url);
    return Response.json(document);
  };
  return { document, requests, fetch };
}

test.each(providers)('[contract article 7] the metadata of %s is discovered by its issuer', async (name) => {
  const { document, requests, fetch } = load(name);
  await expect(fetchServerConfig('https://other.example', { type: 'oidc', fetch })).rejects.toMatchObject({
    code: 'issuer_mismatch',
  });
  const { metadata } = await fetchServerConfig(document.issuer, { type: 'oidc', fetch });
  expect(metadata.issuer).toBe(document.issuer);
  expect(metadata.jwksUri).toMatch(/^https?:/);
  expect(requests.at(-1)).toBe(`${document.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
});

test.each(providers)(
  '[contract row 14][contract article 7] the metadata of %s is mirrored member by member',
  async (name) => {
    const { document, fetch } = load(name);
    const { mirror } = new LegacyServer({
      server: { issuer: document.issuer, type: 'oidc' },
      onEvent: () => undefined,
      fetch,
    });
    const target = '/.well-known/oauth-authorization-server';
    const answer = await mirror.answer(createHead({ method: 'GET', target }));
    expect(JSON.parse(answer?.body ?? '')).toEqual(document);
  },
);

test('no real document is taken for a misspelt one', async () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  expect(files.length).toBeGreaterThan(25);
  const warnings: string[] = [];
  let judged = 0;
  for (const file of files) {
    const { document, fetch } = load(file.replace('.json', ''));
    const config = await fetchServerConfig(document.issuer, { onEvent: () => undefined, fetch }).catch(
      () => undefined,
    );
    if (config === undefined) continue;
    judged += 1;
    new ResourceServer({
      protectedResources: {
        metadata: { resource: 'https://api.example.com/mcp', authorizationServers: [config] },
      },
      onEvent: (event) => {
        if (event.type === 'warning' && !event.message.includes('S256')) warnings.push(event.message);
      },
    });
  }
  expect(judged).toBeGreaterThan(20);
  expect(warnings).toEqual([]);
});
