import type { RequestListener } from 'node:http';
import { startAuthorizationServer, type AuthorizationServer } from '@mcp-auth/app-demo';
import { listen, type RunningServer } from '@mcp-auth/app-sample-kit';
import { createApp } from '@mcp-auth/app-notes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoUser } from './lib/demo-user.js';
import { inspector } from './lib/drivers/inspector.js';
import { officialV2 } from './lib/drivers/official-v2.js';
import { fastMcp, pythonMcp } from './lib/drivers/python.js';
import type { ForeignClient } from './lib/foreign-client.js';
import { logIn } from './lib/log-in.js';

/** Published nowhere: the authorization server is handed it by the test. */
const clientMetadataUrl = 'https://client.example/oauth/client.json';
const document = {
  client_id: clientMetadataUrl,
  client_name: 'A client with a document',
  // RFC 8252 §7.3: at any port
  redirect_uris: [
    'http://localhost/callback',
    'http://127.0.0.1/callback',
    'http://127.0.0.1/oauth/callback',
  ],
  grant_types: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_method: 'none',
};

const selected =
  process.env['INTEROP_PAIRS'] === 'selection' ? [officialV2] : [officialV2, pythonMcp, fastMcp, inspector];
const clients = await Promise.all(
  selected.map(async (client) => ({ client, missing: await client.missing?.() })),
);

const asked: string[] = [];
let authorizationServer: AuthorizationServer;
let server: RunningServer;
let resource: string;

beforeAll(async () => {
  authorizationServer = await startAuthorizationServer(0, [], {
    fetch: (url) => {
      const { url: address } = new Request(url);
      asked.push(address);
      return Promise.resolve(
        address === clientMetadataUrl ? Response.json(document) : new Response('', { status: 404 }),
      );
    },
  });
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  server = await listen((request, response) => listener(request, response), 0, '127.0.0.1');
  resource = `http://127.0.0.1:${server.port}/mcp`;
  ({ listener } = createApp({ issuer: authorizationServer.issuer, resource }));
  authorizationServer.addResource(resource, ['notes']);
});
afterAll(() => Promise.all([server.close(), authorizationServer.close()]));

for (const { client, missing } of clients) {
  const title = `${client.name} ${client.version} with a document`;
  if (missing === undefined) describe(title, () => describeClient(client));
  else it.skip(`${title}: ${missing}`, () => undefined);
}

function describeClient(client: ForeignClient): void {
  it('stays outside when the document is not there', async () => {
    const elsewhere = 'https://client.example/oauth/another.json';
    const lost = logIn(client, { resource, answer: demoUser('alice'), clientMetadataUrl: elsewhere });
    await expect(lost).rejects.toThrow();
    expect(asked).toContain(elsewhere);
  });

  it('logs in without a registration, by the address of its document', async () => {
    const named: boolean[] = [];
    const session = await logIn(client, {
      resource,
      clientMetadataUrl,
      answer: (page) => {
        named.push(page.html.includes('<strong>A client with a document</strong>'));
        return demoUser('alice')(page);
      },
    });
    try {
      const answer = await session.callTool('add-note', { text: 'Water the plants' });
      expect(answer).toMatchObject({ owner: 'alice' });
      expect(named).toEqual([true]);
    } finally {
      await session.close();
    }
  });
}
