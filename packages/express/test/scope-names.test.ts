/** Entra ID on a real server: the challenge is what a client asks Entra for, byte by byte. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, test } from 'vitest';
import { applicationId, createProviderOf, now, tenantId, userToken } from '../../core/test/support/entra.js';
import { MCPAuth } from '../src/index.js';
import { entra } from '../src/providers.js';

const resource = 'https://api.example.com/mcp';
const read = `${resource}/read`;

/** Starts a server whose metadata and requirement are written as given, and asks it. */
async function withServer(
  requiredScopes: readonly string[],
  scopesSupported: string[],
  ask: (origin: string, sign: (claims: object) => Promise<string>) => Promise<void>,
) {
  const server = entra({ tenantId, applicationId, applicationIdUri: resource });
  const provider = await createProviderOf({ server });
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [server], scopesSupported } },
    fetch: provider.fetch,
    now: () => now * 1000,
    onEvent: () => undefined,
  });
  const app = express();
  app.use(mcpAuth.protectedResourceMetadataRouter());
  app.post('/mcp', mcpAuth.bearerAuth({ requiredScopes }), (_request, response) => void response.json({}));
  const listening = createServer(app);
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  try {
    const origin = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
    await ask(origin, (claims) => provider.sign({ ...userToken, ...claims }));
  } finally {
    await new Promise((resolve) => listening.close(resolve));
  }
}

test.each([
  ['short, as scp has it', ['read'], [read]],
  ['in full', [read], [read]],
  ['short, and the metadata as well', ['read'], ['read']],
])(
  'a client asks Entra for the scope that Entra knows, where the requirement is written %s',
  async (_how, requiredScopes, scopesSupported) => {
    await withServer(requiredScopes, scopesSupported, async (origin, sign) => {
      const call = async (token?: string) => {
        const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` };
        const response = await fetch(`${origin}/mcp`, { method: 'POST', headers: { ...headers } });
        return [response.status, response.headers.get('www-authenticate')];
      };
      const document = await fetch(`${origin}/.well-known/oauth-protected-resource/mcp`);
      const place = `resource_metadata="https://api.example.com/.well-known/oauth-protected-resource/mcp"`;

      expect(await document.json()).toMatchObject({ scopes_supported: [read] });
      expect(await call()).toEqual([401, `Bearer scope="${read}", ${place}`]);
      expect(await call(await sign({ scp: 'write' }))).toEqual([
        403,
        `Bearer error="insufficient_scope", error_description="The access token does not cover this operation", scope="${read}", ${place}`,
      ]);
      expect(await call(await sign({ scp: 'read' }))).toEqual([200, null]);
    });
  },
);
