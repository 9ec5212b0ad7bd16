import { beforeAll, describe, expect, test } from 'vitest';
import { type IntrospectingClient, startFor } from '../suites/tried-server.js';
import { addClient } from './clients.js';
import type { TriedKeycloak } from './keycloak.js';
import { findScopes, scopes } from './realm.js';
import { fetchToken, readClaims } from './tokens.js';

interface Mapper {
  readonly id: string;
  readonly config: Readonly<Record<string, string>>;
}

export function describeLightweightTokens(
  tried: () => TriedKeycloak,
  asking: () => IntrospectingClient,
): void {
  const light = { id: 'lightweight', secret: 'interop-only' };
  const issue = () => fetchToken({ issuer: tried().issuer, client: light, scope: scopes[0] });
  const ask = async (mode: 'jwt' | 'auto' | 'introspection') => {
    const { authentication: clientAuthentication } = asking();
    const server = await startFor(tried(), {
      mode,
      authorizationServer: tried().entry({ clientAuthentication }),
    });
    const { status } = await server.ask(await issue());
    await server.close();
    return status === 200 ? 200 : server.lastRefusal?.code;
  };

  describe('{#quirks} lightweight access tokens', () => {
    beforeAll(async () => {
      const attributes = { 'client.use.lightweight.access.token.enabled': 'true' };
      await addClient(tried().realm, light, { attributes });
      await asking().prepare?.();
    });

    test('have no aud: denied in the modes jwt and auto, which do not ask about a JWT', async () => {
      expect(readClaims(await issue())).not.toHaveProperty('aud');
      expect(await ask('jwt')).toBe('missing_audience');
      expect(await ask('auto')).toBe('missing_audience');
    });

    test('pass in the mode introspection: the answer has the aud that the token lacks', async () => {
      expect(await ask('introspection')).toBe(200);
    });

    test('pass in all modes once the mapper writes into them too', async () => {
      const { admin, path } = tried().realm;
      for (const { id } of await findScopes(tried().realm)) {
        const mappers = `${path}/client-scopes/${id}/protocol-mappers/models`;
        for (const mapper of await admin.get<readonly Mapper[]>(mappers)) {
          const config = { ...mapper.config, 'lightweight.claim': 'true' };
          await admin.put(`${mappers}/${mapper.id}`, { ...mapper, config });
        }
      }
      for (const mode of ['jwt', 'auto', 'introspection'] as const) expect(await ask(mode)).toBe(200);
    });
  });
}
