import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  startAuthorizationServer,
  type AuthorizationServer,
} from '../../src/authorization-server/authorization-server.js';
import { createSigningKey } from '../../src/authorization-server/signing-key.js';
import { clientKey, clients, keyClient, oddClient, postClient } from './clients.js';
import { onExpress } from './hosts.js';
import { openWorld, type Introspection, type World } from './world.js';

let authorizationServer: AuthorizationServer;
let world: World | undefined;

beforeAll(async () => {
  authorizationServer = await startAuthorizationServer(0, clients);
});
afterEach(() => world?.close());
afterAll(() => authorizationServer.close());

async function open(clientAuthentication: Introspection['clientAuthentication']): Promise<World> {
  world = await openWorld(authorizationServer, onExpress, { introspection: { clientAuthentication } });
  return world;
}

async function statusWith(clientAuthentication: Introspection['clientAuthentication']): Promise<number> {
  const { call, getToken } = await open(clientAuthentication);
  return (await call(await getToken())).status;
}

const basicOf = (clientSecret: string): Introspection['clientAuthentication'] => ({
  method: 'client_secret_basic',
  clientId: oddClient.id,
  clientSecret,
});
const postOf = (clientSecret: string): Introspection['clientAuthentication'] => ({
  method: 'client_secret_post',
  clientId: postClient.id,
  clientSecret,
});

describe('how a resource server shows a certified authorization server who it is', () => {
  it('[RFC7662-2.1-02] client_secret_basic: identifier and secret are form-encoded first, whatever they hold', async () => {
    expect(await statusWith(basicOf(`${oddClient.secret}x`))).toBe(503);
    await world?.close();
    expect(await statusWith(basicOf(oddClient.secret))).toBe(200);
    const field = world?.calls[0]?.headers.get('authorization') ?? '';
    const pair = Buffer.from(field.replace(/^Basic /, ''), 'base64').toString();
    expect(pair.split(':')).toHaveLength(2);
  });

  it('[RFC7662-2.1-02] client_secret_post: both in the form, none in a field', async () => {
    expect(await statusWith(postOf(`${postClient.secret}x`))).toBe(503);
    await world?.close();
    expect(await statusWith(postOf(postClient.secret))).toBe(200);
    expect(world?.calls[0]?.form.get('client_secret')).toBe(postClient.secret);
    expect(world?.calls[0]?.headers.get('authorization')).toBeNull();
  });

  it('[RFC7662-2.1-02] a method that the server does not expect of this client lets nobody in', async () => {
    expect(
      await statusWith({ method: 'client_secret_post', clientId: keyClient.id, clientSecret: 'shared' }),
    ).toBe(503);
    const faults = world?.events.flatMap((event) => (event.type === 'fault' ? [event.error.code] : []));
    expect(faults).toEqual(['introspection_unauthorized']);
  });

  it('[RFC7662-2.1-02] private_key_jwt: a new assertion for each call, short-lived, for this issuer alone', async () => {
    const { call, getToken, calls } = await open({
      method: 'private_key_jwt',
      clientId: keyClient.id,
      key: clientKey,
    });
    const token = await getToken();
    expect((await call(token)).status).toBe(200);
    expect((await call(token)).status).toBe(200);
    const assertions = calls.map(({ form }) => form.get('client_assertion') ?? '');
    expect(new Set(assertions).size).toBe(2);
    for (const assertion of assertions) {
      const { iss, sub, aud, jti, iat = 0, exp = 0 } = decodeJwt(assertion);
      expect([iss, sub]).toEqual([keyClient.id, keyClient.id]);
      expect(aud).toBe(authorizationServer.issuer);
      expect(jti).toBeTruthy();
      expect(exp - iat).toBeLessThanOrEqual(300);
      expect(decodeProtectedHeader(assertion)).toMatchObject({ alg: 'ES256', kid: clientKey.kid });
    }
    expect(calls[0]?.form.get('client_assertion_type')).toBe(
      'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    );
  });

  it('[RFC7662-2.1-02] private_key_jwt with a key that the server does not know: nobody is let in', async () => {
    const key = createClientKey();
    expect(await statusWith({ method: 'private_key_jwt', clientId: keyClient.id, key })).toBe(503);
    expect(JSON.stringify(world?.events)).not.toContain(key.d);
  });
});
