import type { AuthServerType } from '../config/authorization-server.js';

const oauthSegment = '/.well-known/oauth-authorization-server';
const oidcSegment = '/.well-known/openid-configuration';

/**
 * Where a server of a known type publishes its metadata.
 *
 * `oauth`: the segment goes between host and path (RFC 8414 §3.1). `oidc`: it is appended to the path (OpenID Connect
 * Discovery §4.1). A slash that ends the issuer is dropped for the URL; it stays part of the identifier.
 */
export function getMetadataUrl(issuer: string, type: AuthServerType): string {
  const { origin, path } = splitIssuer(issuer);
  return type === 'oauth' ? `${origin}${oauthSegment}${path}` : `${origin}${path}${oidcSegment}`;
}

/**
 * Where a local server publishes its keys: the usual place, and the path of the issuer behind it as RFC 8414 §3.1 does
 * it, so that two issuers at one origin stay apart.
 */
export function getLocalKeySetUrl(issuer: string): string {
  const { origin, path } = splitIssuer(issuer);
  return `${origin}/.well-known/jwks.json${path}`;
}

/**
 * Where to look when the type is not known, in order (MCP Authorization, Authorization Server Metadata Discovery):
 * RFC 8414 inserted, OpenID inserted, OpenID appended; without a path the last two are one.
 */
export function getCandidateMetadataUrls(
  issuer: string,
): readonly { readonly url: string; readonly type: AuthServerType }[] {
  const { origin, path } = splitIssuer(issuer);
  return [
    { url: `${origin}${oauthSegment}${path}`, type: 'oauth' },
    { url: `${origin}${oidcSegment}${path}`, type: 'oidc' },
    ...(path === '' ? [] : [{ url: `${origin}${path}${oidcSegment}`, type: 'oidc' } as const]),
  ];
}

/** The issuers whose well-known URL this may be, with and without a final slash; nothing for any other URL. */
export function getIssuersOfMetadataUrl(metadataUrl: string): readonly string[] {
  const { origin, pathname } = new URL(metadataUrl);
  const candidates: string[] = [];
  if (pathname.startsWith(oauthSegment)) candidates.push(pathname.slice(oauthSegment.length));
  if (pathname.endsWith(oidcSegment)) candidates.push(pathname.slice(0, -oidcSegment.length));
  else if (pathname.startsWith(oidcSegment)) candidates.push(pathname.slice(oidcSegment.length));
  return candidates
    .filter((path) => path === '' || path.startsWith('/'))
    .flatMap((path) => [`${origin}${path}`, `${origin}${path}/`]);
}

/** RFC 8414 §3.1: a slash that ends the issuer is removed before the segment is inserted. */
function splitIssuer(issuer: string): { readonly origin: string; readonly path: string } {
  const url = new URL(issuer);
  const path = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : url.pathname;
  return { origin: url.origin, path };
}
