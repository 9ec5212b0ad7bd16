import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startAuthorizationServer, type AuthorizationServer } from '@mcp-auth/app-demo';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort } from '../lib/free-port.js';
import { copyPackages, installInto, startNode, type Program } from './lib/programs.js';

const version = '3.0.0';
const folder = join(tmpdir(), 'mcp-auth-interop', `nitro-${version}`);
const recipes = fileURLToPath(new URL('../../examples/src/recipes', import.meta.url));

/** The public address is another than the one that is asked here: nothing may be taken from the request. */
const resource = 'https://mcp.example.com/mcp';
const metadata = '/.well-known/oauth-protected-resource/mcp';

/** As the page says: each file of a route hands the function of the recipe on. */
const routes = {
  'routes/mcp.ts': '../lib/h3.js',
  'routes/.well-known/oauth-protected-resource/[...path].ts': '../../../lib/h3.js',
};

let authorizationServer: AuthorizationServer;
let program: Program;
let origin: string;

function writeApplication(): void {
  for (const path of ['lib', 'routes', '.output'])
    rmSync(join(folder, path), { recursive: true, force: true });
  for (const name of ['h3.ts', 'fetch-server.ts']) cpSync(join(recipes, name), join(folder, 'lib', name));
  for (const [path, from] of Object.entries(routes)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), `export { handle as default } from '${from}';\n`);
  }
  writeFileSync(join(folder, 'nitro.config.ts'), "export default { serverDir: './' };\n");
}

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  authorizationServer = await startAuthorizationServer(0);
  await installInto(folder, {
    nitro: version,
    h3: '2.0.8',
    jose: '6.2.17',
    '@modelcontextprotocol/server': '2.4.0',
  });
  copyPackages(folder, ['core', 'schemas']);
  writeApplication();
  const nitro = join(folder, 'node_modules/nitro/dist/cli/index.mjs');
  await promisify(execFile)(process.execPath, [nitro, 'build'], { cwd: folder });
  const port = await findFreePort();
  origin = `http://127.0.0.1:${port}`;
  const settings = { RESOURCE: resource, ISSUER: authorizationServer.issuer };
  const env = { ...settings, NITRO_HOST: '127.0.0.1', NITRO_PORT: String(port) };
  program = await startNode(folder, ['.output/server/index.mjs'], env, origin);
});
afterAll(async () => {
  await program.stop();
  await authorizationServer.close();
});

const post = (token?: string) =>
  fetch(`${origin}/mcp`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'whoami', arguments: {} },
    }),
  });

const sign = (audience: string, ...scopes: string[]) =>
  authorizationServer.sign({ audience, subject: 'alice', scopes, expiresInSeconds: 60 });

describe(`Nitro ${version}, built for Node and started`, () => {
  test.each(['POST', 'GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('%s without a token', async (method) => {
    const response = await fetch(`${origin}/mcp`, { method });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer scope="notes:read", resource_metadata="https://mcp.example.com${metadata}"`,
    );
  });

  test('a token for another resource, or without the scope', async () => {
    expect((await post(await sign('https://other.example.com/mcp', 'notes:read'))).status).toBe(401);
    expect((await post(await sign(resource, 'other'))).status).toBe(403);
  });

  test('a good token reaches the tool', async () => {
    const response = await post(await sign(resource, 'notes:read'));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('alice');
  });

  test.each(['GET', 'HEAD', 'OPTIONS'])(
    '%s of the document, from a page of another origin',
    async (method) => {
      const headers = { origin: 'https://app.example.com', 'access-control-request-method': 'GET' };
      const response = await fetch(`${origin}${metadata}`, { method, headers });
      expect(response.status).toBe(method === 'OPTIONS' ? 204 : 200);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      if (method === 'GET') expect(await response.json()).toMatchObject({ resource });
    },
  );
});
