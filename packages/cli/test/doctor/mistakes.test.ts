import { MCPAuth } from '@mcp-auth/express';
import { type BrokenTokenName, startTestIssuer, type TestIssuer } from '@mcp-auth/testing';
import express, { Router } from 'express';
import { request as forward } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchSecretsAfterAll } from '../support/run-cli.js';
import { startExpress } from './support/mcp-servers.js';
import { doctor } from './support/run-doctor.js';
import { serveApp } from './support/serve.js';
import { startStandInServer } from './support/stand-ins.js';

searchSecretsAfterAll();

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startTestIssuer({ audience: 'https://unused.example.com' });
});
afterAll(() => issuer.close());

const withToken = (token: string) => ({ env: { MCP_AUTH_TOKEN: token } });

describe('resource is not the URL that clients use', () => {
  it.each([
    [
      'another host',
      (origin: string) => `${origin.replace('127.0.0.1', 'localhost')}/mcp`,
      'they name different hosts',
    ],
    ['another port', () => 'http://127.0.0.1:9/mcp', 'they name different ports'],
    [
      'https behind a proxy that speaks http',
      (origin: string) => `${origin.replace('http:', 'https:')}/mcp`,
      'one is http and the other https',
    ],
    ['a path in other letters', (origin: string) => `${origin}/MCP`, 'they differ in upper and lower case'],
  ])('%s', async (_what, resource, difference) => {
    const { origin } = await startStandInServer({
      issuer: issuer.issuer,
      metadata: (at) => ({ resource: resource(at) }),
    });
    const { brokenStep, broken, exitCode } = await doctor(`${origin}/mcp`);
    expect([brokenStep, broken?.id, exitCode]).toEqual(['resource-metadata', 'doctor/resource-mismatch', 1]);
    expect(broken?.message).toContain(difference);
    expect(broken).toMatchObject({ expected: `${origin}/mcp`, actual: resource(origin) });
  });

  it('a server behind MCP Auth that is configured for localhost and called by its address', async () => {
    const { origin } = await startExpress({
      issuer: issuer.issuer,
      resource: (at) => `${at.replace('127.0.0.1', 'localhost')}/mcp`,
    });
    const { broken } = await doctor(`${origin}/mcp`);
    expect(broken).toMatchObject({
      id: 'doctor/resource-mismatch',
      fix: expect.stringContaining('Set resource to'),
    });
  });

  it('a slash at the end', async () => {
    const { origin } = await startStandInServer({
      issuer: issuer.issuer,
      metadata: (at) => ({ resource: `${at}/mcp/` }),
    });
    const { broken } = await doctor(`${origin}/mcp`);
    expect(broken?.message).toContain('one ends with a slash and the other does not');
  });
});

describe('the token that was given', () => {
  const give = async (mint: (resource: string) => Promise<string>) => {
    const { origin } = await startExpress({ issuer: issuer.issuer });
    return doctor(`${origin}/mcp`, [], withToken(await mint(`${origin}/mcp`)));
  };
  const broken = (name: BrokenTokenName) => (audience: string) => issuer.mintBrokenToken(name, { audience });

  it.each<[what: string, mint: (resource: string) => Promise<string>, id: string]>([
    [
      'has a slash at the end of aud',
      (resource) => issuer.mintToken({ audience: `${resource}/` }),
      'wrong-audience',
    ],
    ['is for another server', broken('wrongAudience'), 'wrong-audience'],
    ['names no audience', broken('noAudience'), 'missing-audience'],
    ['is from another issuer', broken('wrongIssuer'), 'wrong-issuer'],
    ['is an ID token', broken('idToken'), 'not-an-access-token'],
    ['has expired', broken('expired'), 'token-expired'],
    ['was issued in the future, as by a clock that is ahead', broken('issuedInFuture'), 'token-time'],
    ['has exp in milliseconds', broken('expiryInMilliseconds'), 'token-time'],
  ])('%s', async (_what, mint, id) => {
    const { brokenStep, broken: found, exitCode } = await give(mint);
    expect([brokenStep, found?.id, exitCode]).toEqual(['audience', `doctor/${id}`, 1]);
    expect(found?.exchange?.response?.status).toBe(401);
  });

  it('is signed by somebody else, which cannot be seen from outside', async () => {
    const { brokenStep, broken: found } = await give(broken('strangersKey'));
    expect([brokenStep, found?.id]).toEqual(['call', 'doctor/call-refused']);
  });

  it('fits', async () => {
    const { broken: found, passed, exitCode } = await give((audience) => issuer.mintToken({ audience }));
    expect(found).toBeUndefined();
    expect(passed).toContain('call');
    expect(exitCode).toBe(0);
  });
});

describe('the issuer is written otherwise than it writes itself', () => {
  it('with a slash at the end', async () => {
    const { origin } = await startExpress({ issuer: `${issuer.issuer}/` });
    const { broken } = await doctor(`${origin}/mcp`);
    expect(broken).toMatchObject({
      id: 'doctor/issuer-mismatch',
      expected: `${issuer.issuer}/`,
      actual: issuer.issuer,
      message: expect.stringContaining('one ends with a slash'),
    });
  });

  // MCP Auth refuses this issuer when it starts, so a stand-in publishes it
  it('as the address of its document', async () => {
    const { origin } = await startStandInServer({
      issuer: `${issuer.issuer}/.well-known/openid-configuration`,
    });
    const { broken } = await doctor(`${origin}/mcp`);
    expect(broken).toMatchObject({ id: 'doctor/issuer-is-discovery-url', expected: issuer.issuer });
  });

  it('as one that does not run', async () => {
    const { origin } = await startExpress({ issuer: 'http://127.0.0.1:9' });
    const { broken } = await doctor(`${origin}/mcp`);
    expect(broken).toMatchObject({
      id: 'doctor/issuer-unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

describe('the metadata is not where clients look', () => {
  const auth = (origin: string, path = '/mcp') => ({
    resource: `${origin}${path}`,
    authorizationServers: [issuer.issuer],
    log: false as const,
  });

  it('because its router was forgotten', async () => {
    const { origin } = await serveApp((at) => express().post('/mcp', new MCPAuth(auth(at)).bearerAuth()));
    const { broken } = await doctor(`${origin}/mcp`);
    expect(broken).toMatchObject({
      id: 'doctor/metadata-missing',
      expected: `${origin}/.well-known/oauth-protected-resource/mcp`,
    });
  });

  it('because its router is on a sub-router of Express, where it answers nobody', async () => {
    const { origin } = await serveApp((at) => {
      const mcpAuth = new MCPAuth(auth(at, '/api/mcp'));
      const api = Router().use(mcpAuth.protectedResourceMetadataRouter()).post('/mcp', mcpAuth.bearerAuth());
      return express().use('/api', api);
    });
    const { broken } = await doctor(`${origin}/api/mcp`);
    expect(broken).toMatchObject({
      id: 'doctor/metadata-missing',
      fix: expect.stringContaining('at the root of the application'),
    });
  });

  // As routers of others do, which answer under a prefix too
  it('because it is served under the prefix of the endpoint', async () => {
    const { origin } = await startStandInServer({
      issuer: issuer.issuer,
      first: ({ path }, at) => {
        const document = { resource: `${at}/api/mcp`, authorization_servers: [issuer.issuer] };
        if (path === '/api/.well-known/oauth-protected-resource/api/mcp') return { json: document };
        return path === '/api/mcp'
          ? { status: 401, headers: { 'www-authenticate': 'Bearer' } }
          : { status: 404 };
      },
    });
    const { broken, notes } = await doctor(`${origin}/api/mcp`);
    expect(broken).toMatchObject({
      id: 'doctor/metadata-under-prefix',
      expected: `${origin}/.well-known/oauth-protected-resource/api/mcp`,
      actual: `${origin}/api/.well-known/oauth-protected-resource/api/mcp`,
    });
    expect(notes).toContain('doctor/challenge-without-metadata');
  });

  it('because the check of tokens comes before its router', async () => {
    const { origin } = await serveApp((at) => {
      const mcpAuth = new MCPAuth(auth(at));
      return express().use(mcpAuth.bearerAuth(), mcpAuth.protectedResourceMetadataRouter());
    });
    const { broken } = await doctor(`${origin}/mcp`);
    expect(broken?.id).toBe('doctor/metadata-protected');
  });

  it('because a proxy forwards one prefix only, and cuts it off', async () => {
    const { origin } = await serveApp((outside) => {
      const inside = serveApp(() => {
        const mcpAuth = new MCPAuth(auth(outside, '/app/mcp'));
        return express()
          .use(mcpAuth.protectedResourceMetadataRouter())
          .post('/mcp', mcpAuth.bearerAuth({ resource: `${outside}/app/mcp` }));
      });
      return (request, response) => {
        const { url = '', method, headers } = request;
        if (!url.startsWith('/app/')) return response.writeHead(404).end();
        return void inside.then(({ origin: at }) =>
          request.pipe(
            forward(`${at}${url.slice('/app'.length)}`, { method, headers }, (answer) => {
              answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers));
            }),
          ),
        );
      };
    });
    const { broken } = await doctor(`${origin}/app/mcp`);
    expect(broken).toMatchObject({
      id: 'doctor/metadata-under-prefix',
      actual: `${origin}/app/.well-known/oauth-protected-resource/app/mcp`,
    });
  });
});

describe('a server without cors', () => {
  it('is fine for all clients but pages, and says so', async () => {
    const { origin } = await startExpress({ issuer: issuer.issuer });
    const { notes, brokenStep } = await doctor(`${origin}/mcp`);
    expect(notes).toContain('doctor/preflight-refused');
    expect(brokenStep).not.toBe('preflight');
  });

  it('stops a page at its preflight', async () => {
    const { origin } = await startExpress({ issuer: issuer.issuer });
    const { broken } = await doctor(`${origin}/mcp`, ['--origin', 'https://page.example.org']);
    expect(broken).toMatchObject({
      id: 'doctor/preflight-refused',
      fix: expect.stringContaining('in cors of the resource'),
    });
    expect(broken?.exchange?.request.method).toBe('OPTIONS');
  });
});

it('a server that is open because the handler comes before the check', async () => {
  const { origin } = await serveApp((at) => {
    const mcpAuth = new MCPAuth({
      ...{ resource: `${at}/mcp`, authorizationServers: [issuer.issuer] },
      log: false,
    });
    return express()
      .use(express.json())
      .post(
        '/mcp',
        (_request, response) => void response.json({ jsonrpc: '2.0', id: 1, result: {} }),
        mcpAuth.bearerAuth(),
      );
  });
  const { broken } = await doctor(`${origin}/mcp`);
  expect(broken).toMatchObject({ id: 'doctor/open', area: 'challenge' });
});
