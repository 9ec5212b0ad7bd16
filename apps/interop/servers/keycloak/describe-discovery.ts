import { fetchServerConfig } from '@mcp-auth/express';
import { describe, expect, test } from 'vitest';
import type { TriedKeycloak } from './keycloak.js';

export function describeDiscovery(tried: () => TriedKeycloak): void {
  describe('{#check} discovery', () => {
    test.each(['oidc', 'oauth'] as const)('%s: the document is found and taken', async (type) => {
      const { metadata } = await fetchServerConfig(tried().issuer, { type });
      expect(metadata.issuer).toBe(tried().issuer);
      expect(metadata.codeChallengeMethodsSupported).toContain('S256');
      expect(metadata.registrationEndpoint).toContain('/clients-registrations/openid-connect');
      expect(metadata.clientIdMetadataDocumentSupported).not.toBe(true);
    });

    test('{#quirks} the key set may be kept for as long as the shortest time there is', async () => {
      const { metadata } = await fetchServerConfig(tried().issuer, { type: 'oidc' });
      const { headers } = await fetch(metadata.jwksUri ?? '');
      expect(headers.get('cache-control')).toBe('no-cache');
    });
  });
}
