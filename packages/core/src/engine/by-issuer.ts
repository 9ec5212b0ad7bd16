import type { GatedResource } from '../resource/gated-resource.js';
import type { TrustedServer } from '../resource/trusted-server.js';

/** What `read` finds for each authorization server of a resource, by the values a token may carry as `iss`. */
export function readByIssuer<T>(
  resource: GatedResource,
  read: (server: TrustedServer, resource: GatedResource) => T,
): ReadonlyMap<string, T> {
  return new Map(
    resource.servers.flatMap((server) => {
      const value = read(server, resource);
      return server.tokenIssuers.map((issuer) => [issuer, value] as const);
    }),
  );
}
