import {
  type AuthorizationServerMetadata,
  authorizationServerMetadataToCamelCase,
  validateAuthorizationServerMetadata,
} from '@mcp-auth/schemas';
import { listMisspeltMembers } from '../config/metadata-members.js';
import { describeText } from '../errors/describe-value.js';
import { type AuthServerErrorCode, MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import type { AuthServerMetadata } from '../config/authorization-server.js';
import { isSecureUrlOf } from '../net/secure-url.js';

/** Where a discovered document sends a resource server: a URL, or why there is none to go to. */
export interface JudgedEndpoints {
  readonly keySet: string | MCPAuthAuthServerError;
  readonly introspection: string | MCPAuthAuthServerError;
}

/**
 * Judges a document once, when it is fetched, so that no request has to parse its URLs again (RFC 8414 §2: TLS).
 *
 * @param unusable - what is wrong with members that were left out, for routes that need them
 */
export function judgeEndpoints(
  issuer: string,
  { jwksUri, introspectionEndpoint }: AuthServerMetadata,
  allowInsecure: boolean,
  unusable: ReadMetadata['unusable'] = new Map(),
): JudgedEndpoints {
  const judge = (url: string | undefined, name: string, code: AuthServerErrorCode, fix: string) => {
    const problem = unusable.get(name);
    if (problem !== undefined) return problem;
    if (url === undefined) return new MCPAuthAuthServerError(code, `${issuer} publishes no ${name}. ${fix}`);
    if (isSecureUrlOf(issuer, url, allowInsecure)) return url;
    return new MCPAuthAuthServerError(
      'insecure_url',
      `${issuer} publishes its ${name} without TLS (RFC 8414 §2). Have it published as https; allowInsecureHttp of the authorization server lifts this in test networks`,
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

/** Members that some routes need: what is wrong with one of them is an error there. */
const endpointMembers: ReadonlySet<unknown> = new Set(['jwks_uri', 'introspection_endpoint']);

export interface ReadMetadata {
  readonly metadata: AuthServerMetadata;
  /** What is wrong with members that a resource server does not need. */
  readonly warnings: readonly string[];
  /** Endpoints that a resource server may need and that are malformed, by member, each with its error. */
  readonly unusable: ReadonlyMap<string, MCPAuthAuthServerError>;
}

/**
 * Reads a metadata document as a resource server should: it needs few members and must not refuse a provider for the
 * others. A malformed member is left out and reported, and is an error for routes that need it; a missing one is reported.
 *
 * @throws {MCPAuthAuthServerError} `invalid_metadata` when the document is none, or its `issuer` is unusable
 */
export function readMetadata(document: unknown, source: string): ReadMetadata {
  const warnings: string[] = [];
  const malformed = new Set<unknown>();
  const unusable = new Map<string, MCPAuthAuthServerError>();
  for (const issue of validateAuthorizationServerMetadata(document)) {
    const member = issue.path[0];
    if (member === undefined || member === 'issuer') throw invalid(source, issue);
    if (issue.code !== 'required') {
      malformed.add(member);
      if (typeof member === 'string' && endpointMembers.has(member))
        unusable.set(member, invalid(source, issue));
    }
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
      `${source}: ${describeText(member)} is spelled like a registered member in another case; it is left out.`,
    );
  }
  const members = Object.entries(document as Record<string, unknown>).filter(
    ([member]) => !malformed.has(member),
  );
  // Validated above member by member, which no type can follow; a required one may still be missing, as AuthServerMetadata says
  const wire = Object.fromEntries(members) as unknown as AuthorizationServerMetadata;
  return { metadata: authorizationServerMetadataToCamelCase(wire), warnings, unusable };
}

function invalid(
  source: string,
  { message, path }: { readonly message: string; readonly path: readonly (string | number)[] },
): MCPAuthAuthServerError {
  const where = path.length === 0 ? '' : ` (${path.join('.')})`;
  return new MCPAuthAuthServerError('invalid_metadata', `${source}: ${message}${where}`, {
    details: { source, path },
  });
}
