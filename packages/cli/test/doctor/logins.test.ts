import { startDevIssuer, type DevIssuer } from '@mcp-auth/dev-issuer';
import { MCPAuth } from '@mcp-auth/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rememberSecret, runCli, searchSecretsAfterAll } from '../support/run-cli.js';
import { startExpress } from './support/mcp-servers.js';
import { doctor } from './support/run-doctor.js';
import { serveApp, standIn } from './support/serve.js';
import { opaqueToken, startStandInIssuer, startStandInServer } from './support/stand-ins.js';

searchSecretsAfterAll();
rememberSecret(opaqueToken);

let issuer: DevIssuer;
beforeAll(async () => {
  issuer = await startDevIssuer({ port: 0, scopes: ['notes:read'] });
});
afterAll(() => issuer.close());

describe('a login with a browser', () => {
  it('waits for the browser to come back, and prints the address for a user without one', async () => {
    const { issuer: at } = await startStandInIssuer();
    const { origin } = await startStandInServer({ issuer: at });
    const visited: URL[] = [];
    const openBrowser = async (url: URL) => {
      visited.push(url);
      await (await fetch(url)).text();
    };
    const { exitCode, stdout, stderr } = await runCli(['doctor', `${origin}/mcp`], { openBrowser });
    expect(stdout).toContain('A client gets in.');
    expect(exitCode).toBe(0);
    expect(stderr).toContain(visited[0]?.href);
    const asked = visited[0]?.searchParams;
    expect(asked?.get('code_challenge_method')).toBe('S256');
    expect(asked?.get('resource')).toBe(`${origin}/mcp`);
    expect(asked?.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  });

  it('ends when nobody comes back', async () => {
    const { issuer: at } = await startStandInIssuer();
    const { origin } = await startStandInServer({ issuer: at });
    const openBrowser = () => Promise.reject(new Error('no browser here'));
    const { broken } = await doctor(`${origin}/mcp`, ['--login-timeout', '0.2'], { openBrowser });
    expect(broken?.id).toBe('doctor/login-unfinished');
  });

  it('takes its answer at one address only', async () => {
    const { issuer: at } = await startStandInIssuer();
    const { origin } = await startStandInServer({ issuer: at });
    const statuses: number[] = [];
    const openBrowser = async (url: URL) => {
      const callback = url.searchParams.get('redirect_uri') ?? '';
      const root = new URL('/', callback);
      statuses.push((await fetch(root)).status);
      statuses.push((await fetch(callback, { method: 'POST' })).status);
      statuses.push((await fetch(callback.replace('127.0.0.1', 'localhost'))).status);
      await (await fetch(url)).text();
    };
    const { passed } = await doctor(`${origin}/mcp`, [], { openBrowser });
    expect(statuses).toEqual([404, 404, 404]);
    expect(passed).toContain('call');
  });

  it('does not begin where nobody could log in', async () => {
    const { issuer: at } = await startStandInIssuer();
    const { origin } = await startStandInServer({ issuer: at });
    const { brokenStep, passed, exitCode } = await doctor(`${origin}/mcp`);
    expect([brokenStep, exitCode]).toEqual([undefined, 0]);
    expect(passed).toContain('registration');
    expect(passed).not.toContain('login');
  });
});

describe('a client with credentials of its own', () => {
  const secret = rememberSecret('secret of:the client/0123456789+');

  it.each([
    ['basic', ['client_secret_basic']],
    ['in the body where nothing else is known', ['client_secret_post']],
  ])('sends them to the token endpoint and nowhere else, as %s', async (_how, methods) => {
    const tokens: string[] = [];
    const { issuer: at, requests } = await startStandInIssuer({
      metadata: () => ({ token_endpoint_auth_methods_supported: methods }),
      token: (form) => {
        tokens.push(form.get('grant_type') ?? '', form.get('client_secret') ?? '');
        return { json: { access_token: opaqueToken, token_type: 'Bearer' } };
      },
    });
    const { origin, requests: asked } = await startStandInServer({ issuer: at });
    const args = ['--client-credentials', '--client-id', 'robot', '--issuer', at];
    const { passed } = await doctor(`${origin}/mcp`, args, { env: { MCP_AUTH_CLIENT_SECRET: secret } });
    expect(passed).toContain('call');
    expect(tokens[0]).toBe('client_credentials');
    const basic = requests.find(({ path }) => path === '/token')?.headers.authorization;
    if (methods[0] === 'client_secret_post') expect([tokens[1], basic]).toEqual([secret, undefined]);
    else
      expect(basic).toBe(
        `Basic ${Buffer.from('robot:secret+of%3Athe+client%2F0123456789%2B').toString('base64')}`,
      );
    expect(JSON.stringify(asked)).not.toContain('Basic');
  });

  it.each([
    [['--client-credentials']],
    [['--client-credentials', '--client-id', 'a', '--headless']],
    [['--client-credentials', '--client-id', 'a']],
    [['--callback-port', 'x']],
    [['--answer', 'x']],
    [['--arguments', '[]']],
    [['--headles']],
  ])('wrong usage is told: %j', async (args) => {
    const env = { MCP_AUTH_CLIENT_SECRET: secret };
    const { exitCode, stdout } = await runCli(['doctor', 'http://127.0.0.1:9/mcp', ...args], { env });
    expect([exitCode, stdout]).toEqual([2, '']);
  });

  it('keeps them from an authorization server that was not named', async () => {
    const { issuer: other, requests } = await startStandInIssuer();
    const { origin } = await startStandInServer({ issuer: other });
    const args = ['--client-credentials', '--client-id', 'robot', '--issuer', issuer.issuer];
    const { broken } = await doctor(`${origin}/mcp`, args, { env: { MCP_AUTH_CLIENT_SECRET: secret } });
    expect(broken?.id).toBe('doctor/issuer-unusable');
    expect(requests).toEqual([]);
  });

  it.each(['ftp://a.example/', 'mcp', 'https://user:password@a.example/mcp'])(
    '%s is not walked to',
    async (url) => {
      expect((await runCli(['doctor', url])).exitCode).toBe(2);
    },
  );
});

it('a client with a document does not register', async () => {
  const documents = await standIn((_request, origin) => ({
    json: {
      client_id: `${origin}/client.json`,
      client_name: 'a client with a document',
      redirect_uris: ['http://127.0.0.1/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
  }));
  const { origin } = await startExpress({ issuer: issuer.issuer });
  const args = ['--headless', '--client-document', `${documents.origin}/client.json`];
  const { passed, broken, report } = await doctor(`${origin}/mcp`, args);
  expect(broken).toBeUndefined();
  expect(passed).toContain('call');
  expect(report.findings.find(({ id }) => id === 'doctor/registration')?.actual).toContain('is described at');
});

describe.each(['2025-06-18', '2025-11-25', '2026-07-28'])('over MCP %s', (revision) => {
  it('a server of the official SDK is called as clients of that revision do', async () => {
    const { origin } = await serveApp((at) => {
      const mcpAuth = new MCPAuth({
        resource: `${at}/mcp`,
        authorizationServers: [issuer.issuer],
        log: false,
      });
      const handle = toNodeHandler(
        createMcpHandler(() => {
          const server = new McpServer({ name: 'official', version: '1.0.0' });
          server.registerTool('hello', { description: 'Says hello' }, () => ({
            content: [{ type: 'text', text: 'hello' }],
          }));
          return server;
        }),
      );
      const app = express().use(mcpAuth.protectedResourceMetadataRouter());
      return app.all('/mcp', mcpAuth.bearerAuth(), (request, response) =>
        handle(request, response, request.body),
      );
    });
    const { broken, report } = await doctor(`${origin}/mcp`, [
      '--headless',
      '--revision',
      revision,
      '--tool',
      'hello',
    ]);
    expect(broken).toBeUndefined();
    expect(report.findings.find(({ id }) => id === 'doctor/call')?.actual).toBe(
      `1 tools, over MCP ${revision}`,
    );
  });
});
