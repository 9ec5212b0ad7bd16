import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { auditServer, blackBoxRevisions } from '@mcp-auth/conformance/black-box';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePorts } from '../../../packages/core/test/support/free-port.js';
import { faultsIn, isLong } from './support.js';

const program = fileURLToPath(new URL('../../demo/dist/main.js', import.meta.url));

let folder: string;
let child: ChildProcess;
let firstPort: number;

/** As `npm start -- --serve` does: everything in a process of its own, as it was built. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-demo-'));
  firstPort = await findFreePorts(7);
  const args = ['--serve', '--port', String(firstPort), '--page', join(folder, 'page.html')];
  child = spawn(process.execPath, [program, ...args, '--snippets', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.includes('Everything keeps running')) resolve();
      });
    child.once('exit', () => reject(new Error(`The demonstration ended:\n${printed}`)));
  });
});

afterAll(async () => {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
});

/** As the demonstration tells its readers to get one with curl. */
async function getToken(resource: string, scope: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${firstPort}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('demo:demo-secret')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope }),
  });
  const { access_token: token } = (await answer.json()) as { readonly access_token?: string };
  return token ?? expect.fail(`no token for ${resource}`);
}

/** By the order of their ports: two authorization servers, three servers, another authorization server, one server. */
const servers = [
  ['whoami', 2, 'profile', 'profile visitors:read', 'list-visitors', {}],
  ['notes', 3, 'notes', 'notes notes:statistics', 'count-notes', {}],
  ['todo-manager', 4, 'todo:read', 'todo:read todo:write todo:admin', 'list-todos', { everybody: true }],
  ['whoami with opaque tokens', 6, 'profile', 'profile visitors:read', 'list-visitors', {}],
] as const;

test.each(isLong ? servers : servers.slice(0, 1))(
  '%s of the demonstration: no MUST and no SHOULD fails',
  async (_name, offset, narrow, whole, tool, args) => {
    const url = `http://127.0.0.1:${firstPort + offset}/mcp`;
    const report = await auditServer({
      url,
      revisions: isLong ? blackBoxRevisions : ['2026-07-28'],
      credentials: {
        token: await getToken(url, whole),
        tokenWithoutScope: await getToken(url, narrow),
        operation: { method: 'tools/call', params: { name: tool, arguments: args } },
      },
    });
    expect(faultsIn(report)).toEqual([]);
    const passed = new Set(report.results.flatMap(({ id, outcome }) => (outcome === 'passed' ? [id] : [])));
    expect([...passed]).toEqual(expect.arrayContaining(['good-token', 'operation-scope', 'scope-challenge']));
  },
);
