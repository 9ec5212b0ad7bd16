import type { AuthenticationNeed, BearerAuthOptions } from '@mcp-auth/core';
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AuthorizationServer,
  startAuthorizationServer,
} from '../src/authorization-server/authorization-server.js';
import { OAuthSession, redirectUrl } from '../src/oauth-session.js';
import { Recorder } from '../src/recorder.js';
import { StepUpSession } from '../src/step-up-session.js';
import { approve } from '../src/user-agent.js';
import { hosts } from './public-tools/hosts.js';

/** One of the `acr_values_supported` of the authorization server. */
const secondFactor = 'urn:example:second-factor';
const resource = 'https://api.example.com/mcp';
const info = { name: 'test', version: '1.0.0' };
const need: AuthenticationNeed = { acrValues: [secondFactor], maxAgeSeconds: 300 };

/** As most clients are: it keeps a refresh token, and knows nothing of logins. */
class RefreshingSession extends OAuthSession {
  override readonly clientMetadata = new StepUpSession().clientMetadata;
}

describe.each(Object.entries(hosts))('another login (RFC 9470) for a tool on %s', (_name, createHost) => {
  let issuer: AuthorizationServer;
  let origin: string;
  const closing: (() => Promise<void>)[] = [];
  const cookies = new Map<string, string>();

  beforeAll(async () => {
    issuer = await startAuthorizationServer(0);
    closing.push(() => issuer.close());
    issuer.addResource(resource, ['notes']);
    const options: BearerAuthOptions = {
      resource,
      requiredScopes: ['notes'],
      operations: { tools: { 'read-note': [], 'delete-note': { authentication: need }, '*': 'refuse' } },
    };
    const host = createHost(
      { resource, authorizationServers: [issuer.issuer], onEvent: () => undefined },
      options,
    );
    const mcp = createMcpHandler(() => {
      const server = new McpServer(info);
      for (const name of ['read-note', 'delete-note']) {
        server.registerTool(name, {}, () => ({ content: [{ type: 'text', text: `${name} ran` }] }));
      }
      return server;
    });
    const started = await host.start(mcp);
    closing.push(started.close);
    ({ origin } = started);
  });
  afterAll(async () => {
    await Promise.all(closing.map((close) => close()));
  });

  /** Takes the way of the public address. */
  const send = (input: string | URL, init?: RequestInit) =>
    fetch(String(input).replace(new URL(resource).origin, origin), init);

  /** The user logs in where the client sent them. */
  const logIn = async (session: OAuthSession, transport: StreamableHTTPClientTransport) => {
    const target = session.authorizationUrl ?? expect.fail('the client sent the user nowhere');
    const answer = await approve(target, {
      redirectUrl,
      account: 'alice',
      recorder: new Recorder(),
      cookies,
    });
    session.authorizationUrl = undefined;
    await transport.finishAuth(answer);
  };

  const connect = async (session: OAuthSession, fetch: StepUpSession['fetch'] = send) => {
    const open = () => new StreamableHTTPClientTransport(new URL(resource), { authProvider: session, fetch });
    const first = open();
    await expect(new Client(info).connect(first)).rejects.toThrow(UnauthorizedError);
    await logIn(session, first);
    const client = new Client(info);
    const transport = open();
    await client.connect(transport);
    closing.push(() => client.close());
    return { client, transport };
  };

  const tokenOf = (session: OAuthSession) => decodeJwt(session.tokens()?.access_token ?? '');

  it('is never reached by the official client alone: it refreshes, asks once more and gives up', async () => {
    const session = new RefreshingSession();
    const { client } = await connect(session);
    expect((await client.callTool({ name: 'read-note' })).isError).not.toBe(true);
    await expect(client.callTool({ name: 'delete-note' })).rejects.toThrow(/401/);
    expect(session.authorizationUrl).toBeUndefined();
  });

  it('is reached with a session that drops the refresh token and passes both parameters on', async () => {
    const session = new StepUpSession(send);
    const { client, transport } = await connect(session, session.fetch);
    expect(session.tokens()?.refresh_token).toBeDefined();
    const before = tokenOf(session);
    expect((await client.callTool({ name: 'read-note' })).isError).not.toBe(true);

    await expect(client.callTool({ name: 'delete-note' })).rejects.toThrow(UnauthorizedError);
    expect(Object.fromEntries(session.authorizationUrl?.searchParams ?? [])).toMatchObject({
      acr_values: secondFactor,
      max_age: '300',
      prompt: 'login',
      scope: 'openid notes offline_access',
    });
    await logIn(session, transport);
    const after = tokenOf(session);
    expect(before.acr).not.toBe(secondFactor);
    expect(after).toMatchObject({ acr: secondFactor, auth_time: expect.any(Number) as number });
    expect(await client.callTool({ name: 'delete-note' })).toMatchObject({
      content: [{ text: 'delete-note ran' }],
    });
    expect(session.tokens()?.refresh_token).toBeDefined();
  });
});
