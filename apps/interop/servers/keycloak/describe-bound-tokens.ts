import * as dpop from 'dpop';
import { describe, expect, test } from 'vitest';
import { fetchTokenByLogin, redirectUrl } from '../lib/code-flow.js';
import type { NotesServer } from '../lib/notes-server.js';
import { type IntrospectingClient, startFor } from '../suites/tried-server.js';
import { addPublicClient } from './clients.js';
import { machine, type TriedKeycloak } from './keycloak.js';
import { scopes } from './realm.js';
import { fetchToken, readClaims } from './tokens.js';

/** Tokens that Keycloak binds to the key of a client (RFC 9449), which makes its proofs with the package `dpop`. */
export function describeBoundTokens(tried: () => TriedKeycloak, asking: () => IntrospectingClient): void {
  const tokenEndpoint = () => `${tried().issuer}/protocol/openid-connect/token`;
  const start = (mode: 'jwt' | 'introspection' = 'jwt') => {
    const { authentication: clientAuthentication } = asking();
    return startFor(tried(), {
      mode,
      dpop: { mode: 'dpop-optional' },
      authorizationServer: tried().entry(mode === 'jwt' ? undefined : { clientAuthentication }),
    });
  };

  /** What must hold for a token of this key, no matter how the client got it. */
  async function expectBound(server: NotesServer, keys: dpop.KeyPair, token: string): Promise<void> {
    expect(readClaims(token)).toMatchObject({
      cnf: { jkt: await dpop.calculateThumbprint(keys.publicKey) },
    });
    const prove = async (pair: dpop.KeyPair) => ({
      authorization: `DPoP ${token}`,
      dpop: await dpop.generateProof(pair, tried().resource, 'POST', undefined, token),
    });
    expect(await server.ask(token)).toMatchObject({ status: 401 });
    expect(server.lastRefusal).toMatchObject({ code: 'bound_token_as_bearer', binding: 'dpop' });
    expect(await server.askWith(await prove(await dpop.generateKeyPair('ES256')))).toMatchObject({
      status: 401,
    });
    expect(server.lastRefusal).toMatchObject({ code: 'wrong_sender' });
    const headers = await prove(keys);
    expect(await server.askWith(headers)).toMatchObject({ status: 200 });
    expect(await server.askWith(headers)).toMatchObject({ status: 401 });
    expect(server.lastRefusal).toMatchObject({ code: 'replayed_proof' });
  }

  describe('tokens that are bound to a key of the client', () => {
    test.each(['jwt', 'introspection'] as const)(
      'pass with a proof of that key, once, and in no other way: mode %s',
      async (mode) => {
        const keys = await dpop.generateKeyPair('ES256');
        const proof = await dpop.generateProof(keys, tokenEndpoint(), 'POST');
        const token = await fetchToken({
          issuer: tried().issuer,
          client: machine,
          scope: scopes[0],
          headers: { dpop: proof },
        });
        if (mode === 'introspection') await asking().prepare?.();
        const server = await start(mode);
        await expectBound(server, keys, token);
        await server.close();
      },
    );

    test('of a user who has logged in: the same', async () => {
      const { issuer, realm, resource, logIn } = tried();
      await addPublicClient(realm, 'proves-its-key', redirectUrl);
      const keys = await dpop.generateKeyPair('ES256');
      const result = await fetchTokenByLogin({
        authorizationEndpoint: `${issuer}/protocol/openid-connect/auth`,
        tokenEndpoint: tokenEndpoint(),
        clientId: 'proves-its-key',
        scope: scopes[0],
        resource,
        logIn,
        headers: async () => ({ dpop: await dpop.generateProof(keys, tokenEndpoint(), 'POST') }),
      });
      if ('error' in result) throw new Error(result.error);
      const server = await start();
      await expectBound(server, keys, result.token);
      await server.close();
    });

    test('those that are bound to none pass as before', async () => {
      const server = await start();
      expect(await server.ask(await tried().issueToken())).toMatchObject({ status: 200 });
      await server.close();
    });
  });
}
