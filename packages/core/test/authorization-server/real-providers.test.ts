/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is what is tested here */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fetchServerConfig } from '../../src/authorization-server/fetch-server-config.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
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
    const { delegatedEndpoint } = new ResourceServer({
      server: { issuer: document.issuer, type: 'oidc' },
      onEvent: () => undefined,
      fetch,
    });
    const target = '/.well-known/oauth-authorization-server';
    const answer = await delegatedEndpoint.answer(createHead({ method: 'GET', target }));
    expect(JSON.parse(answer?.body ?? '')).toEqual(document);
  },
);
