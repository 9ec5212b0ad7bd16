import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { startFor } from '../suites/tried-server.js';
import { addClient } from './clients.js';
import { machine, type TriedKeycloak } from './keycloak.js';
import { scopes } from './realm.js';
import { fetchToken, readClaims, readHeader } from './tokens.js';

export function describeSignatures(tried: () => TriedKeycloak): void {
  describe('how tokens are signed, and bound', () => {
    test('to a key of the client: denied, as for any provider', async () => {
      const { issuer } = tried();
      const { publicKey, privateKey } = await generateKeyPair('ES256');
      const proof = await new SignJWT({ htm: 'POST', htu: `${issuer}/protocol/openid-connect/token` })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(publicKey) })
        .setIssuedAt()
        .setJti('interop-1')
        .sign(privateKey);
      const token = await fetchToken({ issuer, client: machine, scope: scopes[0], headers: { dpop: proof } });
      expect(readClaims(token)).toHaveProperty('cnf.jkt');
      const server = await startFor(tried());
      expect(await server.ask(token)).toMatchObject({ status: 401 });
      expect(server.lastRefusal).toMatchObject({ code: 'sender_constrained' });
      await server.close();
    });

    test.each(['PS256', 'ES256', 'EdDSA'])('with %s, as a client was told: pass', async (alg) => {
      const client = { id: `signs-with-${alg}`, secret: 'interop-only' };
      await addClient(tried().realm, client, { attributes: { 'access.token.signed.response.alg': alg } });
      const token = await fetchToken({ issuer: tried().issuer, client, scope: scopes[0] });
      expect(readHeader(token)['alg']).toBe(alg);
      const server = await startFor(tried());
      expect(await server.ask(token)).toMatchObject({ status: 200 });
      await server.close();
    });

    test('as at+jwt, where a client was told so: pass', async () => {
      const client = { id: 'says-at-jwt', secret: 'interop-only' };
      const attributes = { 'access.token.header.type.rfc9068': 'true' };
      await addClient(tried().realm, client, { attributes });
      const token = await fetchToken({ issuer: tried().issuer, client, scope: scopes[0] });
      expect(readHeader(token)['typ']).toBe('at+jwt');
      const server = await startFor(tried());
      expect(await server.ask(token)).toMatchObject({ status: 200 });
      await server.close();
    });
  });
}
