import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cast } from '../src/cast.js';
import { setStage, type Stage } from '../src/stage.js';
import { findActor } from './call-tool.js';

interface Answer {
  status: number | undefined;
  headers: Record<string, unknown>;
  body: string;
}

function send(url: URL, method: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, (response) => {
      void text(response).then((body) =>
        resolve({ status: response.statusCode, headers: response.headers, body }),
      );
    });
    outgoing.on('error', reject).end(body);
  });
}

describe.each(cast.map(({ name }) => name))('%s on loopback', (name) => {
  let stage: Stage;
  let endpoint: URL;
  let metadata: URL;

  beforeAll(async () => {
    stage = await setStage(0);
    endpoint = new URL(findActor(stage, name).resource);
    metadata = new URL(`/.well-known/oauth-protected-resource${endpoint.pathname}`, endpoint);
  });
  afterAll(() => stage.close());

  it('is closed to pages whose name was rebound to this machine', async () => {
    expect((await send(endpoint, 'POST', { host: 'attacker.example' })).status).toBe(403);
    expect((await send(metadata, 'GET', { host: 'attacker.example' })).status).toBe(403);
  });

  it.each(['POST', 'GET', 'DELETE'])(
    '[MCP-2026-07-28-RS-040][MCP-2025-06-18-RS-041] is closed to pages of other origins before any token is looked at: %s',
    async (method) => {
      const origin = 'https://attacker.example';
      for (const credentials of [{}, { authorization: 'Bearer a.b.c' }, { authorization: 'Bearer' }]) {
        const { status, headers, body } = await send(endpoint, method, { origin, ...credentials });
        expect(status).toBe(403);
        expect(headers).not.toHaveProperty('www-authenticate');
        expect(body).not.toContain('insufficient_scope');
      }
    },
  );

  it('publishes its metadata to pages of any origin', async () => {
    const { status, headers } = await send(metadata, 'GET', { origin: 'https://inspector.example' });
    expect(status).toBe(200);
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  it('is known under the other names of this machine', async () => {
    const headers = { host: `localhost:${endpoint.port}`, 'content-type': 'application/json' };
    const { status } = await send(endpoint, 'POST', headers, '{"jsonrpc":"2.0","id":1,"method":"ping"}');
    expect(status).toBe(401);
  });
});
