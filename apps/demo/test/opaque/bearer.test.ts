import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  startAuthorizationServer,
  type AuthorizationServer,
} from '../../src/authorization-server/authorization-server.js';
import { onExpress } from './hosts.js';
import {
  introspectScope,
  protectWithTokens,
  type TokenProtectedEndpoint,
} from './token-protected-endpoint.js';
import { openWorld, scope, type World } from './world.js';

/** The resource server as a client: it may get tokens for itself, and introspect nothing without one. */
const ownClient = { id: 'resource-server-with-token', secret: 'own-client-secret' } as const;

let authorizationServer: AuthorizationServer;
let endpoint: TokenProtectedEndpoint;
let world: World | undefined;

beforeAll(async () => {
  authorizationServer = await startAuthorizationServer(0, [
    {
      client_id: ownClient.id,
      client_secret: ownClient.secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    },
  ]);
  endpoint = await protectWithTokens(authorizationServer);
});
afterEach(() => world?.close());
afterAll(async () => {
  await endpoint.close();
  await authorizationServer.close();
});

function asOwnClient(path: string, body: Record<string, string>): Promise<Response> {
  return fetch(`${authorizationServer.issuer}${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${ownClient.id}:${ownClient.secret}`)}` },
    body: new URLSearchParams(body),
  });
}

/** An access token of the resource server itself. */
async function getOwnToken(allowed = introspectScope, resource = endpoint.url): Promise<string> {
  const body = { grant_type: 'client_credentials', resource, scope: allowed };
  const response = await asOwnClient('/token', body);
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`no token: status ${response.status}`);
  return token;
}

async function open(token: string | (() => string | Promise<string>)): Promise<World> {
  world = await openWorld(authorizationServer, onExpress, {
    introspection: { endpoint: endpoint.url, clientAuthentication: { method: 'bearer', token } },
  });
  return world;
}

const faultsOf = ({ events }: World) =>
  events.flatMap((event) => (event.type === 'fault' ? [event.error] : []));

describe('[RFC7662-2.1-02] a resource server that shows a token of its own to ask', () => {
  it('is let ask, with nothing else to say who it is, and gets the answers of the authorization server', async () => {
    const own = await getOwnToken();
    const { call, getToken, calls, revoke, resource } = await open(own);
    const token = await getToken();
    const response = await call(token);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      issuer: authorizationServer.issuer,
      clientId: 'demo',
      scopes: [scope],
      audience: resource,
    });
    expect(calls[0]?.headers.get('authorization')).toBe(`Bearer ${own}`);
    expect([...(calls[0]?.form.keys() ?? [])]).toEqual(['token', 'token_type_hint']);
    expect(calls[0]?.form.get('token')).toBe(token);
    await revoke(token);
    expect((await call(token)).status).toBe(401);
    expect((await call('never-issued-0000000000')).status).toBe(401);
  });

  it.each<[string, number, () => Promise<string>]>([
    ['that nobody issued', 401, () => Promise.resolve('never-issued-0000000000')],
    ['that is for another resource', 401, () => getOwnToken(scope, world?.resource)],
    ['that does not allow to ask', 403, () => getOwnToken('other')],
  ])(
    '[RFC7662-2.3-01] with one %s nobody is let in, and the operator learns what to mend',
    async (_which, status, getWrong) => {
      let wrong = '';
      const opened = await open(async () => (wrong = await getWrong()));
      const token = await opened.getToken();
      const response = await opened.call(token);
      expect(response.status).toBe(503);
      expect(response.headers.get('www-authenticate')).toBeNull();
      const [fault] = faultsOf(opened);
      expect(fault?.code).toBe('introspection_unauthorized');
      expect(fault?.message).toContain(`status ${status}`);
      expect(fault?.message).toContain('introspection.clientAuthentication, method bearer');
      const told = JSON.stringify([opened.events, fault?.message, await response.text()]);
      for (const secret of [wrong, token]) expect(told).not.toContain(secret);
    },
  );

  it('[RFC7662-2.1-02] asks for it before each call, so that one that was replaced is used at once', async () => {
    let own = await getOwnToken();
    const opened = await open(() => own);
    const token = await opened.getToken();
    expect((await opened.call(token)).status).toBe(200);
    await asOwnClient('/token/revocation', { token: own });
    expect((await opened.call(token)).status).toBe(503);
    own = await getOwnToken();
    expect((await opened.call(token)).status).toBe(200);
    expect(faultsOf(opened).map(({ code }) => code)).toEqual(['introspection_unauthorized']);
  });

  it('[MCP-2026-07-28-RS-018] opens nothing with that token at its own door', async () => {
    const own = await getOwnToken();
    const { call, events } = await open(own);
    expect((await call(own)).status).toBe(401);
    const decisions = events.filter(({ type }) => type === 'decision');
    expect(decisions).toMatchObject([{ outcome: 'deny', code: 'wrong_audience' }]);
  });
});
