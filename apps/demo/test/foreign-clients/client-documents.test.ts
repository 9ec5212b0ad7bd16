import { listen, type RunningServer } from '@mcp-auth/app-sample-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startAuthorizationServer,
  type AuthorizationServer,
} from '../../src/authorization-server/authorization-server.js';
import { logIn } from './log-in.js';
import { authorizationUrl } from './world.js';

const redirectUri = 'http://127.0.0.1:33418/callback';
const resource = 'http://127.0.0.1:4103/mcp';
const onTheWeb = 'https://client.example/oauth/client.json';

/** What is published where. */
const documents = new Map<string, unknown>();
const asked: string[] = [];
let server: AuthorizationServer;
let publisher: RunningServer;
let here: string;

beforeAll(async () => {
  server = await startAuthorizationServer(0, [], {
    fetch: (url) => {
      const { url: address } = new Request(url);
      asked.push(address);
      const document = documents.get(address);
      return Promise.resolve(
        document === undefined ? new Response('', { status: 404 }) : Response.json(document),
      );
    },
  });
  server.addResource(resource, ['notes']);
  publisher = await listen(
    (request, response) => {
      const url = `${here}${request.url ?? ''}`;
      asked.push(url);
      if (request.url === '/moved') response.writeHead(302, { location: '/client.json' });
      response.end(documents.has(url) ? JSON.stringify(documents.get(url)) : '');
    },
    0,
    '127.0.0.1',
  );
  here = `http://127.0.0.1:${publisher.port}`;
});
afterAll(() => Promise.all([server.close(), publisher.close()]));

function publish(url: string, more: Record<string, unknown> = {}): string {
  documents.set(url, {
    client_id: url,
    client_name: 'A client with a document',
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
    ...more,
  });
  return url;
}

const ask = async (clientId: string, redirect = redirectUri): Promise<{ status: number; text: string }> => {
  const url = authorizationUrl(server.issuer, {
    client_id: clientId,
    redirect_uri: redirect,
    resource,
    scope: 'notes',
  });
  const response = await fetch(url, { redirect: 'manual' });
  return { status: response.status, text: await response.text() };
};

it('says that it takes documents', async () => {
  const response = await fetch(`${server.issuer}/.well-known/oauth-authorization-server`);
  expect(await response.json()).toMatchObject({ client_id_metadata_document_supported: true });
});

describe('a client whose id is the address of its document', () => {
  it.each([
    ['that names another client', { client_id: `${onTheWeb}/other` }],
    ['with a secret in public', { client_secret: 'a'.repeat(43) }],
    ['that wants to show a secret', { token_endpoint_auth_method: 'client_secret_basic' }],
    [
      'that wants its codes sent elsewhere in the clear',
      { redirect_uris: ['http://client.example/callback'] },
    ],
  ])('is refused with a document %s', async (_what, more) => {
    const redirect = (more as { redirect_uris?: string[] }).redirect_uris?.[0];
    for (const at of [`${onTheWeb}?${_what.length}`, `${here}/${_what.length}`]) {
      expect((await ask(publish(at, more), redirect)).status).toBe(400);
      expect(asked).toContain(at);
    }
  });

  it('is refused without a document', async () => {
    expect((await ask(`${here}/nothing`)).status).toBe(400);
    expect((await ask('https://nothing.example/client.json')).status).toBe(400);
  });

  it('is refused when its document moved', async () => {
    publish(`${here}/client.json`);
    publish(`${here}/moved`);
    expect((await ask(`${here}/moved`)).status).toBe(400);
  });

  it('is refused when its document is long', async () => {
    expect((await ask(publish(`${here}/long.json`, { client_name: 'x'.repeat(6000) }))).status).toBe(400);
  });

  it.each([
    'http://client.example/client.json',
    'http://10.0.0.1/client.json',
    'http://127.0.0.1.client.example/client.json',
    'http://user@127.0.0.1/client.json',
    'http://127.0.0.1/#client',
    'http://127.0.0.1/',
    'file:///etc/passwd',
  ])('is not looked for at %s', async (clientId) => {
    expect((await ask(clientId)).status).toBe(400);
    expect(asked).not.toContain(clientId);
  });

  it('cannot come back to where its document does not say', async () => {
    const { status, text } = await ask(publish(`${here}/client.json`), 'http://127.0.0.1:33418/other');
    expect(status).toBe(400);
    expect(text).toContain('redirect_uri');
  });

  it.each([
    ['over https', () => onTheWeb],
    ['on this machine, without TLS', () => `${here}/client.json`],
  ])('logs in with a document %s, without a registration', async (_where, at) => {
    const tokens = await logIn(
      server.issuer,
      {
        client_id: publish(at()),
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
      // RFC 8252 §7.3: at the port it has today
      { redirect_uri: redirectUri.replace('33418', '33419'), resource, scope: 'notes' },
    );
    expect(Object.keys(tokens)).toEqual(expect.arrayContaining(['access_token', 'refresh_token']));
  });
});
