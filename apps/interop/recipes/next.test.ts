import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startAuthorizationServer, type AuthorizationServer } from '@mcp-auth/app-demo';
import {
  auditServer,
  createSend,
  formatAuditLine,
  startAuditIssuer,
  type AuditIssuer,
} from '@mcp-auth/conformance/black-box';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort } from '../lib/free-port.js';
import { copyPackages, installInto, startNode, type Program } from './lib/programs.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The public address is another than the one that is asked here: nothing may be taken from the request. */
const resource = 'https://mcp.example.com/mcp';
const metadata = '/.well-known/oauth-protected-resource/mcp';

/** The sample's files, and more routes: the edge runtime, and a function of one's own whose bodies are judged. */
const samples = ['lib/mcp-auth.ts', 'app/mcp/route.ts', `app${dirname(metadata)}/[[...path]]/route.ts`];

/** Told on the page of recipes. */
const firstOnly =
  'Node keeps the first of two Authorization headers, and Next.js shows route handlers no other.';

const edge = "export const runtime = 'edge';\n";
const notes = `import { mcpAuth } from '@/lib/mcp-auth';
import { getAuth } from '@mcp-auth/next';
import type { NextRequest } from 'next/server';

export const { POST } = mcpAuth.protect(
  async (request: NextRequest, { params }: { params: Promise<{ id: string }> }) =>
    Response.json({
      path: request.nextUrl.pathname,
      cookie: request.cookies.get('theme')?.value,
      id: (await params).id,
      caller: getAuth(request)?.subject,
      body: await request.json(),
    }),
  { operations: { tools: { search: [], '*': 'refuse' } } },
);
`;

describe.each(['16.4.6', '15.5.29'])('Next.js %s', (version) => {
  /** Not below a folder node_modules, where Next.js takes files for those of others, and compiles none. */
  const folder = join(tmpdir(), 'mcp-auth-interop', `next-${version}`);
  const next = join(folder, 'node_modules/next/dist/bin/next');
  let authorizationServer: AuthorizationServer;
  let auditIssuer: AuditIssuer;
  let program: Program;
  let origin: string;

  function write(path: string, text: string): void {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  function writeApplication(issuers: readonly string[]): void {
    const listed = issuers.map((issuer) => `'${issuer}'`).join(', ');
    for (const path of ['app', 'lib', '.next']) rmSync(join(folder, path), { recursive: true, force: true });
    const read = (path: string) => readFileSync(join(root, 'apps/next', path), 'utf8');
    for (const path of samples) {
      write(
        path,
        read(path)
          .replace('http://localhost:3000/mcp', resource)
          .replace("'https://auth.example.com'", listed),
      );
    }
    write('app/edge/mcp/route.ts', `${read('app/mcp/route.ts')}\n${edge}`);
    write('app/notes/[id]/route.ts', notes);
    write('app/edge/notes/[id]/route.ts', `${notes}\n${edge}`);
    const compilerOptions = {
      paths: { '@/*': ['./*'] },
      strict: true,
      moduleResolution: 'bundler',
      module: 'esnext',
    };
    write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['**/*.ts', '.next/types/**/*.ts'] }));
  }

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    authorizationServer = await startAuthorizationServer(0);
    auditIssuer = await startAuditIssuer();
    await installInto(folder, {
      next: version,
      react: '19.2.0',
      'react-dom': '19.2.0',
      '@types/react': '19.2.0',
      '@types/node': '20.19.0',
      typescript: '5.9.3',
      jose: '6.2.17',
      '@modelcontextprotocol/server': '2.4.0',
    });
    copyPackages(folder, ['core', 'schemas', 'next']);
    writeApplication([authorizationServer.issuer, auditIssuer.issuer]);
    const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
    // Types too, by what Next.js generates for each route
    await promisify(execFile)(process.execPath, [next, 'build'], { cwd: folder, env });
    const port = await findFreePort();
    origin = `http://127.0.0.1:${port}`;
    program = await startNode(folder, [next, 'start', '-H', '127.0.0.1', '-p', String(port)], env, origin);
  }, 1_800_000);
  afterAll(async () => {
    await program.stop();
    await authorizationServer.close();
    await auditIssuer.close();
  });

  const post = (path: string, token?: string, tool = 'whoami') =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        cookie: 'theme=dark',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: tool, arguments: {} },
      }),
    });

  const sign = (audience = resource) =>
    authorizationServer.sign({ audience, subject: 'alice', scopes: ['notes:read'], expiresInSeconds: 60 });

  describe('compiled, built and started', () => {
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

    test('another path below the well-known one', async () => {
      expect((await fetch(`${origin}${metadata}/other`)).status).toBe(404);
    });
  });

  test('audited as a process, under its public name: no MUST and no SHOULD fails', async () => {
    const send = createSend();
    const { origin: publicOrigin } = new URL(resource);
    const { results, totals } = await auditServer({
      url: resource,
      send: ({ url, ...request }) => send({ ...request, url: url.replace(publicOrigin, origin) }),
      issuer: auditIssuer,
      hostile: true,
      exclude: { 'malformed-two-fields': firstOnly, 'malformed-two-fields-other-last': firstOnly },
    });
    const faults = results.filter(
      ({ outcome, severity }) => outcome === 'failed' && (severity === 'MUST' || severity === 'SHOULD'),
    );
    expect(faults.map(formatAuditLine)).toEqual([]);
    expect(totals.passed).toBeGreaterThan(500);
  });

  describe.each([
    ['Node', ''],
    ['edge', '/edge'],
  ])('on the %s runtime', (_runtime, prefix) => {
    test.each(['POST', 'GET', 'HEAD', 'DELETE'])(
      '%s without a token: the challenge has the configured address',
      async (method) => {
        const response = await fetch(`${origin}${prefix}/mcp`, { method });
        expect(response.status).toBe(401);
        expect(response.headers.get('www-authenticate')).toBe(
          `Bearer resource_metadata="https://mcp.example.com${metadata}"`,
        );
      },
    );

    test('a method that the route does not export', async () => {
      expect((await fetch(`${origin}${prefix}/mcp`, { method: 'PUT' })).status).toBe(405);
    });

    test.each([
      ['https://other.example.com/mcp', 401],
      [resource, 200],
    ])('a token for %s: %i', async (audience, status) => {
      const response = await post(`${prefix}/mcp`, await sign(audience));
      expect(response.status).toBe(status);
      expect((await response.text()).includes('alice')).toBe(status === 200);
    });

    test('a function gets a request of Next.js whose body is what was judged', async () => {
      const path = `${prefix}/notes/7`;
      expect((await post(path, undefined, 'search')).status).toBe(401);
      const refused = await post(path, await sign(), 'purge');
      expect(await refused.json()).toMatchObject({ error: { code: -32602 } });
      const response = await post(path, await sign(), 'search');
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        path,
        cookie: 'dark',
        id: '7',
        caller: 'alice',
        body: { method: 'tools/call', params: { name: 'search' } },
      });
    });
  });
});
