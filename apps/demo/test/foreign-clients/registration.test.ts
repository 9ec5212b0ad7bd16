import { readFileSync } from 'node:fs';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startAuthorizationServer,
  type AuthorizationServer,
} from '../../src/authorization-server/authorization-server.js';
import { logIn, register, requestTokens, type RegisteredClient, type Tokens } from './log-in.js';

interface Registration {
  readonly scope: string;
  readonly redirect_uris: readonly [string];
  readonly grant_types: readonly string[];
  readonly response_types: readonly string[];
  readonly token_endpoint_auth_method?: string;
}

/** What clients of others sent to /reg, recorded while each of them logged in at the demonstration. */
const recorded = JSON.parse(readFileSync(new URL('registrations.json', import.meta.url), 'utf8')) as {
  readonly clients: readonly {
    readonly package: string;
    readonly version: string;
    readonly body: Registration;
  }[];
};

const resource = 'http://127.0.0.1:4103/mcp';
let server: AuthorizationServer;

beforeAll(async () => {
  server = await startAuthorizationServer(0);
  server.addResource(resource, ['notes']);
});
afterAll(() => server.close());

const registerClient = async (body: unknown): Promise<RegisteredClient> => {
  const response = await register(server.issuer, body);
  expect(response.status, await response.clone().text()).toBe(201);
  return (await response.json()) as RegisteredClient;
};

const refresh = (client: RegisteredClient, { refresh_token: token = '' }: Tokens): Promise<Response> =>
  requestTokens(server.issuer, client, { grant_type: 'refresh_token', refresh_token: token, resource });

/** A loopback port is another one at each start of a native app. */
const atAnotherPort = (redirectUri: string): string => {
  const url = new URL(redirectUri);
  url.port = url.port === '49152' ? '49153' : '49152';
  return url.href;
};

describe.each(recorded.clients)('$package $version', ({ body }) => {
  it('registers, and gets back what it asked for', async () => {
    const { redirect_uris, grant_types, response_types, token_endpoint_auth_method } = body;
    expect(await registerClient(body)).toMatchObject({
      redirect_uris,
      grant_types,
      response_types,
      // RFC 7591 §2: the default
      token_endpoint_auth_method: token_endpoint_auth_method ?? 'client_secret_basic',
    });
  });

  it('logs in at the port it has today, and keeps its access with the refresh token', async () => {
    const client = await registerClient(body);
    const tokens = await logIn(server.issuer, client, {
      redirect_uri: atAnotherPort(body.redirect_uris[0]),
      resource,
      scope: body.scope,
    });
    const response = await refresh(client, tokens);
    const renewed = (await response.json()) as Tokens;

    expect(response.status).toBe(200);
    expect(renewed.access_token).not.toBe(tokens.access_token);
    expect(decodeJwt(renewed.access_token)).toMatchObject({ aud: resource, sub: 'alice', scope: 'notes' });
  });
});

describe('a client that did not register the refresh grant', () => {
  const body = {
    redirect_uris: ['http://127.0.0.1:4199/callback'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'none',
  };

  it('gets no refresh token, though it asks for offline access', async () => {
    const client = await registerClient(body);
    const tokens = await logIn(server.issuer, client, {
      redirect_uri: body.redirect_uris[0] ?? '',
      resource,
      scope: 'notes offline_access',
    });
    expect(tokens.refresh_token).toBeUndefined();
    expect(decodeJwt(tokens.access_token)).toMatchObject({ scope: 'notes' });
  });

  it('cannot use the refresh token of another', async () => {
    const [{ body: others }] = recorded.clients as [(typeof recorded.clients)[number]];
    const other = await registerClient(others);
    const tokens = await logIn(server.issuer, other, {
      redirect_uri: others.redirect_uris[0],
      resource,
      scope: others.scope,
    });
    expect((await refresh(await registerClient(body), tokens)).status).toBe(400);
  });
});

describe('a client that names no application type, which RFC 7591 does not know', () => {
  it('cannot be sent to another machine without TLS', async () => {
    const response = await register(server.issuer, { redirect_uris: ['http://client.example/callback'] });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_redirect_uri' });
  });

  it('cannot be sent there either when it says that it is a web application', async () => {
    const response = await register(server.issuer, {
      application_type: 'web',
      redirect_uris: ['https://client.example/callback', 'HTTP://client.example/callback'],
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_redirect_uri' });
  });

  it.each([
    ['the loopback address', 'http://127.0.0.1:33418/'],
    ['the loopback address of IPv6', 'http://[::1]:33418/callback'],
    ['the name of the own machine', 'http://localhost:6274/oauth/callback'],
    ['the listener of the Inspector in a terminal', 'http://127.0.0.1:6276/oauth/callback'],
    ['a page on the web', 'https://client.example/oauth/callback'],
    ['a scheme of its own', 'cursor://anysphere.cursor-mcp/oauth/callback'],
  ])('can come back to %s', async (_where, redirectUri) => {
    expect(await registerClient({ redirect_uris: [redirectUri] })).toMatchObject({
      redirect_uris: [redirectUri],
      application_type: 'native',
    });
  });

  it.each(['http://127.0.0.1', 'http://[::1]', 'http://localhost'])(
    'can come back to %s at the port it has today, whatever it registered',
    async (origin) => {
      const client = await registerClient({
        redirect_uris: [`${origin}:49152/callback`],
        token_endpoint_auth_method: 'none',
      });
      const redirect_uri = `${origin}:49999/callback`;
      const tokens = await logIn(server.issuer, client, { redirect_uri, resource, scope: 'notes' });
      expect(decodeJwt(tokens.access_token)).toMatchObject({ scope: 'notes' });
    },
  );
});
