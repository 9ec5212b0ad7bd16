import type { Finding, McpCode, Severity } from '../lint/finding.js';
import { inspect, type Inspection } from '../lint/inspection.js';
import { isSymmetric } from '../lint/registries.js';
import { isHttps, isLoopback, isTemplate } from '../lint/url.js';
import { isSince, type McpRevision } from './revision.js';

export interface McpServerCheckOptions {
  /** The protocol revision of the clients. */
  readonly revision: McpRevision;
  /** Whether the document was found as an OpenID Provider configuration. Default: `false`. */
  readonly openid?: boolean | undefined;
}

type Add = (
  code: McpCode,
  severity: Severity,
  path: string,
  rule: string,
  message: string,
  fix: string,
) => void;

/**
 * Lists what an MCP client of one revision will miss in the document of an authorization server.
 *
 * *Checks* the issuer, the code flow, PKCE, ways to get a client id, public clients, the `iss` response parameter and
 * the algorithms of the MCP extensions. *Does not check* the document's own standard: that is lint. Never throws.
 *
 * @see MCP 2026-07-28, Authorization
 * @example
 * ```ts
 * import { checkAuthorizationServerForMcp } from '@mcp-auth/schemas';
 *
 * const response = await fetch('https://auth.example.com/.well-known/oauth-authorization-server');
 * const findings = checkAuthorizationServerForMcp(await response.json(), { revision: '2025-11-25' });
 * ```
 */
export const checkAuthorizationServerForMcp = (
  document: unknown,
  options: McpServerCheckOptions,
): readonly Finding[] =>
  inspect(document, (look) => {
    const add: Add = (code, severity, path, ...rest) => {
      look.add(code, severity, path, ...rest);
    };
    checkIssuer(look, add, options);
    checkCodeFlow(look, add);
    checkPkce(look, add, options);
    checkRegistration(look, add, options.revision);
    checkResponses(look, add, options.revision);
    checkExtensions(look, add, options.revision);
  });

function checkIssuer(look: Inspection, add: Add, { revision, openid }: McpServerCheckOptions): void {
  const issuer = look.document['issuer'];
  const rule = isSince(revision, '2026-07-28') ? 'MCP-2026-07-28-MC-004' : 'RFC8414-3.3-01';
  const fix = 'Publish one https issuer, written out.';
  if (typeof issuer === 'string' && isTemplate(issuer)) {
    add('mcp-issuer-unusable', 'error', 'issuer', rule, 'Clients refuse an issuer that is a template.', fix);
  } else if (typeof issuer === 'string' && !isHttps(issuer) && !isLoopback(issuer)) {
    add(
      'mcp-issuer-unusable',
      'error',
      'issuer',
      'RFC8414-2-01',
      'Clients refuse an issuer that is not https.',
      fix,
    );
  }
  if (openid && !isSince(revision, '2025-11-25')) {
    add(
      'mcp-openid-only',
      'warning',
      'issuer',
      'MCP-2025-06-18-MC-009',
      'Clients of this revision look for an RFC 8414 document only.',
      'Publish the document at /.well-known/oauth-authorization-server as well.',
    );
  }
  if (!look.has('jwks_uri')) {
    add(
      'mcp-no-keys',
      'warning',
      'jwks_uri',
      'RFC9068-4-07',
      'The keys of JWT access tokens cannot be found from here.',
      'Publish jwks_uri, or give the resource server the keys or an introspection endpoint.',
    );
  }
}

function checkCodeFlow(look: Inspection, add: Add): void {
  const grants = look.strings('grant_types_supported') ?? ['authorization_code', 'implicit'];
  const types = look.strings('response_types_supported') ?? ['code'];
  if (!grants.includes('authorization_code') || !types.includes('code')) {
    const path = grants.includes('authorization_code') ? 'response_types_supported' : 'grant_types_supported';
    add(
      'mcp-no-code-flow',
      'error',
      path,
      'OAuth 2.1 section 4.1',
      'People log in by code flow, which is not offered.',
      'Offer it.',
    );
  }
  const rule = 'RFC8414-2-02';
  if (!look.has('authorization_endpoint')) {
    const message = 'There is nowhere to send the user.';
    add('mcp-no-authorization-endpoint', 'error', 'authorization_endpoint', rule, message, 'Publish it.');
  }
  if (!look.has('token_endpoint')) {
    add(
      'mcp-no-token-endpoint',
      'error',
      'token_endpoint',
      rule,
      'There is nowhere to get a token.',
      'Publish it.',
    );
  }
}

function checkPkce(look: Inspection, add: Add, { revision, openid }: McpServerCheckOptions): void {
  const name = 'code_challenge_methods_supported';
  const methods = look.strings(name);
  if (methods === undefined || methods.length === 0) {
    const refuses = isSince(revision, '2025-11-25');
    add(
      'mcp-pkce-not-announced',
      refuses ? 'error' : 'info',
      name,
      openid && refuses ? 'MCP-2026-07-28-MC-007' : 'MCP-2026-07-28-MC-005',
      refuses
        ? 'Clients must refuse a server that does not announce PKCE.'
        : 'Clients of later revisions must refuse.',
      'Support S256 and list it, in the OpenID document too.',
    );
  } else if (!methods.includes('S256')) {
    add(
      'mcp-pkce-without-s256',
      'error',
      name,
      'MCP-2026-07-28-MC-006',
      'Clients use S256.',
      'Support and list S256.',
    );
  } else if (methods.includes('plain')) {
    add(
      'mcp-pkce-plain',
      'info',
      name,
      'MCP-2026-07-28-MC-006',
      'plain protects nothing next to S256.',
      'Drop plain.',
    );
  }
}

function checkRegistration(look: Inspection, add: Add, revision: McpRevision): void {
  const dynamic = look.has('registration_endpoint');
  const byDocument = isSince(revision, '2025-11-25') && look.isTrue('client_id_metadata_document_supported');
  if (!dynamic && !byDocument) {
    const later = isSince(revision, '2025-11-25');
    add(
      'mcp-registration-by-hand',
      'warning',
      later ? 'client_id_metadata_document_supported' : 'registration_endpoint',
      later ? 'MCP-2026-07-28-MC-010' : 'MCP 2025-06-18, Authorization, Dynamic Client Registration',
      'Only clients registered by hand can get in.',
      later
        ? 'Support client id metadata documents, or dynamic registration.'
        : 'Support dynamic registration.',
    );
  } else if (!byDocument && isSince(revision, '2026-07-28')) {
    add(
      'mcp-registration-dynamic-only',
      'info',
      'client_id_metadata_document_supported',
      'MCP-2026-07-28-MC-014',
      'Dynamic registration is deprecated in this revision.',
      'Support client id metadata documents too.',
    );
  }
  const name = 'token_endpoint_auth_methods_supported';
  if (!(look.strings(name) ?? ['client_secret_basic']).includes('none')) {
    const message = 'Public clients, such as desktop applications, are not announced as welcome.';
    add('mcp-no-public-clients', 'warning', name, 'RFC8414-2-03', message, 'List none if they are.');
  }
}

function checkResponses(look: Inspection, add: Add, revision: McpRevision): void {
  const name = 'authorization_response_iss_parameter_supported';
  if (!isSince(revision, '2026-07-28') || look.isTrue(name)) return;
  const message = 'Clients cannot tell which server an authorization response comes from.';
  add(
    'mcp-no-iss-parameter',
    'warning',
    name,
    'MCP-2026-07-28-MC-012',
    message,
    'Add iss to responses and announce it.',
  );
}

function checkExtensions(look: Inspection, add: Add, revision: McpRevision): void {
  if (!isSince(revision, '2026-07-28')) return;
  const dpop = look.strings('dpop_signing_alg_values_supported');
  if (dpop?.some((algorithm) => algorithm === 'none' || isSymmetric(algorithm))) {
    const message = 'DPoP proofs are signed with asymmetric algorithms only.';
    const name = 'dpop_signing_alg_values_supported';
    add('mcp-dpop-algorithms', 'error', name, 'MCP-EXT-DPOP-08', message, 'List asymmetric algorithms only.');
  }
  const methods = look.strings('token_endpoint_auth_methods_supported') ?? ['client_secret_basic'];
  const strong = methods.includes('private_key_jwt') || methods.includes('client_secret_basic');
  if (look.strings('grant_types_supported')?.includes('client_credentials') && !strong) {
    add(
      'mcp-client-credentials-auth',
      'warning',
      'token_endpoint_auth_methods_supported',
      'MCP-EXT-CC-01',
      'Clients of the client credentials extension use private_key_jwt or client_secret_basic.',
      'Support one of them.',
    );
  }
}
