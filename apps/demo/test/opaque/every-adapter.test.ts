import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  startAuthorizationServer,
  type AuthorizationServer,
} from '../../src/authorization-server/authorization-server.js';
import { hosts } from './hosts.js';
import { callAtOnce, openWorld, scope, type World, type WorldOptions } from './world.js';

/** Of the authorization server's access tokens. */
const tokenLifetimeSeconds = 600;
let authorizationServer: AuthorizationServer;
const worlds: World[] = [];

beforeAll(async () => {
  authorizationServer = await startAuthorizationServer(0);
});
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});
afterAll(() => authorizationServer.close());

/** Statuses of calls, one after the other. */
async function statusesOf(world: World, tokens: readonly string[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const token of tokens) statuses.push((await world.call(token)).status);
  return statuses;
}

const refusals = ({ events }: World) =>
  events.flatMap((event) => (event.type === 'decision' && event.outcome === 'deny' ? [event.code] : []));

describe.each(hosts)('opaque tokens on %s', (_name, createHost) => {
  const open = async (options?: WorldOptions): Promise<World> => {
    const world = await openWorld(authorizationServer, createHost, options);
    worlds.push(world);
    return world;
  };

  it('[RFC7662-2.2-01] a token that its issuer does not know is refused, and a token that it issued is let in with what it says about it', async () => {
    const world = await open({ route: { requiredScopes: [scope] } });
    const refused = await world.call('never-issued-0000000000');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');

    const allowed = await world.call(await world.getToken());
    expect(allowed.status).toBe(200);
    expect(await allowed.json()).toMatchObject({
      issuer: authorizationServer.issuer,
      clientId: 'demo',
      scopes: [scope],
      audience: world.resource,
      token: '[redacted]',
    });
    expect(refusals(world)).toEqual(['inactive_token']);
  });

  it('[RFC7662-2.1-01] [RFC7662-2.1-03] asks by POST, with the token in a form and nothing in the URL', async () => {
    const world = await open();
    const token = await world.getToken();
    await world.call(token);
    const [call] = world.calls;
    expect(call?.form.get('token')).toBe(token);
    expect([null, 'access_token']).toContain(call?.form.get('token_type_hint'));
    expect(call?.headers.get('content-type')).toContain('application/x-www-form-urlencoded');
  });

  it('[RFC7662-2.2-01] [RFC7662-4-02] a token that was taken back is refused by the very next request where nothing is cached', async () => {
    const world = await open();
    const token = await world.getToken();
    expect(await statusesOf(world, [token, token])).toEqual([200, 200]);
    await world.revoke(token);
    expect(await statusesOf(world, [token])).toEqual([401]);
    expect(world.calls).toHaveLength(3);
  });

  it('[RFC7662-4-02] where answers are kept, a token that was taken back is refused when the configured time is over', async () => {
    const world = await open({ introspection: { keepAnswers: { activeSeconds: 60 } } });
    const token = await world.getToken();
    expect(await statusesOf(world, [token])).toEqual([200]);
    await world.revoke(token);
    world.advance(30);
    expect(await statusesOf(world, [token])).toEqual([200]);
    expect(world.calls).toHaveLength(1);
    world.advance(31);
    expect(await statusesOf(world, [token])).toEqual([401]);
    expect(world.calls).toHaveLength(2);
  });

  it('[RFC7662-2.2-02] a token for another resource of the same issuer is refused', async () => {
    const [world, other] = [await open(), await open()];
    const token = await world.getToken(other.resource);
    expect(await statusesOf(world, [token])).toEqual([401]);
    expect(refusals(world)).toEqual(['wrong_audience']);
    expect(await statusesOf(other, [token])).toEqual([200]);
  });

  it('[RFC7662-2.2-02] a token without the scope of the route is told which one it lacks', async () => {
    const world = await open({ route: { requiredScopes: ['notes:write'] } });
    const response = await world.call(await world.getToken());
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toContain('scope="notes:write"');
  });

  it('[RFC7662-2.2-02] [RFC7662-4-01] a token is refused once it has expired, also where its answer is kept', async () => {
    const world = await open({ introspection: { keepAnswers: { activeSeconds: 3600 } } });
    const token = await world.getToken();
    expect(await statusesOf(world, [token])).toEqual([200]);
    world.advance(tokenLifetimeSeconds + 60);
    // The clock of the authorization server stands at the time before
    expect(await statusesOf(world, [token])).toEqual([401]);
    expect(refusals(world)).toEqual(['token_expired']);
  });

  it('[RFC7662-4-04] credentials that cannot be a token are never sent on', async () => {
    const world = await open();
    expect(await statusesOf(world, ['two words', 'per%cent'])).toEqual([400, 400]);
    expect(world.calls).toHaveLength(0);
  });

  it('[RFC7662-2.3-01] with a wrong client secret nobody is let in or called a liar, and the operator learns what to mend', async () => {
    const clientSecret = 'a-secret-that-is-wrong';
    const world = await open({
      introspection: {
        clientAuthentication: { method: 'client_secret_basic', clientId: 'resource-server', clientSecret },
      },
    });
    const token = await world.getToken();
    const response = await world.call(token);
    expect(response.status).toBe(503);
    expect(response.headers.get('www-authenticate')).toBeNull();
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);

    const fault = world.events.find((event) => event.type === 'fault');
    expect(fault?.error.code).toBe('introspection_unauthorized');
    expect(fault?.error.message).toContain('introspection.clientAuthentication');
    const told = JSON.stringify([world.events, fault?.error.message, await response.text()]);
    for (const secret of [clientSecret, encodeURIComponent(clientSecret), token]) {
      expect(told).not.toContain(secret);
    }
  });

  it('[RFC7662-2.3-01] what the issuer refuses to look at is refused, and closes the way to nobody else', async () => {
    const world = await open();
    const claims = { audience: world.resource, subject: 'mallory', scopes: [scope], expiresInSeconds: 300 };
    // oidc-provider introspects no JWTs
    const jwts = await Promise.all(Array.from({ length: 10 }, () => authorizationServer.sign(claims)));
    expect(new Set(await statusesOf(world, jwts))).toEqual(new Set([401]));
    expect(world.calls).toHaveLength(jwts.length);
    expect(await statusesOf(world, [await world.getToken()])).toEqual([200]);
  });

  it('[RFC7662-2.3-01] while the authorization server is down nobody is told to throw a token away, and it all ends by itself', async () => {
    const world = await open();
    const token = await world.getToken();
    await authorizationServer.interrupt();
    const refused = await world.call(token);
    await authorizationServer.resume();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('www-authenticate')).toBeNull();
    world.advance(Number(refused.headers.get('retry-after')));
    expect(await statusesOf(world, [token])).toEqual([200]);
  });

  it('[RFC7662-2.2-01] [RFC9068-4-03] takes JWTs and opaque tokens on one route, and asks about the opaque ones only', async () => {
    const world = await open({ mode: 'auto' });
    const claims = { audience: world.resource, subject: 'alice', scopes: [scope], expiresInSeconds: 300 };
    const jwt = await authorizationServer.sign(claims);
    const forged = `${jwt.slice(0, -4)}${jwt.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    expect(await statusesOf(world, [forged, jwt])).toEqual([401, 200]);
    expect(world.calls).toHaveLength(0);
    expect(await statusesOf(world, ['never-issued-0000000000', await world.getToken()])).toEqual([401, 200]);
    expect(world.calls).toHaveLength(2);
  });

  it('[RFC7662-4-02] a thousand requests with one token at the same time are one question', async () => {
    const callers = 1000;
    const reached = async (count: number): Promise<void> => {
      await vi.waitFor(() => expect(world.arrived).toBeGreaterThanOrEqual(count), { timeout: 60_000 });
    };
    const world = await open({
      // The answer waits for all callers, on any machine
      introspection: { timeoutMs: 60_000 },
      beforeIntrospection: () => reached(callers),
    });
    const tokens = Array.from<string>({ length: callers }).fill(await world.getToken());
    let sent = 0;
    const answers = await callAtOnce(world, tokens, () => reached((sent += 250)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(world.calls).toHaveLength(1);
  });

  it('[RFC7662-2.3-01] a thousand callers during an outage are turned away at once, and the failing endpoint is left alone', async () => {
    const world = await open({ stopped: true });
    const tokens = Array.from({ length: 1000 }, (_value, index) => `unknown-token-${index}`);
    await authorizationServer.interrupt();
    const first = await callAtOnce(world, tokens);
    const budget = world.calls.length;
    const second = await callAtOnce(world, tokens);
    await authorizationServer.resume();
    expect(new Set([...first, ...second].map(({ status }) => status))).toEqual(new Set([503]));
    expect([...first, ...second].every(({ retryAfter }) => Number(retryAfter) > 0)).toBe(true);
    // As many as may be under way at once, and four more until nobody waits for it any longer
    expect(budget).toBeLessThanOrEqual(32 + 4);
    expect(world.calls).toHaveLength(budget);
  });
});
