import { checkProtectedResourceForMcp } from '@mcp-auth/schemas';
import { describe, expect, test } from 'vitest';
import { atOnce } from '../support/at-once.js';
import { createHead } from '../support/head.js';
import {
  challengeOf,
  metadataUrl,
  protect,
  resource,
  statusOf,
  type ProtectOptions,
} from '../support/protect.js';

/** A route with scopes of its own, behind a document that publishes others. */
function protectWith(
  scopesSupported: readonly string[] | undefined,
  options: ProtectOptions['options'] = {},
) {
  return protect({
    options,
    resource: {
      metadata: {
        resource,
        authorizationServers: [{ issuer: 'https://as.example.com', type: 'oauth' }],
        ...(scopesSupported && { scopesSupported: [...scopesSupported] }),
      },
    },
  });
}

describe('a route may need scopes that the metadata does not publish', () => {
  test.each([
    ['some others', ['notes:read']],
    ['none', []],
    ['nothing about scopes', undefined],
    ['more than the route needs', ['admin', 'audit', 'notes:read']],
  ])(
    '[MCP-2026-07-28-RS-009] they are challenged as they are where it lists %s',
    async (_what, supported) => {
      const { ask, issuer, events, server } = await protectWith(supported, {
        requiredScopes: ['admin', 'audit'],
      });
      expect(challengeOf(await ask()).scope).toBe('admin audit');
      const poor = await ask(await issuer.sign({ scope: 'openid' }));
      expect([statusOf(poor), challengeOf(poor).scope]).toEqual([403, 'admin audit']);
      expect(statusOf(await ask(await issuer.sign({ scope: 'admin audit' })))).toBe(200);
      const target = new URL(metadataUrl).pathname;
      const document: unknown = JSON.parse(
        atOnce(server.metadataEndpoint.answer(createHead({ method: 'GET', target })))?.body ?? '',
      );
      const findings = checkProtectedResourceForMcp(document, { revision: '2026-07-28', endpoint: resource });
      expect(findings).toEqual([]);
      expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
    },
  );
});
