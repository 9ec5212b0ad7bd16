import { AuthorizationServer } from '../authorization-server/authorization-server.js';
import { getMetadataUrl } from '../authorization-server/issuer.js';
import type { AuthServerConfig } from '../config/authorization-server.js';
import { checkOptions } from '../config/check-options.js';
import type { RevocationResult, RevocationTarget } from '../config/revocation-target.js';
import type { RouteArguments } from '../config/verification-mode.js';
import { answerDocument, answerUnavailable, DocumentEndpoint } from '../documents/document-endpoint.js';
import { GateFactory, readIssuers } from '../engine/gate-factory.js';
import { checkRoute } from '../engine/resource-server.js';
import type { Unavailable } from '../errors/auth-server-error.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { EventSink } from '../events/event-sink.js';
import type { Gate } from '../gate/gate.js';
import type { ServerEnvironment } from '../net/environment.js';
import {
  type GatedResource,
  readServers,
  type ServerFactory,
  type TrustedServer,
} from '../resource/trusted-server.js';
import { ScopeChecks } from '../scopes/scope-names.js';
import { legacyMCPAuthConfig, type LegacyMCPAuthConfig } from './legacy-config.js';

/**
 * What an adapter's `MCPAuth` of legacy mode holds: the gates of one authorization server, and the mirror of its metadata.
 *
 * @see MCP 2025-03-26, Authorization, Server Metadata Discovery
 * @example
 * ```ts
 * import { readRoute } from '@mcp-auth/core/adapter';
 * import { LegacyServer } from '@mcp-auth/core/legacy';
 *
 * const server = new LegacyServer({ server: { issuer: 'https://auth.example.com' } });
 * const gate = server.createGateFor(readRoute('jwt', undefined));
 * await server.ready();
 * await server.revoke({ issuer: 'https://auth.example.com', subject: 'user-1' });
 * await server.close();
 * ```
 */
export class LegacyServer {
  /** The metadata of the authorization server, for adapters to mount as `delegatedRouter()`. */
  readonly mirror: DocumentEndpoint;
  readonly #gates: GateFactory;
  readonly #protected: GatedResource;

  /**
   * @param adapter - the class that holds this; one of another release than the core is warned of
   * @throws {MCPAuthConfigError} with the path of the wrong option and how to fix it
   */
  constructor(config: LegacyMCPAuthConfig, adapter?: object) {
    // For callers without TypeScript
    const given = (config as LegacyMCPAuthConfig | undefined | null) ?? ({} as LegacyMCPAuthConfig);
    checkOptions(given, legacyMCPAuthConfig, '');
    this.#gates = new GateFactory(given, adapter);
    const [server, found] = createLegacyResource(given.server, this.#gates.environment);
    this.#protected = found;
    this.#gates.trust([found]);
    this.mirror = createMirror(server);
  }

  /**
   * Resolves when what the routes need is there.
   *
   * @throws {MCPAuthAuthServerError} the first failure; requests recover on their own, this call may be repeated
   * @see RFC 8414 §3
   */
  ready(): Promise<void> {
    return this.#gates.ready(this.#protected.servers.map(({ server }) => server));
  }

  /**
   * Ends what runs on its own: timers, fetches, and the streams that end with their right.
   */
  close(): Promise<void> {
    return this.#gates.close();
  }

  /**
   * Refuses tokens from now on, and ends their streams.
   *
   * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`
   * @throws {MCPAuthRevocationError} `too_many_revocations`, `unknown_issue_time`
   * @see RFC 7009 §2.1
   */
  async revoke(target: RevocationTarget): Promise<RevocationResult> {
    return this.#gates.revoke(target, readIssuers(this.#protected.servers));
  }

  /** For adapters: who hears of what they have to tell. */
  get events(): EventSink {
    return this.#gates.environment.events;
  }

  /**
   * Creates the gate of a route from arguments that `readRoute` has read.
   *
   * @throws {MCPAuthConfigError} `unknown_resource`, `invalid_audience`, `missing_key_source`, or for an option
   * @see RFC 6750 §3
   */
  createGateFor(route: RouteArguments): Gate {
    checkRoute(route);
    if (route.options.resource === undefined) return this.#gates.create(this.#protected, route);
    throw new MCPAuthConfigError(
      'unknown_resource',
      'resource',
      'is not configured: legacy mode has no resources. Leave it out and give the audience of a route.',
    );
  }
}

/** What legacy mode protects: it has one authorization server and no metadata, and goes by the name of that server. */
function createLegacyResource(
  config: AuthServerConfig,
  environment: ServerEnvironment,
): readonly [AuthorizationServer, GatedResource] {
  if (config.publish === true) {
    throw new MCPAuthConfigError(
      'unsupported_option',
      'server.publish',
      'has no place in legacy mode, where delegatedRouter() mirrors a server that lives elsewhere. Configure protectedResources.',
    );
  }
  const create: ServerFactory = (...given) => new AuthorizationServer(...given);
  const servers = readServers([config], () => 'server', environment, create);
  const [{ server }] = servers as [TrustedServer];
  const resource: GatedResource = {
    identifier: server.issuer,
    metadataUrl: undefined,
    defaultAudience: undefined,
    servers,
    cors: undefined,
    tokenHeader: undefined,
    scopeChecks: new ScopeChecks(undefined, 'scopeHierarchy', servers, (message) =>
      environment.events.warn(message),
    ),
    scopesSupported: [],
  };
  return [server, resource];
}

/**
 * Answers with the metadata of an authorization server that lives elsewhere.
 *
 * Clients of MCP 2025-03-26 discard the path of the MCP endpoint and look at the root of its host, no matter which path the issuer
 * has. For an issuer with a path the place of RFC 8414 §3.1 is answered too: where issuer and MCP server share a host, this
 * process may be the one that gets the requests for it.
 */
function createMirror(server: AuthorizationServer): DocumentEndpoint {
  const own = new URL(getMetadataUrl(server.issuer, 'oauth'));
  const root = new URL(getMetadataUrl(own.origin, 'oauth'));
  const read = () => {
    const document = server.document();
    return document instanceof Promise ? document.then(answer) : answer(document);
  };
  return new DocumentEndpoint((own.href === root.href ? [root] : [root, own]).map((url) => ({ url, read })));
}

function answer(found: string | Unavailable) {
  return typeof found === 'string' ? answerDocument(found) : answerUnavailable(found.retryAfterSeconds);
}
