import { createServer } from 'node:http';
import { spawnSync } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { browserCommand } from '../../src/doctor/login/open-browser.js';
import { rememberSecret, runCli, searchSecretsAfterAll } from '../support/run-cli.js';
import { doctor } from './support/run-doctor.js';
import { standIn } from './support/serve.js';
import {
  answerCall,
  metadataPath,
  opaqueToken,
  startStandInIssuer,
  startStandInServer,
} from './support/stand-ins.js';

searchSecretsAfterAll();
const token = rememberSecret('token-that-must-not-travel-0123456789');
rememberSecret(opaqueToken);
const given = { env: { MCP_AUTH_TOKEN: token } };

describe('a token stays at the origin that was given', () => {
  it('and does not follow a redirect', async () => {
    const elsewhere = await standIn(() => ({ json: {} }));
    const { issuer } = await startStandInIssuer();
    const { origin } = await startStandInServer({
      issuer,
      call: () => ({ status: 308, headers: { location: `${elsewhere.origin}/mcp` } }),
    });
    const { broken } = await doctor(`${origin}/mcp`, [], given);
    expect(broken).toMatchObject({
      id: 'doctor/call-failed',
      message: expect.stringContaining('not sent along a redirect'),
    });
    expect(elsewhere.requests).toEqual([]);
  });

  it('and is in no request for metadata, to registration or to the authorization server', async () => {
    const { issuer, requests } = await startStandInIssuer();
    const documents = await standIn((_request, origin) => ({
      json: { resource: target, authorization_servers: [issuer], origin },
    }));
    let target = '';
    const { origin, requests: asked } = await startStandInServer({
      issuer,
      challenge: () => `Bearer resource_metadata="${documents.origin}/document"`,
    });
    target = `${origin}/mcp`;
    await doctor(target, [], given);
    expect(documents.requests).not.toHaveLength(0);
    for (const request of [
      ...requests,
      ...documents.requests,
      ...asked.filter(({ path }) => path !== '/mcp'),
    ]) {
      expect(JSON.stringify(request)).not.toContain(token);
    }
    expect(asked.some(({ headers }) => headers.authorization === `Bearer ${token}`)).toBe(true);
  });
});

describe('documents lead only where they may', () => {
  it.each([
    ['a private network', 'https://10.0.0.1'],
    ['the metadata of a cloud', 'https://169.254.169.254/latest'],
  ])('not into %s', async (_what, issuer) => {
    const { origin } = await startStandInServer({ issuer });
    const { broken, brokenStep } = await doctor(`${origin}/mcp`);
    expect([brokenStep, broken?.id]).toEqual(['server-metadata', 'doctor/issuer-forbidden']);
    expect(broken?.exchange?.response).toBeUndefined();
  });

  it.each([
    'javascript:alert(document.domain)',
    'file:///etc/passwd',
    'http://auth.example.com/login',
    'https://u:p@auth.example.com/',
  ])('no browser is opened at %s', async (endpoint) => {
    const opened: URL[] = [];
    const { issuer } = await startStandInIssuer({ metadata: () => ({ authorization_endpoint: endpoint }) });
    const { origin } = await startStandInServer({ issuer });
    const openBrowser = (url: URL) => Promise.resolve(void opened.push(url));
    const { broken } = await doctor(`${origin}/mcp`, [], { openBrowser });
    expect(broken?.id).toBe('doctor/endpoint-unsafe');
    expect(opened).toEqual([]);
  });

  it('a login without a browser does not take its cookies to another origin', async () => {
    const elsewhere = await standIn(() => ({ text: '<form></form>' }));
    const { issuer } = await startStandInIssuer({ leadAway: () => elsewhere.origin });
    const { origin } = await startStandInServer({ issuer });
    const { broken } = await doctor(`${origin}/mcp`, ['--headless']);
    expect(broken).toMatchObject({
      id: 'doctor/login-unfinished',
      message: expect.stringContaining(elsewhere.origin),
    });
    expect(elsewhere.requests).toEqual([]);
  });

  it('a registration is removed where it was made, and nowhere else', async () => {
    const management = rememberSecret('management-token-0123456789');
    const elsewhere = await standIn(() => ({}));
    const registered = (uri: (origin: string) => string) =>
      startStandInIssuer({
        register: (metadata, { headers }) => ({
          status: 201,
          json: {
            ...metadata,
            client_id: 'client-1',
            registration_access_token: management,
            registration_client_uri: uri(`http://${headers.host ?? ''}`),
          },
        }),
      });
    const here = await registered((at) => `${at}/clients/1`);
    const there = await registered(() => `${elsewhere.origin}/clients/1`);
    for (const { issuer } of [here, there]) {
      const { origin } = await startStandInServer({ issuer });
      await doctor(`${origin}/mcp`, ['--headless']);
    }
    expect(here.requests.at(-1)).toMatchObject({ method: 'DELETE', path: '/clients/1' });
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('the address of a login is one argument, and no shell reads it', () => {
  const nasty = new URL('https://auth.example.com/$(touch x)`id`;&|<>"\'%PATH% ^!?a=b&c=$(id)#&calc');

  it.each(['linux', 'darwin', 'win32'] as const)('on %s', (platform) => {
    const { file, args } = browserCommand(nasty, platform, { SystemRoot: 'D:\\Windows' });
    expect(args.at(-1)).toBe(nasty.href);
    expect(args.filter((each) => each.includes('auth.example.com'))).toHaveLength(1);
    expect(nasty.href).not.toMatch(/[\s"<>]/);
    expect(file).not.toMatch(/cmd|powershell|\bsh$/i);
    const show = ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...args];
    expect(JSON.parse(spawnSync(process.execPath, show, { encoding: 'utf8' }).stdout)).toEqual([...args]);
  });

  it('on Windows it is opened by the program of the system', () => {
    expect(browserCommand(nasty, 'win32', { SystemRoot: 'D:\\Windows' }).file).toBe(
      'D:\\Windows\\System32\\rundll32.exe',
    );
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'http://auth.example.com/',
    'https://u@auth.example.com/',
    'ms-settings:',
  ])('%s is not opened', (url) => {
    expect(() => browserCommand(new URL(url), 'linux', {})).toThrow(TypeError);
  });
});

describe('what a server sends is escaped before it reaches a terminal', () => {
  it.each<[where: string, servers: (evil: string) => Promise<string>]>([
    [
      'in error_description',
      async (evil) => {
        const { issuer } = await startStandInIssuer({
          authorize: () => ({ code: undefined, error: 'server_error', error_description: evil }),
        });
        return (await startStandInServer({ issuer })).origin;
      },
    ],
    [
      'in the resource and the issuer',
      async (evil) =>
        (
          await startStandInServer({
            issuer: `https://a.example/${evil}`,
            metadata: () => ({ resource: `https://a.example/${evil}` }),
          })
        ).origin,
    ],
    [
      'in a body',
      async (evil) =>
        (
          await startStandInServer({
            issuer: 'https://a.example',
            first: () => ({ status: 400, text: evil }),
          })
        ).origin,
    ],
    [
      'in the names of tools',
      async (evil) => {
        const { issuer } = await startStandInIssuer();
        const call = (request: Parameters<typeof answerCall>[0]) =>
          request.body.includes('tools/list')
            ? { json: { jsonrpc: '2.0', id: 1, result: { tools: [{ name: evil }] } } }
            : answerCall(request);
        return (await startStandInServer({ issuer, call })).origin;
      },
    ],
  ])('%s', async (_where, start) => {
    const evil = '\u001b[2J\u001b]0;owned\u0007\u202egnp.exe\u0000\u009b31m';
    const origin = await start(evil);
    const { stdout, stderr } = await runCli([
      'doctor',
      `${origin}/mcp`,
      '--headless',
      '--verbose',
      '--tool',
      'x',
      '--no-color',
    ]);
    expect(stdout).not.toBe('');
    expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

describe('a server that goes on for ever is left', () => {
  async function serveForever(contentType: string, chunk: string, status = 200): Promise<string> {
    const server = createServer((request, response) => {
      if (request.url === '/mcp') {
        response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
        return;
      }
      response.writeHead(status, { 'content-type': contentType });
      const write = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', write);
      };
      write();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    });
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  it('with a document without end', async () => {
    const origin = await serveForever('application/json', '{"resource":'.padEnd(65_536));
    const { broken } = await doctor(`${origin}/mcp`);
    expect(broken).toMatchObject({
      id: 'doctor/metadata-missing',
      message: expect.stringContaining('longer than'),
    });
  });

  it('with redirects of the login', async () => {
    const looping = await standIn(({ path, method, body }, at) => {
      if (path.startsWith('/.well-known/oauth-authorization-server')) {
        return {
          json: {
            issuer: at,
            authorization_endpoint: `${at}/loop`,
            token_endpoint: `${at}/token`,
            registration_endpoint: `${at}/register`,
            response_types_supported: ['code'],
            code_challenge_methods_supported: ['S256'],
          },
        };
      }
      if (method === 'POST')
        return { status: 201, json: { ...(JSON.parse(body) as object), client_id: 'c' } };
      return { status: 302, headers: { location: '/loop?again' } };
    });
    const { origin } = await startStandInServer({ issuer: looping.origin });
    const { broken } = await doctor(`${origin}/mcp`, ['--headless']);
    expect(broken).toMatchObject({
      id: 'doctor/login-unfinished',
      message: expect.stringContaining('without end'),
    });
    expect(looping.requests.length).toBeLessThan(25);
  });

  it('with a stream that stays open after the answer', async () => {
    const { issuer } = await startStandInIssuer();
    const server = createServer((request, response) => {
      if (request.url === metadataPath) {
        response.setHeader('content-type', 'application/json');
        response.end(
          JSON.stringify({
            resource: `http://${request.headers.host ?? ''}/mcp`,
            authorization_servers: [issuer],
          }),
        );
        return;
      }
      if (request.headers.authorization === undefined) {
        response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const result = { protocolVersion: '2025-11-25', tools: [] };
      response.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', id: 1, result })}\n\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    });
    const { port } = server.address() as { port: number };
    const { passed } = await doctor(`http://127.0.0.1:${port}/mcp`, [], given);
    expect(passed).toContain('call');
  });
});
