import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byOpa } from '@mcp-auth/app-examples/policies/opa';
import { testRefunds } from '@mcp-auth/app-examples/test-policies/refunds';
import { serve } from '@mcp-auth/app-examples/test-policies/server-with-policy';
import { findFreePort } from '../lib/free-port.js';
import { obtain } from '../servers/lib/obtain.js';
import { type ServerProcess, startServer } from '../servers/lib/server-process.js';
import { buildEngine } from './build-engine.js';

const version = '1.22.3';
const name = `OPA ${version}`;
const rules = fileURLToPath(new URL('../../examples/src/policies/refunds.rego', import.meta.url));
const found = await obtain(name, () => buildEngine('github.com/open-policy-agent/opa', version));

describe.skipIf(found.reason !== undefined)(found.reason ?? name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-auth-opa-'));
  let opa: ServerProcess | undefined;
  let url = '';

  beforeAll(async () => {
    if (found.reason !== undefined) return;
    const port = await findFreePort();
    url = `http://127.0.0.1:${port}`;
    opa = await startServer({
      command: found.value,
      args: ['run', '--server', '--addr', `127.0.0.1:${port}`, '--disable-telemetry', rules],
      log: join(folder, 'opa.log'),
      isReady: () =>
        fetch(`${url}/health`).then(
          ({ ok }) => ok,
          () => false,
        ),
    });
  });
  afterAll(async () => {
    await opa?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  testRefunds(() => serve(byOpa(url)));

  test('that does not answer, or has gone, is 503', async () => {
    const server = serve(byOpa(url));
    opa?.pause();
    expect(await server.call({ subject: 'clerk' }, 'list-refunds')).toBe(503);
    opa?.resume();
    await opa?.stop();
    expect(await server.call({ subject: 'clerk' }, 'list-refunds')).toBe(503);
    expect(await server.list({ subject: 'clerk' }, ['list-refunds'])).toBe('policy_unavailable');
    expect(server.outages()).toBe(3);
  });
});
