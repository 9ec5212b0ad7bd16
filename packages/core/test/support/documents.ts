import type { FetchFunction } from '../../src/net/fetch-json.js';

export type Documents = Readonly<Record<string, unknown>>;

/**
 * A `fetch` that serves these documents by URL and nothing else, and remembers what was asked for. A `Response` or a
 * function that makes one is served as it is.
 */
export function serve(documents: Documents): { readonly fetch: FetchFunction; readonly requests: string[] } {
  const requests: string[] = [];
  const fetch: FetchFunction = async (url) => {
    requests.push(url);
    await Promise.resolve();
    if (!Object.hasOwn(documents, url)) return Response.json({ error: 'not found' }, { status: 404 });
    const document = documents[url];
    if (typeof document === 'function') return (document as () => Response)();
    return Response.json(document);
  };
  return { fetch, requests };
}

/** The least that a metadata document may say. */
export function metadataOf(
  issuer: string,
  members: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    ...members,
  };
}
