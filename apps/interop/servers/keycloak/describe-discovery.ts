import { fetchServerConfig } from '@mcp-auth/express';
import { describe, expect, test } from 'vitest';
import type { TriedKeycloak } from './keycloak.js';

interface Feature {
  readonly name: string;
  readonly type: string;
  readonly enabled: boolean;
}

export function describeDiscovery(tried: () => TriedKeycloak): void {
  describe('{#check} discovery', () => {
    test.each(['oidc', 'oauth'] as const)('%s: the document is found and taken', async (type) => {
      const { metadata } = await fetchServerConfig(tried().issuer, { type });
      expect(metadata.issuer).toBe(tried().issuer);
      expect(metadata.codeChallengeMethodsSupported).toContain('S256');
      expect(metadata.registrationEndpoint).toContain('/clients-registrations/openid-connect');
      expect(metadata.clientIdMetadataDocumentSupported).not.toBe(true);
    });

    test('{#features} the two features are experimental, and off', async () => {
      const { features } = await tried().realm.admin.get<{ readonly features: readonly Feature[] }>(
        '/serverinfo',
      );
      for (const name of ['RESOURCE_INDICATORS', 'CIMD']) {
        expect(features.find((feature) => feature.name === name)).toMatchObject({
          type: 'EXPERIMENTAL',
          enabled: false,
        });
      }
    });

    test('{#quirks} the key set may be kept for as long as the shortest time there is', async () => {
      const { metadata } = await fetchServerConfig(tried().issuer, { type: 'oidc' });
      const { headers } = await fetch(metadata.jwksUri ?? '');
      expect(headers.get('cache-control')).toBe('no-cache');
    });
  });
}
