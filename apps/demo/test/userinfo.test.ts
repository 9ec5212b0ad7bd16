import { createHash, randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { listen, type RunningServer } from '@mcp-auth/app-sample-kit';
import { createApp, type WhoamiConfig } from '@mcp-auth/app-whoami';
import type { MCPAuthEvent } from '@mcp-auth/express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startAuthorizationServer,
  type AuthorizationServer,
} from '../src/authorization-server/authorization-server.js';
import { Recorder } from '../src/recorder.js';
import { approve } from '../src/user-agent.js';

const redirectUrl = 'http://127.0.0.1:4199/callback';

describe('whoami, when it takes whatever the userinfo endpoint of its provider takes', () => {
  let provider: AuthorizationServer;
  let server: RunningServer;
  let resource: string;
  let listener: RequestListener;
  const events: MCPAuthEvent[] = [];

  beforeAll(async () => {
    provider = await startAuthorizationServer(0);
    server = await listen((request, response) => listener(request, response), 0, '127.0.0.1');
    resource = `http://127.0.0.1:${server.port}/mcp`;
    provider.addResource(resource, ['profile'], 'opaque');
    serve({ userInfoMaxAgeSeconds: 60 });
  });
  afterAll(async () => {
    await server.close();
    await provider.close();
  });

  const serve = (settings: Partial<WhoamiConfig>): void => {
    const { issuer } = provider;
    const onEvent = (event: MCPAuthEvent) => events.push(event);
    ({ listener } = createApp({ issuer, resource, onEvent, ...settings }));
  };

  /** Registers an application of its own and logs a user in to it. */
  const logInToApplication = async (forResource?: string): Promise<string> => {
    const registration = await fetch(`${provider.issuer}/reg`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        application_type: 'native',
        redirect_uris: [redirectUrl],
        token_endpoint_auth_method: 'none',
      }),
    });
    const { client_id: clientId } = (await registration.json()) as { client_id: string };
    const verifier = randomBytes(32).toString('base64url');
    const target = forResource === undefined ? {} : { resource: forResource };
    const url = new URL('/auth', provider.issuer);
    url.search = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUrl,
      scope: forResource === undefined ? 'openid profile' : 'profile',
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      ...target,
    }).toString();
    const answer = await approve(url, { redirectUrl, account: 'alice', recorder: new Recorder() });
    const response = await fetch(`${provider.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clientId,
        code: answer.get('code') ?? '',
        code_verifier: verifier,
        redirect_uri: redirectUrl,
        ...target,
      }),
    });
    return ((await response.json()) as { access_token: string }).access_token;
  };

  const call = (token: string, tool = 'whoami'): Promise<Response> =>
    fetch(resource, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: tool, arguments: {} },
      }),
    });

  it('refuses what the provider does not know, and a token that the provider issued for a resource', async () => {
    expect((await call('never-issued')).status).toBe(401);
    expect((await call(await logInToApplication(resource))).status).toBe(401);
  });

  it('takes a token, with the name of its user and an expiry of its own making', async () => {
    const response = await call(await logInToApplication());
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).toContain('alice');
    expect(text).toMatch(/expiresAt[\\":]+\d{4}-\d\d-\d\dT/);
  });

  it('shows the weakness: a token of any other application passes, and no scope can be asked for', async () => {
    const [first, second] = [await logInToApplication(), await logInToApplication()];
    expect(first).not.toBe(second);
    expect([(await call(first)).status, (await call(second)).status]).toEqual([200, 200]);
    expect((await call(first, 'list-visitors')).status).toBe(403);
  });

  it('blames no token while the provider is down [RFC9110-15.5.2-01]', async () => {
    const token = await logInToApplication();
    await provider.interrupt();
    const refused = await call(token);
    await provider.resume();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('www-authenticate')).toBeNull();
    expect((await call(token)).status).toBe(200);
  });

  it('does none of this unless it is told to', async () => {
    const token = await logInToApplication();
    serve({});
    expect((await call(token)).status).toBe(401);
    expect(JSON.stringify(events)).not.toContain(token);
  });
});
