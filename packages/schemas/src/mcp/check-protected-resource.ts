import type { Finding } from '../lint/finding.js';
import { inspect, type Inspection } from '../lint/inspection.js';
import { isHttps, isLoopback } from '../lint/url.js';
import { isAbsoluteUrl } from '../runtime/absolute-url.js';
import { isSince, type McpRevision } from './revision.js';

export interface McpResourceCheckOptions {
  /** The protocol revision of the clients. */
  readonly revision: McpRevision;
  /** The URL clients use for the MCP endpoint. Without it the comparison with `resource` is left out. */
  readonly endpoint?: string | undefined;
}

/**
 * Lists what an MCP client of one revision will miss in the document of a protected resource.
 *
 * *Checks* the authorization servers it names, `resource` against the endpoint when given, bearer methods and scopes.
 * *Does not check* RFC 9728 as such: that is lint; nor the documents of the servers it names. Never throws.
 *
 * @see MCP 2026-07-28, Authorization
 * @example
 * ```ts
 * import { checkProtectedResourceForMcp } from '@mcp-auth/schemas';
 *
 * const findings = checkProtectedResourceForMcp(
 *   { resource: 'https://api.example.com/mcp', authorization_servers: ['https://auth.example.com'] },
 *   { revision: '2025-11-25', endpoint: 'https://api.example.com/mcp' },
 * );
 * ```
 */
export const checkProtectedResourceForMcp = (
  document: unknown,
  { revision, endpoint }: McpResourceCheckOptions,
): readonly Finding[] =>
  inspect(document, (look) => {
    checkServers(look);
    checkBearerMethods(look);
    checkIdentity(look, endpoint);
    const offline = look.strings('scopes_supported')?.indexOf('offline_access') ?? -1;
    if (isSince(revision, '2026-07-28') && offline >= 0) {
      look.add(
        'mcp-offline-access',
        'warning',
        ['scopes_supported', offline],
        'MCP-2026-07-28-RS-012',
        'A refresh token is not a requirement of the resource.',
        'Leave offline_access to the authorization server.',
      );
    }
  });

function checkIdentity(look: Inspection, endpoint: string | undefined): void {
  const { resource } = look.document;
  if (endpoint === undefined || typeof resource !== 'string' || resource === endpoint) return;
  // A document for the whole host is legal when it is found at the root; a challenge may not name it.
  const isAbove = endpoint.startsWith(resource.endsWith('/') ? resource : `${resource}/`);
  look.add(
    'mcp-resource-mismatch',
    isAbove ? 'warning' : 'error',
    'resource',
    'RFC9728-3.3-03',
    'Strict clients refuse a document whose resource is not the URL they use.',
    'Publish exactly the URL of the MCP endpoint, and serve the document at its path-inserted location.',
  );
}

function checkServers(look: Inspection): void {
  const name = 'authorization_servers';
  const servers = look.strings(name);
  if (servers === undefined || servers.length === 0) {
    look.add(
      'mcp-no-authorization-servers',
      'error',
      name,
      'MCP-2026-07-28-RS-004',
      'Clients learn here where to log in, and no authorization server is named.',
      'Name at least one issuer.',
    );
    return;
  }
  servers.forEach((server, index) => {
    const isIssuer = isAbsoluteUrl(server) && (isHttps(server) || isLoopback(server));
    if (isIssuer && !server.includes('/.well-known/')) return;
    look.add(
      'mcp-authorization-server-unusable',
      'error',
      [name, index],
      'MCP-2026-07-28-RS-004',
      'The value is not an issuer identifier.',
      'Name the issuer, an https URL, and not its metadata document or an endpoint.',
    );
  });
}

function checkBearerMethods(look: Inspection): void {
  const name = 'bearer_methods_supported';
  const methods = look.strings(name);
  if (methods === undefined) return;
  if (!methods.includes('header')) {
    const message = 'MCP clients send the token in the Authorization header, which is not offered.';
    look.add('mcp-no-bearer-header', 'error', name, 'RFC9728-2-05', message, 'List header.');
  }
  const query = methods.indexOf('query');
  if (query >= 0) {
    const message = 'A token in the query ends up in logs; OAuth 2.1 forbids it.';
    look.add('mcp-bearer-in-query', 'error', [name, query], 'OAUTH21-5.1-01', message, 'List header only.');
  }
}
