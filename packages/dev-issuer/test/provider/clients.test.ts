import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDevIssuer, type DevIssuer } from '../../src/index.js';
import { createWebFetch } from '../../src/provider/web-fetch.js';
import { maxEntries } from '../../src/storage/store.js';
import { createRequest, logIn, redirectUri, register, registered } from '../support/client.js';
import { Visitor } from '../support/visitor.js';

const resource = 'http://localhost:3000/mcp';
const onTheWeb = 'https://client.example/client.json';
const asked: string[] = [];
let document: object;
let issuer: DevIssuer;
let publisher: Server;
let here: string;

beforeAll(async () => {
  issuer = await startDevIssuer({
    port: 0,
    fetch: (url) => {
      asked.push(url instanceof Request ? url.url : String(url));
      return Promise.resolve(Response.json(document));
    },
  });
  publisher = createServer((request, response) => {
    asked.push(`${here}${request.url ?? ''}`);
    response.end(JSON.stringify(document));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => publisher.once('listening', resolve));
  here = `http://127.0.0.1:${(publisher.address() as AddressInfo).port}`;
});
afterAll(async () => {
  publisher.close();
  await issuer.close();
});
beforeEach(() => void asked.splice(0));

const wrong = [
  'javascript:alert(1)',
  'JavaScript:alert(1)//',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'blob:https://client.example/1',
  'about:blank',
  'view-source:https://client.example/',
  'intent://client.example#Intent;end',
  'ws://127.0.0.1/callback',
  'http://client.example/callback',
  'HTTP://127.0.0.1.client.example/callback',
  'http://user@127.0.0.1/callback',
  'https://bank.example@client.example/callback',
  'https://client.example\\@bank.example/callback',
  'https://client.example/call back',
  'https://client.example/callback#fragment',
  'https://client.example/\u0009callback',
  `https://client.example/${'a'.repeat(1000)}`,
  'callback',
  '//client.example/callback',
];

describe('where codes must not be sent', () => {
  it.each(wrong)('no client registers %s', async (uri) => {
    for (const application_type of ['native', 'web', undefined]) {
      const response = await register(issuer.issuer, { redirect_uris: [redirectUri, uri], application_type });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: expect.stringMatching(/^invalid_(redirect_uri|client_metadata)$/),
      });
    }
  });

  it.each(wrong)('no document names %s', async (uri) => {
    for (const client_id of [`${onTheWeb}?${wrong.indexOf(uri)}`, `${here}/${wrong.indexOf(uri)}`]) {
      document = { client_id, redirect_uris: [uri], token_endpoint_auth_method: 'none' };
      const { url } = createRequest(
        issuer.issuer,
        { client_id, redirect_uris: [uri] },
        { resource, scope: 'a' },
      );
      const answer = await new Visitor().open(url);
      expect(asked).toContain(client_id);
      expect(answer).not.toBeInstanceOf(URL);
      expect(answer).toMatchObject({ status: 400 });
    }
  });

  it('a login does not lead to an address that its client has not registered', async () => {
    const client = await registered(issuer.issuer);
    for (const redirect_uri of [
      'https://attacker.example/',
      `${redirectUri}/../../x`,
      `${redirectUri}?a=b`,
      'javascript:alert(1)',
    ]) {
      const { url } = createRequest(issuer.issuer, client, { resource, scope: 'a', redirect_uri });
      const answer = await new Visitor().open(url);
      expect(answer).not.toBeInstanceOf(URL);
      expect((answer as { html: string }).html).not.toMatch(/href="(?!\/style)/);
    }
  });

  it.each([
    'http://127.0.0.1:1/',
    'http://[::1]:1/callback',
    'http://localhost:1/callback',
    'https://client.example/callback',
    'cursor://anysphere.cursor-mcp/oauth/callback',
    'vscode://vscode.microsoft-authentication',
  ])('a client can come back to %s', async (uri) => {
    expect((await register(issuer.issuer, { redirect_uris: [uri] })).status).toBe(201);
  });
});

describe('what the issuer fetches for a client', () => {
  it.each([
    'http://client.example/client.json',
    'http://10.0.0.1/client.json',
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:10.0.0.1]/client.json',
    'http://0.0.0.0:1/client.json',
    'file:///etc/passwd',
    'ftp://127.0.0.1/client.json',
    'https://127.0.0.1:1/client.json',
    'https://0x7f.1/client.json',
    'https://10.0.0.1/client.json',
    'https://[::1]/client.json',
    'https://localhost:1/client.json',
    'https://db.localhost/client.json',
  ])('is nothing at %s', async (client_id) => {
    const { url } = createRequest(issuer.issuer, { client_id }, { resource, scope: 'a' });
    expect(await new Visitor().open(url)).toMatchObject({ status: 400 });
    expect(asked).toEqual([]);
  });

  it('is nothing without TLS, though it were elsewhere', async () => {
    const fetchHere = createWebFetch(() => Promise.resolve(Response.json({})));
    const refused = fetchHere('http://client.example/keys').catch(String);
    expect(await refused).toContain('Only https');
    await expect(fetchHere('https://client.example/keys')).resolves.toBeInstanceOf(Response);
  });

  it('are no keys over http', async () => {
    const response = await register(issuer.issuer, {
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks_uri: `${here}/keys`,
    });
    const { client_id } = (await response.json()) as { client_id?: string };
    const assertion = 'eyJhbGciOiJFUzI1NiJ9.e30.AAAA';
    await fetch(`${issuer.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: 'a',
        client_id: client_id ?? 'none',
        client_assertion: assertion,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      }),
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['over https', () => onTheWeb],
    ['on this machine', () => `${here}/client.json`],
  ])('is its document %s: it logs in without a registration', async (_where, at) => {
    const client_id = at();
    document = {
      client_id,
      client_name: 'A client with a document',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
    };
    const tokens = await logIn(issuer.issuer, { client_id }, { resource, scope: 'notes' });
    expect(tokens.refresh_token).toBeTruthy();
  });
});

describe('a client that gets tokens without a user', () => {
  const grant_types = ['authorization_code', 'client_credentials'];

  it('does not register itself: nobody would be asked', async () => {
    const response = await register(issuer.issuer, { grant_types, token_endpoint_auth_method: undefined });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('client_credentials');
  });

  it('is not described by a document', async () => {
    const client_id = `${onTheWeb}?program`;
    document = { client_id, redirect_uris: [redirectUri], grant_types, token_endpoint_auth_method: 'none' };
    const { url } = createRequest(issuer.issuer, { client_id }, { resource, scope: 'a' });
    expect(await new Visitor().open(url)).toMatchObject({ status: 400 });
  });

  it('is known from the start', async () => {
    const client = {
      client_id: 'job',
      client_secret: 'a secret of a job',
      redirect_uris: [],
      response_types: [],
    };
    const other = await startDevIssuer({
      port: 0,
      clients: [{ ...client, grant_types: ['client_credentials'] }],
    });
    const response = await fetch(`${other.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('job:a secret of a job')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope: 'a' }),
    });
    expect(await response.json()).toMatchObject({ token_type: 'Bearer', scope: 'a' });
    await other.close();
  });
});

it('thousands of registrations leave a client that is used where it is, and take no more memory', async () => {
  const other = await startDevIssuer({ port: 0 });
  try {
    const first = await registered(other.issuer);
    const unused = await registered(other.issuer);
    for (let count = 0; count < maxEntries * 2; count += 50) {
      await logIn(other.issuer, first, { resource, scope: 'notes' });
      await Promise.all(Array.from({ length: 50 }, () => register(other.issuer)));
    }
    expect((await logIn(other.issuer, first, { resource, scope: 'notes' })).access_token).toBeTruthy();
    const forgotten = logIn(other.issuer, unused, { resource, scope: 'notes' }).catch(() => 'refused');
    expect(await forgotten).toBe('refused');
    expect(other.log.exchanges.length).toBeLessThanOrEqual(200);
  } finally {
    await other.close();
  }
});
