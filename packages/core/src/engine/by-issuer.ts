import type { ProtectedResource } from '../resource/protected-resource.js';
import type { TrustedServer } from '../resource/trusted-server.js';

/** What `read` finds for each authorization server of a resource, by the values a token may carry as `iss`. */
export function readByIssuer<T>(
  resource: ProtectedResource,
  read: (server: TrustedServer, resource: ProtectedResource) => T,
): ReadonlyMap<string, T> {
  return new Map(
    resource.servers.flatMap((server) => {
      const value = read(server, resource);
      return server.tokenIssuers.map((issuer) => [issuer, value] as const);
    }),
  );
}
