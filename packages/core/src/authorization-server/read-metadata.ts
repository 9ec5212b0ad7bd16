import {
  type AuthorizationServerMetadata,
  authorizationServerMetadataToCamelCase,
  validateAuthorizationServerMetadata,
} from '@mcp-auth/schemas';
import { listMisspeltMembers } from '../config/metadata-members.js';
import { type AuthServerErrorCode, MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import type { AuthServerMetadata } from '../config/authorization-server.js';
import { isSecureUrlOf } from '../net/secure-url.js';

/** Where a discovered document sends a resource server: a URL, or why there is none to go to. */
export interface JudgedEndpoints {
  readonly keySet: string | MCPAuthAuthServerError;
  readonly introspection: string | MCPAuthAuthServerError;
}

/** Judges a document once, when it is fetched, so that no request has to parse its URLs again (RFC 8414 §2: TLS). */
export function judgeEndpoints(
  issuer: string,
  { jwksUri, introspectionEndpoint }: AuthServerMetadata,
  allowInsecure: boolean,
): JudgedEndpoints {
  const judge = (url: string | undefined, name: string, code: AuthServerErrorCode, fix: string) => {
    if (url === undefined) return new MCPAuthAuthServerError(code, `${issuer} publishes no ${name}. ${fix}`);
    if (isSecureUrlOf(issuer, url, allowInsecure)) return url;
    return new MCPAuthAuthServerError(
      'insecure_url',
      `${issuer} publishes its ${name} without TLS (RFC 8414 §2)`,
    );
  };
  return {
    keySet: judge(jwksUri, 'jwks_uri', 'missing_jwks_uri', 'Give its keys as jwks.'),
    introspection: judge(
      introspectionEndpoint,
      'introspection_endpoint',
      'missing_introspection_endpoint',
      'Give its URL as introspection.endpoint.',
    ),
  };
}

/** Members that a resource server acts on; a wrong value in one of them cannot be overlooked. */
const neededMembers: ReadonlySet<unknown> = new Set(['issuer', 'jwks_uri', 'introspection_endpoint']);

export interface ReadMetadata {
  readonly metadata: AuthServerMetadata;
  /** What is wrong with members that a resource server does not need. */
  readonly warnings: readonly string[];
}

/**
 * Reads a metadata document as a resource server should: it needs few members and must not refuse a provider for the
 * others. A malformed member that is not needed is left out and reported; a missing one is reported.
 *
 * @throws {MCPAuthAuthServerError} `invalid_metadata` when the document or a needed member is unusable
 */
export function readMetadata(document: unknown, source: string): ReadMetadata {
  const warnings: string[] = [];
  const malformed = new Set<unknown>();
  for (const issue of validateAuthorizationServerMetadata(document)) {
    const member = issue.path[0];
    if (
      member === undefined ||
      member === 'issuer' ||
      (neededMembers.has(member) && issue.code !== 'required')
    ) {
      const where = member === undefined ? '' : ` (${issue.path.join('.')})`;
      throw new MCPAuthAuthServerError('invalid_metadata', `${source}: ${issue.message}${where}`, {
        details: { source, path: issue.path },
      });
    }
    if (issue.code !== 'required') malformed.add(member);
    warnings.push(`${source}: ${issue.path.join('.')}: ${issue.message}`);
  }
  const methods = (document as Record<string, unknown>).code_challenge_methods_supported;
  if (!Array.isArray(methods) || !methods.includes('S256')) {
    warnings.push(
      `${source}: code_challenge_methods_supported does not list S256, so MCP clients will refuse to log in there (MCP Authorization, Authorization Code Protection).`,
    );
  }
  // Whoever hands the result back in as a configuration would be asked which of the two is meant
  for (const member of listMisspeltMembers(
    authorizationServerMetadataToCamelCase(document as AuthorizationServerMetadata),
  )) {
    malformed.add(member);
    warnings.push(
      `${source}: ${member} is spelled like a registered member in another case; it is left out.`,
    );
  }
  const members = Object.entries(document as Record<string, unknown>).filter(
    ([member]) => !malformed.has(member),
  );
  // Validated above member by member, which no type can follow; a required one may still be missing, as AuthServerMetadata says
  const wire = Object.fromEntries(members) as unknown as AuthorizationServerMetadata;
  return { metadata: authorizationServerMetadataToCamelCase(wire), warnings };
}
