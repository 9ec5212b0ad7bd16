import type { MCPAuthConfig } from '@mcp-auth/express';

/** What every host of this server is given. */
export interface LocalConfig extends Pick<MCPAuthConfig, 'onEvent'> {
  /** Where clients reach the server, without a path: the issuer of its tokens. */
  readonly origin: string;
  /** `mcp_public_key.pem`: tokens that the private key of this pair has signed are accepted. */
  readonly publicKey: string;
}

/** The algorithm of the key pair; PEM does not say. */
export const algorithm = 'RS256';

/** The URL that clients are given, character by character: the resource identifier, and the audience of tokens (RFC 9728 §3.3). */
export function resourceAt(origin: string): string {
  return `${origin}/mcp`;
}

/** A server that trusts one key, its own, and publishes all that a client has to know. */
export function createConfig({ origin, publicKey, onEvent }: LocalConfig) {
  return {
    onEvent,
    protectedResources: {
      metadata: {
        resource: resourceAt(origin),
        resourceName: 'Local keys',
        scopesSupported: ['echo'],
        authorizationServers: [
          { metadata: { issuer: origin }, jwks: [{ pem: publicKey, alg: algorithm }], publish: true },
        ],
      },
    },
  } as const satisfies MCPAuthConfig;
}
