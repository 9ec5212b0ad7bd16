import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeExchange } from '../../src/cli/describe.js';
import { startDevIssuer, type DevIssuer, type Exchange } from '../../src/index.js';
import { concealForm, concealJson, concealUrl } from '../../src/log/conceal.js';
import { readReason } from '../../src/log/reason.js';
import {
  codeGrant,
  createRequest,
  register,
  registered,
  requestTokens,
  type Tokens,
} from '../support/client.js';
import { readForm, unescape, Visitor } from '../support/visitor.js';

const resource = 'http://localhost:3000/mcp';
const told: Exchange[] = [];
const secrets: string[] = [];
let issuer: DevIssuer;

/** A whole life of a client: everything that must not be seen is remembered. */
beforeAll(async () => {
  issuer = await startDevIssuer({
    port: 0,
    tokens: 'opaque',
    onExchange: (exchange) => void told.push(exchange),
  });
  const remember = (...values: (string | null | undefined)[]): void =>
    void secrets.push(
      ...values.filter((value): value is string => typeof value === 'string' && value.length > 5),
    );
  const metadata = { token_endpoint_auth_method: 'client_secret_post', client_name: 'A <b>client</b>' };
  const client = (await registered(issuer.issuer, metadata)) as Awaited<ReturnType<typeof registered>> & {
    client_secret: string;
    registration_access_token: string;
  };
  remember(client.client_secret, client.registration_access_token);
  const visitor = new Visitor();
  const state = 'a-state-that-nobody-else-may-know';
  const request = createRequest(issuer.issuer, client, { resource, scope: 'notes', state });
  const page = await visitor.openPage(request.url);
  remember(state, request.verifier, page.url.pathname.split('/').at(-1));
  remember(readForm(page.html).find(([name]) => name === 'csrf')?.[1]);
  const answer = (await visitor.submit(page, { change: { decision: 'allow' } })) as URL;
  remember(answer.searchParams.get('code'));
  const known = { client_id: client.client_id, client_secret: client.client_secret };
  const response = await requestTokens(issuer.issuer, { ...codeGrant(client, request, answer), ...known });
  const tokens = (await response.json()) as Tokens;
  remember(tokens.access_token, tokens.refresh_token);
  const { refresh_token } = tokens;
  const renewed = await requestTokens(issuer.issuer, {
    grant_type: 'refresh_token',
    refresh_token,
    ...known,
  });
  remember(((await renewed.json()) as Tokens).access_token);
  const { clientId, clientSecret } = issuer.resourceServer;
  const basic = `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
  remember(clientSecret, basic);
  for (const path of ['introspection', 'revocation']) {
    await fetch(`${issuer.issuer}/token/${path}`, {
      method: 'POST',
      headers: { authorization: basic },
      body: new URLSearchParams({ token: tokens.access_token }),
    });
  }
});
afterAll(() => issuer.close());

function answered(status: number, type: string): ServerResponse {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  response.statusCode = status;
  return response.setHeader('content-type', type);
}

const readPage = async (): Promise<string> => unescape(await (await fetch(`${issuer.issuer}/`)).text());

it('neither the page nor the log nor a listener is told a token, code, secret, or what stands for a login', async () => {
  expect(secrets).toHaveLength(12);
  for (const text of [await readPage(), JSON.stringify(issuer.log.exchanges), JSON.stringify(told)]) {
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
});

it('shows each exchange with what decided it', async () => {
  const page = await readPage();
  for (const line of [
    'A client registers itself',
    'A client sends its user to log in',
    'The user is asked',
    'The user presses Allow',
    'The user goes back to the client, with a code or an error',
    'The client exchanges its code for tokens',
    'The client refreshes its tokens',
    'A resource server asks about a token',
    '  &resource=http://localhost:3000/mcp',
    'grant_type=authorization_code',
    '"token_type": "Bearer"',
    '"client_name": "A <b>client</b>"',
  ])
    expect(page).toContain(line);
  expect(told.map(({ number }) => number)).toEqual(told.map((_each, index) => index + 1));
});

describe('a client that the issuer has forgotten', () => {
  const forgotten = { client_id: 'registered-before-a-fresh-start' };
  const advice = 'Let the client register again';
  const file = '~/.mcp-inspector/storage/oauth.json';

  it('is not let in, and its user reads at the page why, and what to do', async () => {
    const { url } = createRequest(issuer.issuer, forgotten, { resource, scope: 'notes' });
    const page = await new Visitor().openPage(url);
    expect(page.status).toBe(400);
    for (const words of ['invalid_client: client is invalid', '--fresh', 'another folder', advice, file])
      expect(unescape(page.html)).toContain(words);
  });

  it('is not let in, and the terminal and the page of exchanges say the same', async () => {
    const { url } = createRequest(issuer.issuer, forgotten, { resource, scope: 'notes' });
    await new Visitor().openPage(url);
    const last = issuer.log.exchanges.at(-1)!;
    expect(last.title).toBe('Refused: a client sends its user to log in');
    expect(last.reason).toMatch(/^invalid_client: client is invalid\. .*--fresh.*register again/);
    expect(describeExchange(last)).toContain(`${last.title}: ${last.reason}`);
    expect(await readPage()).toContain(`${last.title}: ${last.reason}`);
  });

  it('gets no token, and the log says why', async () => {
    await requestTokens(issuer.issuer, { grant_type: 'authorization_code', ...forgotten, code: 'a' });
    const last = issuer.log.exchanges.at(-1);
    expect(last?.title).toMatch(/^Refused: the client/);
    expect(last?.reason).toMatch(/^invalid_client: client authentication failed\. .*register again/);
    expect(last?.response.body).toContain('"error": "invalid_client"');
  });

  it('is no client with a wrong secret, and none whose id is the address of its document', async () => {
    const known = await registered(issuer.issuer, { token_endpoint_auth_method: 'client_secret_post' });
    const grant = { grant_type: 'authorization_code', code: 'a', client_id: known.client_id };
    await requestTokens(issuer.issuer, { ...grant, client_secret: 'wrong' });
    expect(issuer.log.exchanges.at(-1)?.reason).toBe('invalid_client: client authentication failed');
    const client = { client_id: 'https://10.0.0.1/client.json' };
    const { url } = createRequest(issuer.issuer, client, { resource, scope: 'notes' });
    expect((await new Visitor().openPage(url)).html).not.toContain(advice);
    expect(issuer.log.exchanges.at(-1)?.reason).toMatch(/^invalid_client/);
  });
});

describe('the log says why something was refused', () => {
  const readLast = (): string | undefined => issuer.log.exchanges.at(-1)?.reason;

  it('at the door, in plain text', async () => {
    await fetch(`${issuer.issuer}/nothing`);
    expect(readLast()).toBe('There is nothing here.');
  });

  it('at a registration', async () => {
    await register(issuer.issuer, { redirect_uris: ['javascript:alert(1)'] });
    expect(readLast()).toMatch(/^invalid_(redirect_uri|client_metadata): ./);
  });

  it('in a page', async () => {
    const client = await registered(issuer.issuer);
    const { url } = createRequest(issuer.issuer, client, { redirect_uri: 'https://attacker.example/' });
    await new Visitor().openPage(url);
    expect(readLast()).toMatch(/^invalid_redirect_uri: ./);
  });

  it('by the address that the user is sent back to', async () => {
    const client = await registered(issuer.issuer);
    const far = createRequest(issuer.issuer, client, { resource: 'https://far.example/', scope: 'notes' });
    await new Visitor().open(far.url);
    expect(issuer.log.exchanges.at(-1)?.title).toBe('Refused: a client sends its user to log in');
    expect(readLast()).toMatch(/^invalid_target: this issuer gives tokens for resources on this machine/);
    const visitor = new Visitor();
    const { url } = createRequest(issuer.issuer, client, { resource, scope: 'notes' });
    await visitor.submit(await visitor.openPage(url), { change: { decision: 'deny' } });
    expect(readLast()).toBe('access_denied: The user denied the request.');
  });

  it('without a token in it, in one line, and none of what was let in', async () => {
    expect(
      readReason(answered(400, 'application/json'), '{"error":"a\\nb eyJhbGciOiJub25lIn0.e30.abc"}'),
    ).toBe('a b eyJ…');
    expect(readReason(answered(400, 'application/json'), 'not json')).toBeUndefined();
    expect(readReason(answered(200, 'application/json'), '{"error":"a"}')).toBeUndefined();
    await registered(issuer.issuer);
    expect(readLast()).toBeUndefined();
  });
});

it('can be used with the keyboard alone, and has no script', async () => {
  const response = await fetch(`${issuer.issuer}/`);
  const html = await response.text();
  expect(html).not.toMatch(/<script| on\w+=| style=/);
  expect(html.match(/<details>/g)).toHaveLength(html.match(/<summary>/g)?.length ?? 0);
  expect(html.match(/<pre tabindex="0">/g)?.length).toBe(html.match(/<pre/g)?.length);
  expect(html).toContain('<html lang="en">');
  const stylesheet = await (await fetch(`${issuer.issuer}/style.css`)).text();
  expect(stylesheet).toContain('prefers-color-scheme: dark');
});

it('goes on after what nobody should send, and after a listener that fails', async () => {
  const other = await startDevIssuer({
    port: 0,
    onExchange: () => {
      throw new Error('a listener');
    },
  });
  const body = '['.repeat(8000);
  await fetch(`${other.issuer}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  expect((await fetch(`${other.issuer}/jwks`)).status).toBe(200);
  expect(other.log.exchanges).toHaveLength(2);
  await other.close();
});

it('is forgotten on request', async () => {
  issuer.log.clear();
  expect(issuer.log.exchanges).toEqual([]);
});

it('shows of a parameter that nobody knows only how long it is', () => {
  expect(concealForm('scope=a&new_kind_of_token=abcdef')).toEqual([
    'scope=a',
    'new_kind_of_token=… (6 characters)',
  ]);
  expect(concealForm('error_description=eyJhbGciOiJub25lIn0.e30.abc')).toEqual(['error_description=eyJ…']);
  expect(concealUrl('http://localhost:1/callback?code=abc&iss=b#c')).toBe(
    'http://localhost:1/callback?code=… (3 characters)&iss=b',
  );
  expect(concealForm('redirect_uri=http://localhost/a?token=secret')).toEqual([
    'redirect_uri=http://localhost/a?token=… (6 characters)',
  ]);
  expect(
    concealJson('{"a":{"b":"secret"},"jwks":{"keys":[{"d":"secret"}]},"scope":["x"]}', false),
  ).not.toContain('secret');
  expect(concealJson('not json', false)).toBeUndefined();
});
