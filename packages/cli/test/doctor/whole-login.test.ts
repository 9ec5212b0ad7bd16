import { startDevIssuer, type DevIssuer } from '@mcp-auth/dev-issuer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchSecretsAfterAll } from '../support/run-cli.js';
import { getRequestListener } from '@hono/node-server';
import { MCPAuth } from '@mcp-auth/hono';
import { Hono } from 'hono';
import { startHono } from './support/hono-server.js';
import { startExpress } from './support/mcp-servers.js';
import { doctor } from './support/run-doctor.js';
import { serveApp } from './support/serve.js';

searchSecretsAfterAll();

let issuer: DevIssuer;
beforeAll(async () => {
  issuer = await startDevIssuer({ port: 0, scopes: ['notes:read', 'notes:write'] });
});
afterAll(() => issuer.close());

describe.each([
  ['Express', startExpress],
  ['Hono', startHono],
])('a server on %s', (_name, start) => {
  it('is walked from the first request to the refreshed token, without a browser', async () => {
    const { origin } = await start({ issuer: issuer.issuer, requiredScopes: ['notes:read'] });
    const { exitCode, brokenStep, passed, broken } = await doctor(`${origin}/mcp`, ['--headless']);
    expect(broken).toBeUndefined();
    expect(brokenStep).toBeUndefined();
    expect(passed).toEqual([
      'server',
      'challenge',
      'resource-metadata',
      'server-metadata',
      'registration',
      'login',
      'token',
      'audience',
      'call',
      'refresh',
    ]);
    expect(exitCode).toBe(0);
  });

  it('is walked by a page of an origin that it knows', async () => {
    const { origin } = await start({ issuer: issuer.issuer, cors: true });
    const { broken, passed } = await doctor(`${origin}/mcp`, [
      '--headless',
      '--origin',
      'http://localhost:6274',
    ]);
    expect(broken).toBeUndefined();
    expect(passed).toEqual(expect.arrayContaining(['preflight', 'registration', 'token', 'call', 'refresh']));
  });

  it('is logged in at once more where a tool needs more scopes', async () => {
    const { origin } = await start({
      issuer: issuer.issuer,
      requiredScopes: ['notes:read'],
      toolScope: 'notes:write',
    });
    const { broken, passed } = await doctor(`${origin}/mcp`, ['--headless', '--tool', 'write']);
    expect(broken).toBeUndefined();
    expect(passed).toContain('step-up');
  });
});

it('the metadata below a base path of Hono, where it answers nobody, is missed', async () => {
  const { origin } = await serveApp((at) => {
    const mcpAuth = new MCPAuth({
      ...{ resource: `${at}/api/mcp`, authorizationServers: [issuer.issuer] },
      log: false,
    });
    const api = new Hono().basePath('/api').route('/', mcpAuth.protectedResourceMetadataRouter());
    api.post('/mcp', mcpAuth.bearerAuth(), (c) => c.text('never'));
    const listen = getRequestListener(api.fetch);
    return (request, response) => void listen(request, response);
  });
  const { broken } = await doctor(`${origin}/api/mcp`);
  expect(broken).toMatchObject({
    id: 'doctor/metadata-missing',
    fix: expect.stringContaining('at the root of the application'),
  });
});
