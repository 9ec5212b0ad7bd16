import { MCPAuthConfigError } from '../errors/config-error.js';
import type { PublishedDocument } from '../documents/document-endpoint.js';
import type { ProtectedResource } from './protected-resource.js';
import type { LocalServer } from '../authorization-server/local-server.js';

/**
 * The documents of all local authorization servers.
 *
 * Checks: each is at the origin of a resource that trusts it, where clients look for it; none stands in the place of another.
 *
 * @throws {MCPAuthConfigError} `invalid_metadata`, `duplicate_authorization_server`
 */
export function collectLocalDocuments(resources: readonly ProtectedResource[]): readonly PublishedDocument[] {
  const servers = new Map<string, LocalServer>();
  const origins = new Map<LocalServer, Set<string>>();
  for (const { identifier, servers: trusted } of resources) {
    for (const { local } of trusted.map(({ server }) => server)) {
      if (local === undefined) continue;
      const other = addServer(servers, local);
      origins.set(other, (origins.get(other) ?? new Set()).add(new URL(identifier).origin));
    }
  }
  return [...servers.values()].flatMap((local) => {
    checkOrigin(local, origins.get(local) ?? new Set());
    return local.documents;
  });
}

/** The server that speaks for these documents: the first of several that publish the same. */
function addServer(servers: Map<string, LocalServer>, local: LocalServer): LocalServer {
  const place = local.documents[0]?.url.href ?? '';
  const known = servers.get(place);
  if (known === undefined) {
    servers.set(place, local);
    return local;
  }
  if (known.id === local.id) return known;
  throw new MCPAuthConfigError(
    'duplicate_authorization_server',
    `${local.path}.publish`,
    `puts other documents in the place of those of ${known.path}. Publish an issuer once, with all its keys.`,
  );
}

function checkOrigin({ path, documents }: LocalServer, origins: ReadonlySet<string>): void {
  const origin = documents[0]?.url.origin ?? '';
  if (origins.has(origin)) return;
  throw new MCPAuthConfigError(
    'invalid_metadata',
    `${path}.metadata.issuer`,
    `is at ${origin}, where this process is not known to be. With publish it must be at the origin of a resource that trusts it: ${[...origins].join(', ')}.`,
  );
}
