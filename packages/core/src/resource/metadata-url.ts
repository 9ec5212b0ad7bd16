const segment = '/.well-known/oauth-protected-resource';

/**
 * Where the metadata of a resource is published: the well-known segment goes between host and path (RFC 9728 §3.1).
 *
 * A slash right after the host is dropped when nothing follows; a longer path and a query are kept as they are.
 */
export function getResourceMetadataUrl(resource: string): string {
  const url = new URL(resource);
  return `${url.origin}${getResourceMetadataTarget(url)}`;
}

/** Path and query of that URL. */
export function getResourceMetadataTarget(resource: URL): string {
  const path = resource.pathname === '/' ? '' : resource.pathname;
  return `${segment}${path}${resource.search}`;
}
