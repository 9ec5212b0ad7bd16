import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byOpenFga, type OpenFgaSettings } from '@mcp-auth/app-examples/policies/openfga';
import { denied, serve } from '@mcp-auth/app-examples/test-policies/server-with-policy';
import { findFreePort } from '../lib/free-port.js';
import { obtain } from '../servers/lib/obtain.js';
import { type ServerProcess, startServer } from '../servers/lib/server-process.js';
import { buildEngine } from './build-engine.js';

const version = '1.22.1';
const name = `OpenFGA ${version}`;
const found = await obtain(name, () => buildEngine('github.com/openfga/openfga/cmd/openfga', version));

const model = {
  schema_version: '1.1',
  type_definitions: [
    { type: 'user' },
    {
      type: 'tool',
      relations: { can_call: { this: {} } },
      metadata: { relations: { can_call: { directly_related_user_types: [{ type: 'user' }] } } },
    },
  ],
};

describe.skipIf(found.reason !== undefined)(found.reason ?? name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-auth-openfga-'));
  let fga: ServerProcess | undefined;
  let settings: OpenFgaSettings = { apiUrl: '', storeId: '', authorizationModelId: '' };

  const post = async (path: string, body: object) => {
    const response = await fetch(`${settings.apiUrl}${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as Readonly<Record<string, string>>;
  };

  beforeAll(async () => {
    if (found.reason !== undefined) return;
    const [http, grpc] = [await findFreePort(), await findFreePort()];
    const apiUrl = `http://127.0.0.1:${http}`;
    const addresses = ['--http-addr', `127.0.0.1:${http}`, '--grpc-addr', `127.0.0.1:${grpc}`];
    fga = await startServer({
      command: found.value,
      args: ['run', ...addresses, '--playground-enabled=false', '--metrics-enabled=false'],
      log: join(folder, 'openfga.log'),
      isReady: () =>
        fetch(`${apiUrl}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        ),
    });
    settings = { ...settings, apiUrl };
    const { id: storeId = '' } = await post('/stores', { name: 'tools' });
    const { authorization_model_id: authorizationModelId = '' } = await post(
      `/stores/${storeId}/authorization-models`,
      model,
    );
    settings = { apiUrl, storeId, authorizationModelId };
    const keys = ['tool:refund', 'tool:a%2Fb'].map((object) => ({
      user: 'user:alice',
      relation: 'can_call',
      object,
    }));
    await post(`/stores/${storeId}/write`, { writes: { tuple_keys: keys } });
  });
  afterAll(async () => {
    await fga?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = () => serve(byOpenFga(settings));
  const alice = { subject: 'alice' };

  test('denies what no relation allows', async () => {
    expect(await start().call({ subject: 'bob' }, 'refund')).toBe(denied);
    expect(await start().call(alice, 'delete')).toBe(denied);
    expect(await start().call({ subject: 'alice can_call' }, 'refund')).toBe(denied);
    expect(await start().call(undefined, 'refund')).toBe(401);
  });

  test('allows and lists what a relation allows', async () => {
    expect(await start().call(alice, 'refund')).toBe('ran');
    expect(await start().call(alice, 'a/b')).toBe('ran');
    const many = Array.from({ length: 120 }, (_, index) => `tool-${index}`);
    expect(await start().list(alice, ['delete', ...many, 'refund'])).toEqual(['refund']);
  });

  test('a model that is not there is no decision: 503', async () => {
    const wrong = { ...settings, authorizationModelId: '01ARZ3NDEKTSV4RRFFQ69G5FAW' };
    expect(await serve(byOpenFga(wrong)).call(alice, 'refund')).toBe(503);
  });

  test('that does not answer, or has gone, is 503', async () => {
    const server = start();
    fga?.pause();
    expect(await server.call(alice, 'refund')).toBe(503);
    fga?.resume();
    await fga?.stop();
    expect(await server.call(alice, 'refund')).toBe(503);
    expect(await server.list(alice, ['refund'])).toBe('policy_unavailable');
  });
});
