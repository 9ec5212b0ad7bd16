import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { isLoopbackHost, parseUrl } from '../net/secure-url.js';

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
    /[{}<>]|\$\(|(?:\/\/|\/)(?:undefined|null)(?:\/|$)/i,
    'has a placeholder that was not filled in. Write the value in its place. For Entra ID with several tenants use entraMultiTenant().',
  ],
  [
    /\/\.well-known(?:\/|$)/,
    'is the address of a metadata document. Write the issuer, which is what comes before /.well-known/ in most cases, or pass the address to fetchServerConfigByWellKnownUrl.',
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
    return 'must hold no user name or password.';
  }
  return undefined;
}
