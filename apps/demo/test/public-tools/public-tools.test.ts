import type { BearerAuthOptions, MCPAuthConfig, OperationPolicy } from '@mcp-auth/core';
import { createTestIssuer } from '@mcp-auth/testing';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, describe, expect, it } from 'vitest';
import { hosts } from './hosts.js';

const resource = 'https://api.example.com/mcp';
const metadataUrl = 'https://api.example.com/.well-known/oauth-protected-resource/mcp';

const operations: OperationPolicy = {
  tools: { search: 'anonymous', write: ['notes:write'], '*': 'refuse' },
  resources: { 'notes://open': 'anonymous', 'notes://{id}': [], '*': 'refuse' },
  methods: {
    initialize: 'anonymous',
    'notifications/initialized': 'anonymous',
    'server/discover': 'anonymous',
    'tools/list': 'anonymous',
  },
};

/** What both versions of the official client have in common. */
interface AnyClient {
  listTools(): Promise<{ readonly tools: readonly Readonly<Record<string, unknown>>[] }>;
  callTool(call: { name: string }): Promise<Readonly<Record<string, unknown>>>;
  readResource(params: { uri: string }): Promise<Readonly<Record<string, unknown>>>;
  getServerCapabilities():
    | { readonly extensions?: Readonly<Record<string, unknown>> | undefined }
    | undefined;
  close(): Promise<void>;
}

type Connect = (url: URL, headers: Record<string, string>) => Promise<AnyClient>;

const info = { name: 'test', version: '1.0.0' };

const clients: Readonly<Record<string, Connect>> = {
  'version 2': async (url, headers) => {
    const client = new Client(info, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
    return client;
  },
  'version 1': async (url, headers) => {
    const client = new ClientV1(info);
    const transport = new TransportV1(url, { requestInit: { headers } });
    await client.connect(transport);
    return client;
  },
};

describe.each(Object.entries(hosts))('public and protected tools on one URL of %s', (_name, createHost) => {
  const issuer = createTestIssuer({ audience: resource });
  const closing: (() => Promise<void>)[] = [];
  afterAll(async () => {
    await Promise.all(closing.map((close) => close()));
  });

  const start = async (challenges?: BearerAuthOptions['challenges']): Promise<URL> => {
    const config: MCPAuthConfig = {
      resource,
      ...issuer.mcpAuthOptions,
      onEvent: () => undefined,
    };
    const host = createHost(config, { resource, operations, challenges });
    const { mcpAuth } = host;
    const mcp = createMcpHandler(() => {
      const extensions = mcpAuth.authorizationExtensions({ clientCredentials: true });
      const server = new McpServer(info, { capabilities: { extensions } });
      mcpAuth.listFilter({ operations }).attach(server);
      mcpAuth.securitySchemes({ operations }).attach(server);
      for (const name of ['search', 'write', 'retired']) {
        server.registerTool(name, {}, () => ({ content: [{ type: 'text', text: `${name} ran` }] }));
      }
      for (const uri of ['notes://open', 'notes://mine']) {
        server.registerResource(uri, uri, {}, () => ({
          contents: [{ uri, text: uri }],
          ttlMs: 60_000,
          cacheScope: 'public',
        }));
      }
      return server;
    });
    const { origin, close } = await host.start(mcp);
    closing.push(close);
    return new URL('/mcp', origin);
  };
  const signed = async (scope: string) => ({
    authorization: `Bearer ${await issuer.mintToken({ scopes: scope.split(' ') })}`,
  });

  describe.each(Object.entries(clients))('a client of %s', (version, connect) => {
    it('is refused over HTTP by default, and a token lets it in', async () => {
      const url = await start();
      const stranger = await connect(url, {});
      await expect(stranger.callTool({ name: 'write' })).rejects.toThrow();
      await stranger.close();
      const low = await connect(url, await signed(''));
      await expect(low.callTool({ name: 'write' })).rejects.toThrow();
      await low.close();
    });

    it('reads the challenge in the result of its call where the owner says so', async () => {
      const url = await start('tool-result');
      const stranger = await connect(url, {});
      const login = await stranger.callTool({ name: 'write' });
      expect(login).toMatchObject({
        isError: true,
        _meta: {
          'mcp/www_authenticate': [
            `Bearer error="invalid_token", error_description="This resource requires an access token", scope="notes:write", resource_metadata="${metadataUrl}"`,
          ],
        },
      });
      expect(await stranger.callTool({ name: 'search' })).toMatchObject({
        content: [{ type: 'text', text: 'search ran' }],
      });
      await stranger.close();

      const low = await connect(url, await signed(''));
      const { _meta: meta, isError } = await low.callTool({ name: 'write' });
      expect(isError).toBe(true);
      expect(meta).toMatchObject({
        'mcp/www_authenticate': [expect.stringContaining('error="insufficient_scope"')],
      });
      await low.close();
      const full = await connect(url, await signed('notes:write'));
      expect((await full.callTool({ name: 'write' })).isError).not.toBe(true);
      await full.close();
    });

    it('learns what each tool needs from the list, and what the server offers', async () => {
      const url = await start('tool-result');
      const full = await connect(url, await signed('notes:write'));
      const { tools } = await full.listTools();
      const schemes = { search: [{ type: 'noauth' }], write: [{ type: 'oauth2', scopes: ['notes:write'] }] };
      for (const [name, securitySchemes] of Object.entries(schemes)) {
        const tool = tools.find((each) => each.name === name);
        expect(tool?._meta).toEqual({ securitySchemes });
      }
      expect(tools).toHaveLength(2);
      expect(full.getServerCapabilities()?.extensions).toEqual({
        'io.modelcontextprotocol/oauth-client-credentials': {},
      });
      await full.close();
    });

    // Results of version 1 have no cacheScope
    if (version === 'version 2') {
      it('[MCP-2026-07-28-RS-042] never gets a resource that a rule is about as public', async () => {
        const full = await connect(await start(), await signed('notes:write'));
        expect((await full.readResource({ uri: 'notes://mine' })).cacheScope).toBe('private');
        expect((await full.readResource({ uri: 'notes://open' })).cacheScope).toBe('public');
        await full.close();
      });
    }
  });

  it('shows the schemes at the top level of a tool on the wire, where the parsers of clients leave them out', async () => {
    const url = await start();
    for (const version of ['2025-11-25', '2026-07-28']) {
      const _meta = {
        'io.modelcontextprotocol/protocolVersion': version,
        'io.modelcontextprotocol/clientCapabilities': {},
      };
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          ...(await signed('notes:write')),
          accept: 'application/json, text/event-stream',
          'content-type': 'application/json',
          'mcp-protocol-version': version,
          'mcp-method': 'tools/list',
        },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/list',
          params: version === '2026-07-28' ? { _meta } : {},
        }),
      });
      const json = /\{.*\}/.exec(await response.text())?.[0] ?? '';
      const { result } = JSON.parse(json) as {
        result: { tools: { name: string; securitySchemes: unknown }[] };
      };
      const write = result.tools.find(({ name }) => name === 'write');
      expect(write?.securitySchemes).toEqual([{ type: 'oauth2', scopes: ['notes:write'] }]);
    }
  });
});
