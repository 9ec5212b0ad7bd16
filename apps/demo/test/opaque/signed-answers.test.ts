import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  knownResourceServer,
  startAuthorizationServer,
  type AuthorizationServer,
} from '../../src/authorization-server/authorization-server.js';
import { onExpress } from './hosts.js';
import { openWorld, type World, type WorldOptions } from './world.js';

let authorizationServer: AuthorizationServer;
let world: World | undefined;

beforeAll(async () => {
  authorizationServer = await startAuthorizationServer(0);
});
afterEach(() => world?.close());
afterAll(() => authorizationServer.close());

async function open(options: WorldOptions): Promise<World> {
  world = await openWorld(authorizationServer, onExpress, options);
  return world;
}

const codesOf = ({ events }: World) =>
  events.flatMap((event) => (event.type === 'fault' ? [event.error.code] : []));

/** Signed answers as oidc-provider gives them. */
describe('answers signed by the authorization server', () => {
  it('[RFC9701-4-01] [RFC9701-5-01] are asked for, verified and believed', async () => {
    const { call, getToken, calls, revoke } = await open({ introspection: { signedResponse: true } });
    const token = await getToken();
    const response = await call(token);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ clientId: 'demo' });
    expect(calls[0]?.headers.get('accept')).toContain('application/token-introspection+jwt');
    await revoke(token);
    expect((await call(token)).status).toBe(401);
  });

  it('[RFC9701-5-01] that are for another resource server are a fault, and let nobody in', async () => {
    const opened = await open({ introspection: { signedResponse: { audience: 'another-resource-server' } } });
    expect((await opened.call(await opened.getToken())).status).toBe(503);
    expect(codesOf(opened)).toEqual(['invalid_introspection_response']);
  });

  it.each(['introspection', 'auto'] as const)(
    '[RFC9701-8.1-01] are never taken for an access token: %s',
    async (mode) => {
      const { call, getToken } = await open({ mode });
      const token = await getToken();
      const { id, secret } = knownResourceServer;
      const answer = await fetch(`${authorizationServer.issuer}/token/introspection`, {
        method: 'POST',
        headers: {
          accept: 'application/token-introspection+jwt',
          authorization: `Basic ${btoa(`${id}:${secret}`)}`,
        },
        body: new URLSearchParams({ token }),
      });
      const signed = await answer.text();
      expect(signed.split('.')).toHaveLength(3);
      expect((await call(signed)).status).toBe(401);
      // The issuer says that it does not introspect JWTs: the token's fault, not its own
      expect((await call(token)).status).toBe(200);
    },
  );
});
