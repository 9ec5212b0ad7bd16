import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startAuthorizationServer,
  type AuthorizationServer,
} from '../../src/authorization-server/authorization-server.js';
import { Recorder } from '../../src/recorder.js';
import { approve } from '../../src/user-agent.js';
import { register, type RegisteredClient } from './log-in.js';
import { authorizationUrl, openConsentPage } from './world.js';

const redirectUrl = 'http://localhost:6274/oauth/callback';
const resource = 'http://127.0.0.1:4103/mcp';
let server: AuthorizationServer;

beforeAll(async () => {
  server = await startAuthorizationServer(0);
  server.addResource(resource, ['notes', 'notes:statistics', 'notes:export']);
});
afterAll(() => server.close());

async function askFor(scope: string, clientName = 'A client'): Promise<URL> {
  const response = await register(server.issuer, {
    client_name: clientName,
    redirect_uris: [redirectUrl],
    token_endpoint_auth_method: 'none',
  });
  const { client_id } = (await response.json()) as RegisteredClient;
  return authorizationUrl(server.issuer, { client_id, redirect_uri: redirectUrl, resource, scope });
}

describe('the consent page', () => {
  it('names the client, where the answer goes, the server and the scopes in plain words', async () => {
    const { status, html } = await openConsentPage(
      await askFor('notes notes:statistics notes:export', 'Editor'),
    );
    expect(status).toBe(200);
    expect(html).toContain('<strong>Editor</strong>');
    expect(html).toContain(`<strong>${redirectUrl}</strong>`);
    expect(html).toContain(`<strong>${resource}</strong>`);
    expect(html).toContain('read, write and delete your notes (<code>notes</code>)</label>');
    expect(html).toContain('(<code>notes:statistics</code>). Only admin can allow this</label>');
    // A scope that nobody found words for is shown as it is
    expect(html).toContain('checked> <code>notes:export</code></label>');
  });

  it('lets somebody go on as another user, who may allow more', async () => {
    const cookies = new Map<string, string>();
    const goOn = async (account: string, scope: string): Promise<URLSearchParams> =>
      approve(await askFor(scope), { redirectUrl, account, recorder: new Recorder(), cookies });
    expect((await goOn('alice', 'notes:statistics')).get('error')).toBe('access_denied');
    expect((await goOn('admin', 'notes:statistics')).get('code')).toBeTruthy();
  });
});

describe('a request without a scope', () => {
  it.each([
    ['at a resource asks for what everybody may grant there', { resource }, 'notes notes:export'],
    ['without a resource asks who the user is', {}, 'openid'],
  ])('%s', async (_what, parameters: Record<string, string>, scopes) => {
    const url = await askFor('');
    for (const name of ['scope', 'resource']) url.searchParams.delete(name);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    const { html } = await openConsentPage(url);
    expect([...html.matchAll(/name="scope" value="([^"]+)/g)].map(([, scope]) => scope).join(' ')).toBe(
      scopes,
    );
    const answer = await approve(url, { redirectUrl, account: 'alice', recorder: new Recorder() });
    expect(answer.get('error')).toBeNull();
    expect(answer.get('code')).toBeTruthy();
  });
});
