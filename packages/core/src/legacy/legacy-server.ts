import type { ServerEnvironment, UnavailableMetadata } from '../net/environment.js';
import type { AuthServerConfig } from '../config/authorization-server.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { createScopeCheck } from '../scopes/scopes.js';
import { type GatedResource, readServers, type ServerFactory } from '../resource/trusted-server.js';
import { answerDocument, answerUnavailable, DocumentEndpoint } from '../documents/document-endpoint.js';
import type { AuthorizationServer, ServerDocument } from '../authorization-server/authorization-server.js';
import { getMetadataUrl } from '../authorization-server/issuer.js';

/** What legacy mode protects: it has one authorization server, and neither an identifier nor metadata. */
export function createLegacyResource(
  config: AuthServerConfig,
  environment: ServerEnvironment,
  createServer: ServerFactory,
): GatedResource {
  if ((config as Partial<AuthServerConfig> | null)?.publish === true) {
    throw new MCPAuthConfigError(
      'unsupported_option',
      'server.publish',
      'has no place in legacy mode, where delegatedRouter() mirrors a server that lives elsewhere. Configure protectedResources.',
    );
  }
  return {
    identifier: undefined,
    metadataUrl: undefined,
    servers: readServers([config], () => 'server', environment, createServer),
    cors: undefined,
    scopeCheck: createScopeCheck(undefined, 'scopeHierarchy'),
    scopesSupported: [],
  };
}

/**
 * Answers with the metadata of an authorization server that lives elsewhere.
 *
 * Clients of MCP 2025-03-26 discard the path of the MCP endpoint and look at the root of its host, whatever path the issuer
 * has. For an issuer with a path the place of RFC 8414 §3.1 is answered too: where issuer and MCP server share a host, this
 * process may be the one that gets the requests for it.
 */
export function createMirror(server: AuthorizationServer): DocumentEndpoint {
  const own = new URL(getMetadataUrl(server.issuer, 'oauth'));
  const root = new URL(getMetadataUrl(own.origin, 'oauth'));
  const read = () => {
    const document = server.document();
    return document instanceof Promise ? document.then(answer) : answer(document);
  };
  return new DocumentEndpoint((own.href === root.href ? [root] : [root, own]).map((url) => ({ url, read })));
}

function answer(found: ServerDocument | UnavailableMetadata) {
  return 'kind' in found ? answerUnavailable(found.retryAfterSeconds) : answerDocument(found.text);
}
