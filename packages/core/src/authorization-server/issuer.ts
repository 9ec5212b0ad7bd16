import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { isLoopbackHost, parseUrl } from '../net/secure-url.js';
import type { AuthServerType } from '../config/authorization-server.js';

/**
 * Checks an issuer identifier (RFC 8414 §2): an https URL without query and fragment; http on loopback only. Mistakes that
 * can be seen in it are told with what to write instead.
 *
 * @param namesTenant - whether tokens carry the issuer itself; else it may stand for all tenants of a provider
 *
 * Does not check: whether an authorization server with this identifier exists.
 *
 * @throws {MCPAuthConfigError} `invalid_issuer`, `insecure_issuer`
 */
export function checkIssuer(
  issuer: unknown,
  path: string,
  allowInsecureHttp: boolean,
  namesTenant = true,
): asserts issuer is string {
  const url = typeof issuer === 'string' ? parseUrl(issuer) : undefined;
  const mistake = typeof issuer === 'string' ? findMistake(issuer, url, namesTenant) : undefined;
  if (mistake !== undefined) throw new MCPAuthConfigError('invalid_issuer', path, mistake);
  if (url === undefined) {
    const variable = issuer === undefined ? ' Is an environment variable not set?' : '';
    throw new MCPAuthConfigError(
      'invalid_issuer',
      path,
      `must be an absolute URL, exactly as the authorization server states it, but is ${describeValue(issuer, true)}.${variable}`,
    );
  }
  if (url.protocol === 'http:' && !allowInsecureHttp && !isLoopbackHost(url.hostname)) {
    throw new MCPAuthConfigError(
      'insecure_issuer',
      path,
      'must use https. Plain http is for loopback hosts; allowInsecureHttp lifts this in test networks.',
    );
  }
}

/** Mistakes that the text of an issuer shows, each with its fix; the first that applies is told. */
const mistakes: readonly (readonly [mistake: RegExp, fix: string])[] = [
  [
    /^["'].*["']$/,
    'has quotation marks around it. Remove them from the environment variable or file it comes from.',
  ],
  [/\s/, 'must have no spaces and line breaks. Trim what was read from a file or a variable.'],
  [
    /[{}<>]|\$\(|(?:^|\/)(?:undefined|null)(?:[/:]|$)/i,
    'has a placeholder that was not filled in. Write the value instead, or set the environment variable that it comes from. For Entra ID with several tenants use entraMultiTenant().',
  ],
  [
    /\/\.well-known(?:\/|$)/,
    'is the address of a metadata document. Write the issuer, which is what comes before /.well-known/ in most cases, or write { issuer, wellKnownUrl } where the two differ.',
  ],
  [/[?#]/, 'must have no query and no fragment (RFC 8414 §2).'],
  [
    /\\|^https?:\/?[^/]/i,
    'must begin with https:// and use slashes, exactly as the authorization server states it.',
  ],
];

/** Entra ID's addresses for all tenants. */
const anyTenant =
  /^https?:\/\/(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn)\/(?:common|organizations|consumers)(?:\/|$)/i;

function findMistake(issuer: string, url: URL | undefined, namesTenant: boolean): string | undefined {
  const found = mistakes.find(([mistake]) => mistake.test(issuer));
  if (found !== undefined) return found[1];
  if (namesTenant && anyTenant.test(issuer)) {
    return 'names no single tenant, and no token carries it. Use entra({ tenantId, … }) for one tenant, or entraMultiTenant({ tenantIds, … }).';
  }
  if (url !== undefined && (url.username !== '' || url.password !== '')) {
    return 'must not have a user name or password.';
  }
  return undefined;
}

const oauthSegment = '/.well-known/oauth-authorization-server';
const oidcSegment = '/.well-known/openid-configuration';

/**
 * Where a server of a known type publishes its metadata.
 *
 * `oauth`: the segment goes between host and path (RFC 8414 §3.1). `oidc`: it is appended to the path (OpenID Connect
 * Discovery §4.1). A slash that ends the issuer is dropped for the URL; it stays part of the identifier.
 *
 * @see RFC 8414 §3.1
 * @example
 * ```ts
 * import { getMetadataUrl } from '@mcp-auth/core';
 *
 * // https://auth.example.com/.well-known/oauth-authorization-server/tenant
 * const url = getMetadataUrl('https://auth.example.com/tenant', 'oauth');
 * ```
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
 *
 * @see RFC 8414 §3.1
 * @see MCP Authorization, Authorization Server Metadata Discovery
 * @example
 * ```ts
 * import { getCandidateMetadataUrls } from '@mcp-auth/core';
 *
 * for (const { url, type } of getCandidateMetadataUrls('https://auth.example.com/tenant')) console.log(type, url);
 * ```
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
