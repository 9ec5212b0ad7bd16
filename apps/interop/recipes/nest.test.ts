import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startAuthorizationServer, type AuthorizationServer } from '@mcp-auth/app-demo';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { downloadsFolder } from '../lib/downloads.js';
import { findFreePort } from '../lib/free-port.js';
import { installInto, startNode, type Program } from './lib/programs.js';

const version = '12.5.1';
const folder = downloadsFolder(`nest-${version}`);
const here = fileURLToPath(new URL('.', import.meta.url));

let authorizationServer: AuthorizationServer;
beforeAll(async () => {
  authorizationServer = await startAuthorizationServer(0);
  await installInto(folder, {
    '@nestjs/common': version,
    '@nestjs/core': version,
    '@nestjs/platform-express': version,
    '@nestjs/platform-fastify': '12.5.0',
    'reflect-metadata': '0.2.2',
    rxjs: '7.8.2',
  });
  // What was built here, as if it were installed there
  const modules = join(folder, 'node_modules');
  for (const name of ['@mcp-auth', '@modelcontextprotocol']) {
    rmSync(join(modules, name), { recursive: true, force: true });
    mkdirSync(join(modules, name));
  }
  const own = createRequire(join(here, '../../examples/package.json'));
  for (const name of [
    '@mcp-auth/express',
    '@mcp-auth/fastify',
    '@modelcontextprotocol/node',
    '@modelcontextprotocol/server',
  ]) {
    symlinkSync(findPackage(own.resolve(name)), join(modules, name));
  }
  cpSync(join(here, 'nest'), folder, { recursive: true });
});
afterAll(() => authorizationServer.close());

function findPackage(file: string): string {
  let at = dirname(file);
  while (!existsSync(join(at, 'package.json'))) at = dirname(at);
  return at;
}

describe.each(['on-express', 'on-fastify'])('NestJS 12.5.1 %s', (file) => {
  let program: Program;
  let origin: string;
  let resource: string;
  beforeAll(async () => {
    const port = await findFreePort();
    origin = `http://127.0.0.1:${port}`;
    resource = `${origin}/mcp`;
    const env = { RESOURCE: resource, ISSUER: authorizationServer.issuer, PORT: String(port) };
    program = await startNode(folder, [`${file}.mjs`], env, origin);
  });
  afterAll(() => program.stop());

  const sign = (audience: string, scopes: readonly string[] = ['notes:read']) =>
    authorizationServer.sign({ audience, subject: 'alice', scopes, expiresInSeconds: 60 });
  const call = (
    token?: string,
    body: unknown = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'whoami', arguments: {} },
    },
  ) =>
    fetch(resource, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });

  test('no token: 401, and the challenge leads to the document', async () => {
    const response = await call();
    expect(response.status).toBe(401);
    const metadata = `${origin}/.well-known/oauth-protected-resource/mcp`;
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer scope="notes:read", resource_metadata="${metadata}"`,
    );
    expect(await (await fetch(metadata)).json()).toMatchObject({ resource });
  });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    '%s without a token does not reach the controller',
    async (method) => {
      expect((await fetch(resource, { method })).status).toBe(401);
    },
  );

  test('a token for another resource, and one without the scope', async () => {
    expect((await call(await sign('https://other.example.com/mcp'))).status).toBe(401);
    expect((await call(await sign(resource, ['other']))).status).toBe(403);
  });

  test('a tool call, with the caller', async () => {
    const response = await call(await sign(resource));
    expect(await response.text()).toContain('alice');
    expect(response.status).toBe(200);
  });
});
