import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { isSecureUrlOf, parseUrl } from '../net/secure-url.js';
import { getResourceMetadataUrl } from './resource-identifier.js';

/** What is configured about the address of a resource's document. */
export interface MetadataUrlOptions {
  readonly resource: string;
  readonly metadataUrl?: string | undefined;
  readonly allowInsecureHttp: boolean;
}

/**
 * Where clients are told to find the metadata of a resource: as configured (RFC 9728 §5.1), else where it follows from the identifier.
 *
 * Checks: an absolute https URL in canonical form, without fragment, user name and placeholders, that is not the resource itself.
 * Does not check: that requests for it reach this process.
 *
 * @throws {MCPAuthConfigError} `invalid_metadata`, `insecure_resource`
 */
export function resolveMetadataUrl(options: MetadataUrlOptions, path: string): string {
  const { resource, metadataUrl, allowInsecureHttp } = options;
  if (metadataUrl === undefined) return getResourceMetadataUrl(resource);
  const url = typeof metadataUrl === 'string' ? parseUrl(metadataUrl) : undefined;
  if (url === undefined) {
    throw invalid(
      path,
      `must be the absolute https URL at which clients get the document, such as ${JSON.stringify(getResourceMetadataUrl(resource))}, but is ${describeValue(metadataUrl, true)}.`,
    );
  }
  if (/[{}<>]|\$\(|\/(?:undefined|null)(?:[/:]|$)/i.test(metadataUrl)) {
    throw invalid(path, 'has a placeholder that was not filled in. Write the value instead.');
  }
  if (metadataUrl.includes('#')) throw invalid(path, 'must have no fragment. Remove everything from "#" on.');
  if (url.username !== '' || url.password !== '') {
    throw invalid(path, 'must not have a user name or password: every client is told this URL.');
  }
  if (!isSecureUrlOf(resource, metadataUrl, allowInsecureHttp)) {
    throw new MCPAuthConfigError(
      'insecure_resource',
      path,
      'must use https, because clients learn from the document whom to trust. Plain http is for resources on loopback hosts; allowInsecureHttp next to metadata lifts this in private networks.',
    );
  }
  if (url.href !== metadataUrl) {
    throw invalid(path, `must be written in canonical form: ${JSON.stringify(url.href)}.`);
  }
  if (url.pathname === new URL(resource).pathname) {
    throw invalid(
      path,
      `is at the path of the resource, whose requests would be answered with the document. The default is ${JSON.stringify(getResourceMetadataUrl(resource))}.`,
    );
  }
  return metadataUrl;
}

const segment = '/.well-known/oauth-protected-resource';

/** The same document without what a gateway may cut off in front of the well-known path; nothing where there is nothing to cut. */
export function withoutPrefix(metadataUrl: string): URL | undefined {
  const url = new URL(metadataUrl);
  const at = url.pathname.lastIndexOf(segment);
  if (at < 1) return undefined;
  url.pathname = url.pathname.slice(at);
  return url;
}

function invalid(path: string, problem: string): MCPAuthConfigError {
  return new MCPAuthConfigError('invalid_metadata', path, problem);
}
