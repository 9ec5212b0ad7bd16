import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startAuthorizationServer, type AuthorizationServer } from '@mcp-auth/app-demo';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { downloadsFolder } from '../lib/downloads.js';
import { findFreePort } from '../lib/free-port.js';
import { installInto, startNode, type Program } from './lib/programs.js';

const version = '16.4.6';
const folder = downloadsFolder(`next-${version}`);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const next = join(folder, 'node_modules/next/dist/bin/next');

/** The public address is another than the one that is asked here: nothing may be taken from the request. */
const resource = 'https://mcp.example.com/mcp';
const metadata = '/.well-known/oauth-protected-resource/mcp';

let authorizationServer: AuthorizationServer;
let program: Program;
let origin: string;

/** A file of the page, as JavaScript: an application of its own would bring TypeScript. */
function writeRecipe(name: string, to: string): void {
  const source = readFileSync(join(root, `apps/examples/src/recipes/${name}.ts`), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
  });
  writeFileSync(join(folder, to), outputText);
}

beforeAll(async () => {
  authorizationServer = await startAuthorizationServer(0);
  await installInto(folder, {
    next: version,
    react: '19.2.0',
    'react-dom': '19.2.0',
    jose: '6.2.17',
    '@modelcontextprotocol/server': '2.4.0',
  });
  for (const name of ['core', 'schemas']) {
    const to = join(folder, 'node_modules/@mcp-auth', name);
    rmSync(to, { recursive: true, force: true });
    for (const part of ['package.json', 'dist'])
      cpSync(join(root, 'packages', name, part), join(to, part), { recursive: true });
  }
  const routes = ['app/mcp', 'app/.well-known/oauth-protected-resource/[[...path]]'];
  mkdirSync(join(folder, 'lib'), { recursive: true });
  writeRecipe('fetch-server', 'lib/fetch-server.js');
  writeRecipe('next-route', 'lib/next-route.js');
  for (const route of routes) {
    mkdirSync(join(folder, route), { recursive: true });
    const up = '../'.repeat(route.split('/').length);
    writeFileSync(
      join(folder, route, 'route.js'),
      `export { DELETE, GET, HEAD, OPTIONS, POST } from '${up}lib/next-route.js';\n`,
    );
  }
  writeFileSync(join(folder, 'app/layout.js'), 'export default ({ children }) => children;\n');
  const env = {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    RESOURCE: resource,
    ISSUER: authorizationServer.issuer,
  };
  await promisify(execFile)(process.execPath, [next, 'build'], { cwd: folder, env });
  const port = await findFreePort();
  origin = `http://127.0.0.1:${port}`;
  program = await startNode(folder, [next, 'start', '-H', '127.0.0.1', '-p', String(port)], env, origin);
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

describe(`Next.js ${version}, built and started`, () => {
  test('no token: the challenge has the configured address', async () => {
    const response = await post();
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer scope="notes:read", resource_metadata="https://mcp.example.com${metadata}"`,
    );
  });

  test('the document is answered', async () => {
    const response = await fetch(`${origin}${metadata}`);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toMatchObject({ resource });
  });

  test.each([
    ['https://other.example.com/mcp', 401],
    [resource, 200],
  ])('a token for %s: %i', async (audience, status) => {
    const claims = { audience, subject: 'alice', scopes: ['notes:read'], expiresInSeconds: 60 };
    const response = await post(await authorizationServer.sign(claims));
    expect(response.status).toBe(status);
    expect((await response.text()).includes('alice')).toBe(status === 200);
  });
});
