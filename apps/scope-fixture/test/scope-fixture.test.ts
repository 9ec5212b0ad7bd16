import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokens } from '../src/contract.js';
import { hosts, type HostName } from '../src/hosts/hosts.js';
import type { Mechanism } from '../src/mechanism.js';
import { startFixture, type RunningFixture } from '../src/start-fixture.js';

/** Written out by hand, as the contract of the fixture states them. */
const operations = [
  {
    title: 'the tool',
    method: 'tools/call',
    params: { name: 'test_simple_text', arguments: {} },
    name: 'test_simple_text',
    scope: 'mcp:conformance:tools:call mcp:conformance:tools:test_simple_text',
    run: (client: Client) => client.callTool({ name: 'test_simple_text' }),
    answer: { content: [{ type: 'text', text: 'This is a simple text response for testing.' }] },
  },
  {
    title: 'the static resource',
    method: 'resources/read',
    params: { uri: 'test://static-text' },
    name: 'test://static-text',
    scope: 'mcp:conformance:resources:read mcp:conformance:resources:static',
    run: (client: Client) => client.readResource({ uri: 'test://static-text' }),
    answer: {
      contents: [
        {
          uri: 'test://static-text',
          mimeType: 'text/plain',
          text: 'This is the content of the static text resource.',
        },
      ],
    },
  },
  {
    title: 'the resource of the template',
    method: 'resources/read',
    params: { uri: 'test://template/123/data' },
    name: 'test://template/123/data',
    scope: 'mcp:conformance:resources:read mcp:conformance:resources:template:123',
    run: (client: Client) => client.readResource({ uri: 'test://template/123/data' }),
    answer: {
      contents: [
        {
          uri: 'test://template/123/data',
          mimeType: 'application/json',
          text: '{"id":"123","templateTest":true,"data":"Data for ID: 123"}',
        },
      ],
    },
  },
  {
    title: 'the prompt',
    method: 'prompts/get',
    params: { name: 'test_simple_prompt' },
    name: 'test_simple_prompt',
    scope: 'mcp:conformance:prompts:get mcp:conformance:prompts:test_simple_prompt',
    run: (client: Client) => client.getPrompt({ name: 'test_simple_prompt' }),
    answer: {
      messages: [{ role: 'user', content: { type: 'text', text: 'This is a simple prompt for testing.' } }],
    },
  },
] as const;

type Operation = (typeof operations)[number];

const meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** As a conformance client sends it, without any library. */
function send(
  resource: string,
  { method, params, name }: Pick<Operation, 'method' | 'params' | 'name'>,
  token: string | undefined,
  version = '2026-07-28',
): Promise<Response> {
  const isNewest = version === '2026-07-28';
  return fetch(resource, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': version,
      ...(isNewest && { 'mcp-method': method, 'mcp-name': name }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method,
      params: { ...params, ...(isNewest && { _meta: meta }) },
    }),
  });
}

const description = 'The access token does not cover this operation';
const both = (Object.keys(hosts) as HostName[]).flatMap((host) =>
  (['middleware', 'sdk'] as const).map((mechanism): [HostName, Mechanism] => [host, mechanism]),
);

describe.each(both)('scope challenges on %s, by the %s', (host, mechanism) => {
  let fixture: RunningFixture;
  beforeAll(async () => {
    fixture = await startFixture(host, mechanism, 0);
  });
  afterAll(() => fixture.close());
  const metadataUrl = () => fixture.resource.replace('/mcp', '/.well-known/oauth-protected-resource/mcp');

  it.each(operations)(
    '$title is refused to the low token, and both scopes named at once [MCP-2026-07-28-RS-021] [MCP-2026-07-28-RS-024]',
    async (operation) => {
      const response = await send(fixture.resource, operation, tokens.low);
      expect(response.status).toBe(403);
      expect(response.headers.get('www-authenticate')).toBe(
        `Bearer error="insufficient_scope", error_description="${description}", scope="${operation.scope}", resource_metadata="${metadataUrl()}"`,
      );
      expect(await response.json()).toMatchObject({ error: 'insufficient_scope' });
    },
  );

  it.each(operations)(
    '$title is refused on earlier wires too, and what was granted is repeated [MCP-2025-11-25-RS-023]',
    async (operation) => {
      for (const version of ['2025-06-18', '2025-11-25']) {
        const response = await send(fixture.resource, operation, tokens.low, version);
        expect(response.status).toBe(403);
        expect(response.headers.get('www-authenticate')).toContain(
          `scope="${operation.scope} mcp:conformance:baseline"`,
        );
      }
    },
  );

  it.each(operations)('$title succeeds with the full token [MCP-2026-07-28-RS-030]', async (operation) => {
    const response = await send(fixture.resource, operation, tokens.full);
    expect(response.status).toBe(200);
    const text = await response.text();
    const message = JSON.parse(/^data: (.+)$/m.exec(text)?.[1] ?? text) as { result?: unknown };
    expect(message.result).toMatchObject(operation.answer);
  });

  it('the official client gets everything with the full token', async () => {
    const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
    const authProvider = { token: () => Promise.resolve(tokens.full) };
    await client.connect(new StreamableHTTPClientTransport(new URL(fixture.resource), { authProvider }));
    for (const { run, answer } of operations) expect(await run(client)).toMatchObject(answer);
    await client.close();
  });

  it('the full token has the template for one identifier only', async () => {
    const uri = 'test://template/456/data';
    const response = await send(
      fixture.resource,
      {
        method: 'resources/read',
        params: { uri: uri as 'test://static-text' },
        name: uri as 'test://static-text',
      },
      tokens.full,
    );
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toContain(
      'scope="mcp:conformance:resources:read mcp:conformance:resources:template:456"',
    );
  });

  it('another spelling of a resource gets no further than its own [MCP-2026-07-28-RS-030]', async () => {
    const uri = 'TEST://static-text';
    const response = await send(
      fixture.resource,
      {
        method: 'resources/read',
        params: { uri: uri as 'test://static-text' },
        name: uri as 'test://static-text',
      },
      tokens.low,
    );
    // The middleware refuses a name that its table does not hold; the server knows the resource, and asks for its scopes
    if (mechanism === 'sdk') expect(response.status).toBe(403);
    else expect(await response.json()).toMatchObject({ error: { code: -32602 } });
  });

  it('an unknown token is bad, and no token is none [RFC6750-3.1-02] [RFC6750-3.1-04]', async () => {
    const bad = await send(fixture.resource, operations[0], 'mcp-conformance-scope-other');
    expect(bad.status).toBe(401);
    expect(bad.headers.get('www-authenticate')).toContain('error="invalid_token"');
    const none = await send(fixture.resource, operations[0], undefined);
    expect(none.status).toBe(401);
    expect(none.headers.get('www-authenticate')).not.toContain('error=');
  });
});
