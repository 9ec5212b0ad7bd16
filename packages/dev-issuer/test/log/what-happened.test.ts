import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDevIssuer, type DevIssuer, type Exchange } from '../../src/index.js';
import { concealForm, concealJson, concealUrl } from '../../src/log/conceal.js';
import { codeGrant, createRequest, registered, requestTokens, type Tokens } from '../support/client.js';
import { readForm, unescape, Visitor } from '../support/visitor.js';

const resource = 'http://localhost:3000/mcp';
const told: Exchange[] = [];
const secrets: string[] = [];
let issuer: DevIssuer;

/** A whole life of a client: everything that must not be seen is remembered. */
beforeAll(async () => {
  issuer = await startDevIssuer({ port: 0, tokens: 'opaque', onExchange: (exchange) => void told.push(exchange) });
  const remember = (...values: (string | null | undefined)[]): void =>
    void secrets.push(...values.filter((value): value is string => typeof value === 'string' && value.length > 5));
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
  const renewed = await requestTokens(issuer.issuer, { grant_type: 'refresh_token', refresh_token, ...known });
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

it('says why something was refused', async () => {
  await requestTokens(issuer.issuer, { grant_type: 'authorization_code', client_id: 'nobody', code: 'a' });
  const last = issuer.log.exchanges.at(-1);
  expect(last?.title).toMatch(/^Refused: the client/);
  expect(last?.response.body).toContain('"error": "invalid_client"');
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

it('is forgotten on request', async () => {
  issuer.log.clear();
  expect(issuer.log.exchanges).toEqual([]);
});

it('shows of a parameter that nobody knows only how long it is', () => {
  expect(concealForm('scope=a&new_kind_of_token=abcdef')).toEqual(['scope=a', 'new_kind_of_token=… (6 characters)']);
  expect(concealForm('error_description=eyJhbGciOiJub25lIn0.e30.abc')).toEqual(['error_description=eyJ…']);
  expect(concealUrl('http://localhost:1/callback?code=abc&iss=b#c')).toBe('http://localhost:1/callback?code=… (3 characters)&iss=b');
  expect(concealForm('redirect_uri=http://localhost/a?token=secret')).toEqual([
    'redirect_uri=http://localhost/a?token=… (6 characters)',
  ]);
  expect(concealJson('{"a":{"b":"secret"},"jwks":{"keys":[{"d":"secret"}]},"scope":["x"]}', false)).not.toContain('secret');
  expect(concealJson('not json', false)).toBeUndefined();
});
