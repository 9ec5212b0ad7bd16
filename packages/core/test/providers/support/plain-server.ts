import type { AuthServerOptions, DiscoveryAuthServerConfig } from '../../../src/index.js';
import { createFakeProvider, type FakeProvider } from './fake-provider.js';

const issuer = 'https://as.example.com';

/** Claims of a token that any configuration without rules of its own accepts. */
export const plainClaims = {
  iss: issuer,
  aud: 'https://api.example.com/mcp',
  sub: 'user-1',
  client_id: 'c-1',
};

/** An authorization server without peculiarities. */
export function createPlainProvider(): Promise<FakeProvider> {
  return createFakeProvider({
    [`${issuer}/.well-known/oauth-authorization-server`]: {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
    },
  });
}

export function plainServer(options: AuthServerOptions = {}): DiscoveryAuthServerConfig {
  return { issuer, type: 'oauth', ...options };
}
