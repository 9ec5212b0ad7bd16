import { createHash, randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startAuthorizationServer,
  type AuthorizationServer,
} from '../src/authorization-server/authorization-server.js';
import { Recorder } from '../src/recorder.js';
import { approve } from '../src/user-agent.js';

const redirectUrl = 'http://127.0.0.1:4199/callback';
const resource = 'http://127.0.0.1:4103/mcp';

describe('the authorization server of the demonstration', () => {
  let server: AuthorizationServer;
  let clientId: string;

  beforeAll(async () => {
    server = await startAuthorizationServer(0);
    server.addResource(resource, ['todo:read', 'todo:admin']);
    const response = await fetch(`${server.issuer}/reg`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        application_type: 'native',
        redirect_uris: [redirectUrl],
        token_endpoint_auth_method: 'none',
        scope: 'todo:read',
      }),
    });
    ({ client_id: clientId } = (await response.json()) as { client_id: string });
  });
  afterAll(() => server.close());

  const authorizationUrl = (parameters: Record<string, string>): URL => {
    const url = new URL('/auth', server.issuer);
    url.search = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUrl,
      resource,
      ...parameters,
    }).toString();
    return url;
  };
  const logIn = (account: string, parameters: Record<string, string>): Promise<URLSearchParams> =>
    approve(authorizationUrl(parameters), { redirectUrl, account, recorder: new Recorder() });

  const getToken = async (account: string, scope: string): Promise<string> => {
    const verifier = randomBytes(32).toString('base64url');
    const answer = await logIn(account, {
      scope,
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    });
    const response = await fetch(`${server.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clientId,
        code: answer.get('code') ?? '',
        code_verifier: verifier,
        redirect_uri: redirectUrl,
        resource,
      }),
    });
    return ((await response.json()) as { access_token: string }).access_token;
  };

  it('demands PKCE', async () => {
    expect((await logIn('alice', { scope: 'todo:read' })).get('error')).toBe('invalid_request');
  });

  it('knows no resource but those it was told', async () => {
    const answer = await logIn('alice', {
      scope: 'todo:read',
      resource: 'https://mcp.example.com/mcp',
      code_challenge_method: 'S256',
      code_challenge: 'x'.repeat(43),
    });
    expect(answer.get('error')).toBe('invalid_target');
  });

  it('does not let everybody grant administrative scopes', async () => {
    const claims = decodeJwt(await getToken('alice', 'todo:read todo:admin'));
    expect(claims).toMatchObject({ iss: server.issuer, aud: resource, sub: 'alice', scope: 'todo:read' });
  });

  it('grants a client more scopes than it registered with', async () => {
    const claims = decodeJwt(await getToken('admin', 'todo:read todo:admin'));
    expect(claims).toMatchObject({ sub: 'admin', name: 'Admin', scope: 'todo:read todo:admin' });
  });
});
