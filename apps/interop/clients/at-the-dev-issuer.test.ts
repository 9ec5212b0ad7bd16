import type { RequestListener } from 'node:http';
import { createApp } from '@mcp-auth/app-notes';
import { listen, type RunningServer } from '@mcp-auth/app-sample-kit';
import { startDevIssuer, type DevIssuer } from '@mcp-auth/dev-issuer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clients } from './lib/clients.js';
import { demoUser } from './lib/demo-user.js';
import { aiSdk } from './lib/drivers/ai-sdk.js';
import { mcpRemote } from './lib/drivers/mcp-remote.js';
import { officialV2 } from './lib/drivers/official-v2.js';
import { pythonMcp } from './lib/drivers/python.js';
import type { ForeignClient } from './lib/foreign-client.js';
import { logIn } from './lib/log-in.js';

const selected =
  process.env['INTEROP_PAIRS'] === 'selection' ? [officialV2, pythonMcp, mcpRemote, aiSdk] : clients;
const tried = await Promise.all(
  selected.map(async (client) => ({ client, missing: await client.missing?.() })),
);

let issuer: DevIssuer;
let server: RunningServer;
let resource: string;

/** As `npx @mcp-auth/dev-issuer` is without an option: it has never heard of the server, nor of its scopes. */
beforeAll(async () => {
  issuer = await startDevIssuer({ port: 0 });
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  server = await listen((request, response) => listener(request, response), 0, '127.0.0.1');
  resource = `http://127.0.0.1:${server.port}/mcp`;
  ({ listener } = createApp({ issuer: issuer.issuer, resource }));
});
afterAll(() => Promise.all([server.close(), issuer.close()]));

for (const { client, missing } of tried) {
  const title = `${client.name} ${client.version} at the practice issuer`;
  if (missing === undefined) describe(title, () => describeClient(client));
  else it.skip(`${title}: ${missing}`, () => undefined);
}

function describeClient(client: ForeignClient): void {
  it('stays outside when its user denies it', async () => {
    const denied = logIn(client, { resource, answer: demoUser('alice', 'deny') });
    await expect(denied).rejects.toThrow(/access_denied|denied the request|[Aa]ccess was denied/);
  });

  it('logs in as the user who was picked, and calls a tool', async () => {
    const session = await logIn(client, { resource, answer: demoUser('bob') });
    try {
      expect(await session.callTool('add-note', { text: 'Water the plants' })).toMatchObject({ owner: 'bob' });
    } finally {
      await session.close();
    }
  });
}
