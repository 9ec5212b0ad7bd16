import { readdirSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuthServerEntry } from '@mcp-auth/core';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createProject } from '../src/create-project.js';
import { type ProviderName, providers } from '../src/providers.js';
import { createFolder } from './support/folder.js';

const root = join(import.meta.dirname, '../../..');
const resource = 'https://mcp.example.com/mcp';

/** Their tokens say nothing of scopes that a server makes up, so the tools of the example could not be told apart. */
const notOffered = ['cloudflare-access', 'google', 'supabase', 'workos', 'zitadel'];

it('offers every provider of the documentation whose tokens carry scopes of yours', () => {
  const pages = readdirSync(join(root, 'docs/providers')).map((file) => file.replace('.md', ''));
  const offered = Object.values(providers).map(({ page }) => page.replace('providers/', ''));
  // A library, not a provider: its issuer is one by itself
  const expected = pages.filter((page) => !['index', 'oidc-provider', ...notOffered].includes(page));
  expect(offered.filter((page) => page !== 'guide/dev-issuer').sort()).toEqual(expected.sort());
});

it.each(Object.keys(providers) as ProviderName[])('%s is configured by its settings', async (name) => {
  const { settings } = providers[name];
  const folder = join(await createFolder(), 'notes');
  await createProject({ folder, framework: 'fetch', language: 'js', provider: name });
  await symlink(join(import.meta.dirname, '../node_modules'), join(folder, 'node_modules'));
  vi.stubEnv('RESOURCE', resource);
  for (const setting of settings) vi.stubEnv(setting.name, setting.example);
  onTestFinished(() => void vi.unstubAllEnvs());

  const { readAuthorizationServer } = (await import(join(folder, 'src/authorization-server.js'))) as {
    readAuthorizationServer: () => AuthServerEntry;
  };
  const authorizationServers = [readAuthorizationServer()];
  const mcpAuth = new MCPAuth({ resource, authorizationServers, checkAtStart: false, log: false });
  mcpAuth.protect({ fetch: () => new Response() }, { requiredScopes: ['notes:read'] });
  await mcpAuth.close();

  vi.stubEnv(settings[0]?.name ?? '', ' ');
  expect(readAuthorizationServer).toThrow(`Set ${settings[0]?.name}`);
});
