import {
  type CamelCaseProtectedResourceMetadata,
  protectedResourceMetadataToCamelCase,
  protectedResourceMetadataToWire,
  validateProtectedResourceMetadata,
} from '@mcp-auth/schemas';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { isSecureUrl } from '../net/secure-url.js';
import type { ScopeChecks } from '../scopes/scope-names.js';
import { isScopeToken } from '../scopes/scopes.js';
import type { ResolvedDpop } from '../config/proofs.js';
import { joinPath } from '../errors/unknown-option.js';
import { toTaggedWireName } from '../config/metadata-members.js';
import type { ProtectedResourceMetadataConfig } from '../config/protected-resource.js';

/** What decides about the document in addition to its members. */
export interface DocumentOptions {
  readonly allowInsecureHttp: boolean;
  readonly scopeChecks: ScopeChecks;
  /** Whether tokens are read where RFC 6750 §2.1 puts them. */
  readonly tokensInAuthorization: boolean;
  readonly dpop: ResolvedDpop | undefined;
  /** Whether tokens may be bound to client certificates. */
  readonly mutualTls: boolean;
}

/**
 * Writes the published document (RFC 9728 §3.2).
 *
 * @param issuers - what is trusted, and nothing else, is what is published
 * @throws {MCPAuthConfigError} with the path of the wrong member
 */
export function createDocument(
  metadata: ProtectedResourceMetadataConfig,
  issuers: readonly string[],
  path: string,
  { allowInsecureHttp, scopeChecks, tokensInAuthorization, dpop, mutualTls }: DocumentOptions,
): string {
  checkMembers(metadata, path, allowInsecureHttp);
  checkProofMembers(metadata, path, dpop);
  checkCertificateMember(metadata.tlsClientCertificateBoundAccessTokens, path, mutualTls);
  const { scopesSupported } = metadata;
  const wire = {
    // MCP Authorization, Token Requirements: tokens travel in the Authorization header only. Where a gateway puts them elsewhere, what
    // clients do is the gateway's matter, and leaving the member out claims nothing (RFC 9728 §2)
    ...(tokensInAuthorization ? { bearer_methods_supported: ['header'] } : undefined),
    ...dropAbsent(
      protectedResourceMetadataToWire(
        withTaggedNames({
          ...metadata,
          ...(scopesSupported && { scopesSupported: publishScopes(scopesSupported, scopeChecks) }),
          authorizationServers: [...issuers],
        }),
      ),
    ),
    ...(mutualTls ? { tls_client_certificate_bound_access_tokens: true } : undefined),
    ...(dpop === undefined ? undefined : { dpop_signing_alg_values_supported: dpop.algorithms }),
    ...(dpop?.mode === 'dpop-required' ? { dpop_bound_access_tokens_required: true } : undefined),
    resource: metadata.resource,
    authorization_servers: issuers,
  };
  const issue = validateProtectedResourceMetadata(wire)[0];
  if (issue !== undefined) {
    const member = toCamelCaseKey(String(issue.path[0] ?? ''), protectedResourceMetadataToCamelCase);
    const where = [path, member, ...issue.path.slice(1)].filter((part) => part !== '').join('.');
    throw new MCPAuthConfigError(
      'invalid_metadata',
      where,
      `${issue.message}. Correct it, or leave the member out.`,
    );
  }
  return JSON.stringify(wire);
}

/** RFC 9728 §2: scopes that clients use in authorization requests. Anything but a list is left to the check of the document. */
function publishScopes(scopes: string[], checks: ScopeChecks): string[] {
  if (!Array.isArray(scopes)) return scopes;
  checks.assertNames(scopes);
  return [...checks.first.publish(scopes)];
}

function checkMembers(
  metadata: ProtectedResourceMetadataConfig,
  path: string,
  allowInsecureHttp: boolean,
): void {
  const { scopesSupported, bearerMethodsSupported, jwksUri, resourceSigningAlgValuesSupported } = metadata;
  for (const [index, scope] of [scopesSupported ?? []].flat().entries()) {
    if (isScopeToken(scope)) continue;
    const where = `${path}.scopesSupported[${index}]`;
    throw new MCPAuthConfigError(
      'invalid_scope',
      where,
      `must be a scope: printable ASCII without spaces, double quotes and backslashes (RFC 6749 §3.3), but is ${describeValue(scope, true)}.`,
    );
  }
  if ([bearerMethodsSupported ?? []].flat().some((method) => method !== 'header')) {
    throw invalid(
      `${path}.bearerMethodsSupported`,
      'can only be ["header"]: MCP takes tokens from the Authorization header alone.',
    );
  }
  if (jwksUri !== undefined && !isSecureUrl(jwksUri, allowInsecureHttp)) {
    throw invalid(
      `${path}.jwksUri`,
      'must use https (RFC 9728 §2). It names keys of the resource, not those of the authorization server.',
    );
  }
  if ([resourceSigningAlgValuesSupported ?? []].flat().includes('none')) {
    throw invalid(`${path}.resourceSigningAlgValuesSupported`, 'must not hold "none" (RFC 9728 §2).');
  }
}

/** RFC 9728 §2: these say what the option `dpop` decides. */
function checkProofMembers(
  { dpopSigningAlgValuesSupported: algorithms, dpopBoundAccessTokensRequired: isRequired }: Members,
  path: string,
  dpop: ResolvedDpop | undefined,
): void {
  if (isRequired !== undefined && isRequired !== (dpop?.mode === 'dpop-required')) {
    throw invalid(
      joinPath(path, 'dpopBoundAccessTokensRequired'),
      "follows from the option dpop. Remove it, and write dpop: { mode: 'dpop-required' } or 'dpop-optional' next to resource or metadata.",
    );
  }
  const given = algorithms === undefined ? undefined : [algorithms].flat();
  const isSame =
    given?.length === (dpop?.algorithms.length ?? 0) &&
    given.every((alg) => dpop?.algorithms.includes(alg) === true);
  if (given !== undefined && !isSame) {
    throw invalid(
      joinPath(path, 'dpopSigningAlgValuesSupported'),
      'follows from the option dpop. Remove it, and write dpop: { mode, algorithms } next to resource or metadata.',
    );
  }
}

/** RFC 9728 §2: the same of the option `mutualTls`. */
function checkCertificateMember(given: boolean | undefined, path: string, mutualTls: boolean): void {
  if (given === undefined || given === mutualTls) return;
  throw invalid(
    joinPath(path, 'tlsClientCertificateBoundAccessTokens'),
    "follows from the option mutualTls. Remove it, and write mutualTls: { certificate: 'connection' }, or the header of your proxy, next to metadata.",
  );
}

type Members = Pick<
  ProtectedResourceMetadataConfig,
  'dpopSigningAlgValuesSupported' | 'dpopBoundAccessTokensRequired'
>;

/** RFC 9728 §2.1: `resourceName#ja` is published as `resource_name#ja`. */
function withTaggedNames(metadata: CamelCaseProtectedResourceMetadata): CamelCaseProtectedResourceMetadata {
  const entries = Object.entries(metadata).map(([name, value]) => [toTaggedWireName(name), value] as const);
  // The names of the language tags are the caller's, which no type can follow
  return Object.fromEntries(entries) as unknown as CamelCaseProtectedResourceMetadata;
}

/** RFC 9728 §3.2: members without a value, and lists with none, are left out. */
function dropAbsent(document: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(document).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

function invalid(path: string, problem: string): MCPAuthConfigError {
  return new MCPAuthConfigError('invalid_metadata', path, problem);
}

/** The spelling under which a developer wrote a member, for option paths in errors. */
export function toCamelCaseKey(wireName: string, toCamelCase: (document: never) => object): string {
  return Object.keys(toCamelCase({ [wireName]: null } as never))[0] ?? wireName;
}
