import type { AuthServerOptions } from '../config/authorization-server.js';
import { normalizeHeaders } from '../config/headers.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { isSecureUrl, parseUrl } from '../net/secure-url.js';

/** How a document of an authorization server is asked for. */
export interface ReachedDocument {
  readonly url: string;
  /** Sent along; none to origins that are not the server's own. */
  readonly headers: Readonly<Record<string, string>> | undefined;
}

type ReachOptions = Pick<AuthServerOptions, 'internalOrigin' | 'requestHeaders'> & {
  readonly wellKnownUrl?: string | undefined;
};

export type Reach = (url: string) => ReachedDocument;

/** Keys that come without TLS may be anybody's, so that is said in a second option. @throws {MCPAuthConfigError} `invalid_option` */
export function checkInternalOrigin(internalOrigin: string, allowInsecureHttp: boolean, path: string): void {
  if (isSecureUrl(internalOrigin, allowInsecureHttp)) return;
  throw new MCPAuthConfigError(
    'invalid_option',
    path,
    'must use https. Plain http is for loopback hosts; allowInsecureHttp lifts this in private networks, where everybody on the way could change the keys.',
  );
}

/**
 * Leads requests for documents of an authorization server to the address at which this process reaches it.
 *
 * What a document names at another origin is asked for there, without the headers: they may be a secret between two parties.
 *
 * @param issuerOrUrl - its origin is the server's own
 */
export function createReach(
  issuerOrUrl: string,
  { internalOrigin, requestHeaders, wellKnownUrl }: ReachOptions,
): Reach {
  if (internalOrigin === undefined && requestHeaders === undefined)
    return (url) => ({ url, headers: undefined });
  const headers = normalizeHeaders(requestHeaders);
  const inside = internalOrigin === undefined ? undefined : new URL(internalOrigin);
  // An address that the owner has written is the server's own, and asked for as it is
  const named = wellKnownUrl === undefined ? undefined : parseUrl(wellKnownUrl)?.origin;
  const own = new Set([new URL(issuerOrUrl).origin, inside?.origin]);
  return (url) => {
    const target = parseUrl(url);
    if (target === undefined) return { url, headers: undefined };
    if (!own.has(target.origin)) return { url, headers: target.origin === named ? headers : undefined };
    if (inside === undefined) return { url, headers };
    // Copied onto the other, never joined: a path may begin with two slashes
    const moved = new URL(inside);
    moved.pathname = target.pathname;
    moved.search = target.search;
    return { url: moved.href, headers };
  };
}
