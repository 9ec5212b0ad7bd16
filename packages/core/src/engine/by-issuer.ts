import type { TrustedServer } from '../resource/trusted-server.js';

/** What `read` finds for each of these authorization servers, by the values a token may carry as `iss`. */
export function readByIssuer<T>(
  servers: readonly TrustedServer[],
  read: (server: TrustedServer) => T,
): ReadonlyMap<string, T> {
  return new Map(
    servers.flatMap((server) => {
      const value = read(server);
      return server.tokenIssuers.map((issuer) => [issuer, value] as const);
    }),
  );
}
