import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { isLoopbackHost, parseUrl } from '../net/secure-url.js';

/**
 * Checks a resource identifier (RFC 9728 §1.2, RFC 8707 §2; MCP Authorization, Canonical Server URI).
 *
 * It is published and compared as written, so it must be written in the one form that a URL parser leaves alone; an
 * origin goes without the final slash or with it, and both mean the same.
 *
 * @param allowInsecureHttp - whether plain http is allowed on hosts other than loopback
 * @throws {MCPAuthConfigError} `invalid_resource`, `insecure_resource`
 */
export function checkResourceIdentifier(
  value: unknown,
  path: string,
  allowInsecureHttp = false,
): asserts value is string {
  const url = typeof value === 'string' ? parseUrl(value) : undefined;
  if (typeof value !== 'string' || url === undefined) {
    const variable = value === undefined ? ' Is an environment variable not set?' : '';
    throw invalid(
      path,
      `must be the absolute https URL of the MCP endpoint, such as "https://api.example.com/mcp", but is ${describeValue(value, true)}.${variable}`,
    );
  }
  const mistake = mistakes.find(([text]) => text.test(value));
  if (mistake !== undefined) throw invalid(path, mistake[1]);
  if (value.includes('#'))
    throw invalid(path, 'must have no fragment. Remove everything from "#" on (RFC 8707 §2).');
  if (url.username !== '' || url.password !== '')
    throw invalid(path, 'must not have a user name or password.');
  if (url.protocol === 'http:' && !allowInsecureHttp && !isLoopbackHost(url.hostname)) {
    throw new MCPAuthConfigError(
      'insecure_resource',
      path,
      'must use https. Plain http is for loopback hosts (RFC 9728 §1.2). Put TLS or a tunnel in front; in a private network, protectedResources: { metadata, allowInsecureHttp: true } lifts this.',
    );
  }
  if (url.href !== value && url.href !== `${value}/`) {
    throw invalid(
      path,
      `must be written in canonical form: ${JSON.stringify(canonical(url))}. Clients compare it character by character.`,
    );
  }
}

/** Mistakes that the text of an identifier shows, each with its fix. */
const mistakes: readonly (readonly [mistake: RegExp, fix: string])[] = [
  [
    /[{}<>]|\$\(|\/(?:undefined|null)(?:[/:]|$)/i,
    'has a placeholder that was not filled in. Write the value instead.',
  ],
  [
    /\/\.well-known\/oauth-protected-resource(?:\/|$)/,
    'is the address of the metadata document. Write the address of the MCP endpoint; that of the document follows from it (RFC 9728 §3.1).',
  ],
];

/** The key under which two spellings of one resource are found to be the same. */
export function getResourceKey(identifier: string): string {
  return new URL(identifier).href;
}

function canonical(url: URL): string {
  return url.pathname === '/' && url.search === '' ? url.origin : url.href;
}

function invalid(path: string, problem: string): MCPAuthConfigError {
  return new MCPAuthConfigError('invalid_resource', path, problem);
}

const segment = '/.well-known/oauth-protected-resource';

/**
 * Where the metadata of a resource is published: the well-known segment goes between host and path (RFC 9728 §3.1).
 *
 * A slash right after the host is dropped when nothing follows; a longer path and a query are kept as they are.
 *
 * @see RFC 9728 §3.1
 * @example
 * ```ts
 * import { getResourceMetadataUrl } from '@mcp-auth/core';
 *
 * // https://api.example.com/.well-known/oauth-protected-resource/mcp
 * const url = getResourceMetadataUrl('https://api.example.com/mcp');
 * ```
 */
export function getResourceMetadataUrl(resource: string): string {
  const { origin, pathname, search } = new URL(resource);
  const path = pathname === '/' ? '' : pathname;
  return `${origin}${segment}${path}${search}`;
}
