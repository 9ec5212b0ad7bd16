import type { RequestListener } from 'node:http';
import { administrator, setStage, type Stage } from '@mcp-auth/app-demo';
import { createApp as createNotes } from '@mcp-auth/app-notes';
import { listen, type RunningServer } from '@mcp-auth/app-sample-kit';
import { startDevIssuer, type DevIssuer } from '@mcp-auth/dev-issuer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoUser } from '../clients/lib/demo-user.js';
import { deliver, visit } from '../clients/lib/user-agent.js';
import { loadMcpjam, mcpjamVersion, type Mcpjam, type McpjamResult } from './lib/mcpjam.js';

const mcpjam = await loadMcpjam();
const title = `the login suite of MCPJam ${mcpjamVersion}`;

let stage: Stage;
let issuer: DevIssuer;
let server: RunningServer;
let atDevIssuer: string;

beforeAll(async () => {
  stage = await setStage(0);
  issuer = await startDevIssuer({ port: 0 });
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  server = await listen((request, response) => listener(request, response), 0, '127.0.0.1');
  atDevIssuer = `http://127.0.0.1:${server.port}/mcp`;
  ({ listener } = createNotes({ issuer: issuer.issuer, resource: atDevIssuer, onEvent: () => undefined }));
});
afterAll(() => Promise.all([stage.close(), server.close(), issuer.close()]));

if ('missing' in mcpjam) it.skip(`${title}: ${mcpjam.missing}`, () => undefined);
else describeMcpjam(mcpjam);

function describeMcpjam({ OAuthConformanceTest }: Mcpjam): void {
  const judge = (serverUrl: string, protocolVersion: '2025-06-18' | '2025-11-25', user: string) =>
    new OAuthConformanceTest({
      serverUrl,
      protocolVersion,
      registrationStrategy: 'dcr',
      auth: {
        mode: 'interactive',
        openUrl: async (url) => deliver(await visit(new URL(url), demoUser(user))),
      },
      verification: { listTools: true },
      oauthConformanceChecks: true,
    }).run();

  describe.each(['2025-06-18', '2025-11-25'] as const)(`${title}, MCP %s`, (revision) => {
    it.each(['whoami', 'notes', 'todo-manager'])('%s: nothing fails', async (sample) => {
      const actor = stage.actors.find(({ name }) => name === sample) ?? expect.fail('no such sample');
      expectAllPassed(await judge(actor.resource, revision, administrator));
    });

    it('notes with the practice issuer: nothing fails', async () => {
      expectAllPassed(await judge(atDevIssuer, revision, 'bob'));
    });
  });
}

/** It sends a code to another callback with a made-up client, and cannot tell what it was refused for. */
const undecided = 'oauth_invalid_redirect';

function expectAllPassed({ passed, steps }: McpjamResult): void {
  const others = steps.filter(({ status }) => status !== 'passed');
  expect(others.map(({ step, status, error }) => [step, status, error?.message])).toEqual([
    [undecided, 'skipped', expect.stringContaining('rejected for a non-redirect reason')],
  ]);
  expect(passed).toBe(true);
  expect(steps.length).toBeGreaterThan(20);
}
