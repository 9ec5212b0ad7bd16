import { answerDocument, type PublishedDocument } from '../documents/document-endpoint.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { withoutPrefix } from './metadata-url.js';
import type { ProtectedResource } from './protected-resource.js';
import { getResourceMetadataUrl } from './resource-identifier.js';

/**
 * The documents of all resources, each wherever a request for it may arrive, and others.
 *
 * Checks: each has its own URL, and none is where a resource is.
 *
 * @param warn - tells the owner of a document that is not published at a place where it may be asked for
 * @throws {MCPAuthConfigError} `invalid_metadata`
 */
export function collectMetadataDocuments(
  resources: readonly ProtectedResource[],
  others: readonly PublishedDocument[],
  warn: (message: string) => void,
): readonly PublishedDocument[] {
  const documents = [...resources.flatMap(publish), ...others];
  for (const resource of resources) checkMetadataUrl(resource, resources, documents);
  return [...documents, ...publishBehindGateway(resources, documents, warn)];
}

/** Where clients are told to look, and where they look without being told (RFC 9728 §3.1). */
function publish({ identifier, metadataUrl, document }: ProtectedResource): readonly PublishedDocument[] {
  const answer = answerDocument(document);
  const urls = new Set([metadataUrl, getResourceMetadataUrl(identifier)]);
  return [...urls].map((url) => ({ url: new URL(url), read: () => answer }));
}

/**
 * The same documents at the path that is left where a gateway cuts off what stands in front of the well-known path. One that cannot
 * be told from another document is left out: a client would get a document of another resource.
 */
function publishBehindGateway(
  resources: readonly ProtectedResource[],
  documents: readonly PublishedDocument[],
  warn: (message: string) => void,
): readonly PublishedDocument[] {
  const found = resources.flatMap(({ identifier, metadataUrl, document }) => {
    const url = withoutPrefix(metadataUrl);
    const isPublished = url?.pathname === new URL(getResourceMetadataUrl(identifier)).pathname;
    const answer = answerDocument(document);
    return url === undefined || isPublished ? [] : [{ identifier, url, read: () => answer }];
  });
  const paths = [...documents, ...found].map(({ url }) => url.pathname);
  return found.filter(({ identifier, url: { pathname } }) => {
    const isAlone = paths.filter((path) => path === pathname).length === 1;
    if (!isAlone) {
      warn(
        `The metadata of ${identifier} is not published at ${pathname}, where that of another resource is too. If a gateway cuts off the path in front, let it forward the whole path.`,
      );
    }
    return isAlone;
  });
}

/** Only an address of the owner's choice can be one that is taken. */
function checkMetadataUrl(
  { identifier, metadataUrl, path }: ProtectedResource,
  resources: readonly ProtectedResource[],
  documents: readonly PublishedDocument[],
): void {
  if (metadataUrl === getResourceMetadataUrl(identifier)) return;
  const { href, pathname } = new URL(metadataUrl);
  const hidden = resources.find((other) => new URL(other.identifier).pathname === pathname);
  const isTaken = documents.filter(({ url }) => url.href === href).length > 1;
  if (hidden === undefined && !isTaken) return;
  throw new MCPAuthConfigError(
    'invalid_metadata',
    `${path}.metadataUrl`,
    hidden === undefined
      ? 'is the address of another document. Each resource has its own.'
      : `is at the path of the resource ${hidden.identifier}, whose requests would be answered with the document.`,
  );
}
