import { expect, test } from 'vitest';
import type { AuthServerConfig } from '../../src/config/authorization-server.js';
import { createClock } from './clock.js';
import { root, type ContractDriver } from './contract-fixture.js';
import { bearer, sendRaw } from './raw-request.js';
import { TestIssuer } from './test-issuer.js';

type Form = (issuer: TestIssuer, driver: ContractDriver) => AuthServerConfig | Promise<AuthServerConfig>;

/** A document with its issuer under another name, and what puts that right. */
const misnamed = async (data: Record<string, unknown>) => ({ ...data, issuer: data.Issuer });

const forms: readonly (readonly [row: string, form: Form])[] = [
  [
    '[contract row 1] fetched by issuer',
    ({ issuer, fetch }, driver) => driver.fetchServerConfig(issuer, { type: 'oauth', fetch }),
  ],
  [
    '[contract row 2] fetched from an exact URL',
    ({ issuer, fetch }, driver) =>
      driver.fetchServerConfigByWellKnownUrl(`${issuer}/.well-known/openid-configuration`, {
        type: 'oidc',
        fetch,
      }),
  ],
  [
    '[contract row 3] rewritten before validation',
    (testIssuer, driver) => {
      const { issuer, fetch, metadata } = testIssuer;
      Object.assign(metadata, { Issuer: issuer, issuer: 'nonsense' });
      return driver.fetchServerConfig(issuer, { type: 'oidc', fetch, transpileData: misnamed });
    },
  ],
  [
    '[contract row 4] written by hand',
    ({ issuer }) => ({
      type: 'oauth',
      metadata: { issuer, authorizationEndpoint: `${issuer}/a`, jwksUri: `${issuer}/jwks` },
    }),
  ],
  ['[contract row 5] named, and resolved on first use', ({ issuer }) => ({ issuer, type: 'oidc' })],
];

/** Rows 1 to 5: every form in which an authorization server may be given leads to the same verdicts. */
export function testConfigs(driver: ContractDriver): void {
  test.each(forms)('%s', async (_row, form) => {
    const clock = createClock();
    const issuer = await TestIssuer.create(clock);
    const config = {
      protectedResources: {
        metadata: { resource: root, authorizationServers: [await form(issuer, driver)] },
      },
      fetch: issuer.fetch,
      now: clock.now,
      onEvent: () => undefined,
    };
    const route = { path: '/mcp', mode: 'jwt', options: { resource: root } } as const;
    const app = await driver.start(config, [route], ({ auth }) => ({ subject: auth?.subject }));
    try {
      const send = (token: string) =>
        sendRaw(app.origin, '/mcp', { method: 'POST', body: '{}', headers: bearer(token) });
      expect((await send(await issuer.sign({ aud: root, iss: 'https://evil.example' }))).status).toBe(401);
      expect((await send(await issuer.sign({ aud: root }))).body).toBe('{"subject":"user-1"}');
    } finally {
      await app.close();
    }
  });
}
