import { bearerAuthOptions } from '../config/bearer-auth-options.js';
import { checkOptions } from '../config/check-options.js';
import { mcpAuthConfig, type MCPAuthConfig } from '../config/mcp-auth.js';
import { ofHandles } from '../config/observe.js';
import { readResources } from '../config/read-resources.js';
import { accessTokenVerifierOptions, type AccessTokenVerifierOptions } from '../config/sdk-options.js';
import {
  checkMode,
  type ModeOrOptions,
  type OptionsFor,
  readRoute,
  type RouteArguments,
  verificationMode,
  type VerificationMode,
} from '../config/verification-mode.js';
import type { RevocationResult, RevocationTarget } from '../config/revocation-target.js';
import type { EventSink } from '../events/event-sink.js';
import type { Gate } from '../gate/gate.js';
import { handleOptions, type HandleOptions } from '../handles/handle-options.js';
import type { Handles } from '../handles/handles.js';
import { createHandles } from '../handles/sealed-handles.js';
import { compileOperationPolicy } from '../operation/operation-rules.js';
import { collectLocalDocuments, MetadataEndpoint } from '../resource/metadata-endpoint.js';
import { type AccessTokenVerifier, createAccessTokenVerifier } from '../sdk/token-verifier.js';
import { createObserver } from './create-observer.js';
import { Declarations } from './declarations.js';
import { GateFactory, readIssuers } from './gate-factory.js';
import { withKeys } from './key-verifiers.js';
import { readAudiences } from './read-audiences.js';
import { ResourceRegistry } from './resource-registry.js';
import type { VerifierOptions } from './verifier-factory.js';

/**
 * An OAuth 2.1 resource server without a framework: what every adapter's `MCPAuth` holds.
 *
 * Checks the whole configuration at construction. Nothing is fetched before the first request or {@link ready}.
 *
 * @see RFC 9728 §1
 * @see RFC 6750 §3
 * @example
 * ```ts
 * import { ResourceServer } from '@mcp-auth/core/adapter';
 *
 * const resource = 'https://api.example.com/mcp';
 * const server = new ResourceServer({ resource, authorizationServers: ['https://auth.example.com'] });
 * export const gate = server.createGate('jwt', { resource });
 * export const same = server.createGateFor({ mode: 'jwt', options: { resource } });
 * ```
 */
export class ResourceServer {
  readonly #metadataEndpoint: MetadataEndpoint;
  readonly #known: ResourceRegistry;
  readonly #gates: GateFactory;
  /** For adapters: what servers of the official SDK are told of the rules. */
  readonly declarations: Declarations;

  /**
   * @param adapter - the class that holds this; one of another release than the core is warned of
   * @throws {MCPAuthConfigError} with the path of the wrong option and how to fix it
   */
  constructor(config: MCPAuthConfig, adapter?: object) {
    // For callers without TypeScript: nothing at all names no resource
    const given = (config as MCPAuthConfig | undefined | null) ?? ({} as MCPAuthConfig);
    checkOptions(given, mcpAuthConfig, '');
    const found = readResources(given);
    this.#gates = new GateFactory(given, adapter);
    this.#known = new ResourceRegistry(found, this.#gates.environment);
    this.declarations = new Declarations(this.#known, this.#gates.environment);
    const { resources } = this.#known;
    this.#gates.trust(resources);
    const { events } = this.#gates.environment;
    this.#metadataEndpoint = new MetadataEndpoint(resources, collectLocalDocuments(resources), {
      warn: (message) => events.warn(message),
      advise: (message) => events.advise(message),
      setup: this.#gates.setup,
    });
  }

  /**
   * The documents of all resources, for adapters to mount as `protectedResourceMetadataRouter()`. Read it there, and only there: who reads
   * it is taken to publish them, and nobody is told that the router was forgotten.
   */
  get metadataEndpoint(): MetadataEndpoint {
    this.#gates.setup.noteRouter();
    return this.#metadataEndpoint;
  }

  /** For adapters: who hears of what they have to tell. */
  get events(): EventSink {
    return this.#gates.environment.events;
  }

  /**
   * Resolves when what the routes need is there.
   *
   * @throws {MCPAuthAuthServerError} the first failure; requests recover on their own, this call may be repeated
   * @see RFC 8414 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/fetch';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   * await mcpAuth.ready();
   * ```
   */
  ready(): Promise<void> {
    return this.#gates.ready(this.#known.servers);
  }

  /**
   * Ends what runs on its own: timers, fetches and the streams that end with their right. What waits to be summed up is printed.
   *
   * Does not end: other requests. Gates go on with the keys they know, and fetch no others.
   *
   * @see {@link ready}
   * @example
   * ```ts
   * import { ResourceServer } from '@mcp-auth/core/adapter';
   *
   * export const stop = (server: ResourceServer) => server.close();
   * ```
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
   * @example
   * ```ts
   * import { ResourceServer } from '@mcp-auth/core/adapter';
   *
   * export const lockOut = (server: ResourceServer, subject: string) =>
   *   server.revoke({ issuer: 'https://auth.example.com', subject });
   * ```
   */
  async revoke(target: RevocationTarget): Promise<RevocationResult> {
    const servers = this.#known.resources.flatMap((resource) => resource.servers);
    return this.#gates.revoke(target, readIssuers(servers));
  }

  /**
   * Creates the gate of a route: what an adapter turns into middleware.
   *
   * @throws {MCPAuthConfigError} `unknown_resource`, `missing_key_source`, or for an option
   * @see RFC 6750 §3
   */
  createGate<Mode extends VerificationMode>(mode: Mode, options?: OptionsFor<Mode>): Gate;
  /** Creates the gate of a route for JWTs. */
  createGate(options?: OptionsFor<'jwt'>): Gate;
  createGate(first?: ModeOrOptions, second?: OptionsFor<VerificationMode>): Gate {
    return this.createGateFor(readRoute(first, second));
  }

  /**
   * The same with arguments that {@link readRoute} has read.
   *
   * @see RFC 6750 §3
   */
  createGateFor(route: RouteArguments): Gate {
    checkRoute(route);
    return this.#gates.create(this.#known.find(route.options.resource), route);
  }

  /**
   * A token verifier for the official SDK's own `requireBearerAuth`.
   *
   * @throws {MCPAuthConfigError} `unknown_resource`, `missing_key_source`, or for an option
   * @see RFC 9068 §4
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/fetch';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   * const verifier = mcpAuth.verifier(resource, { audience: 'api://notes' });
   * ```
   */
  verifier(resource: string, options: AccessTokenVerifierOptions = {}): AccessTokenVerifier {
    checkOptions(options, accessTokenVerifierOptions, '');
    const { mode = 'jwt', audience, OAuthError, showErrorDetails = false } = options;
    const { jwtVerify, remoteJwkSet, lifetimeWithoutExpirySeconds }: VerifierOptions = options;
    const { maxTokenBytes, verifierChecks, verifiers }: VerifierOptions = options;
    checkMode(mode, options);
    const found = this.#known.find(resource);
    this.#gates.warnOfVerifier(found);
    const rules = {
      ...{ jwtVerify, remoteJwkSet, lifetimeWithoutExpirySeconds },
      ...{ maxTokenBytes, verifierChecks, verifiers },
    };
    const audiences = readAudiences(found, audience, this.#gates.environment);
    return createAccessTokenVerifier({
      resource: found.identifier,
      resourceMetadataUrl: found.metadataUrl,
      verifier: this.#gates.createVerifier(mode, found, rules, audiences),
      audiences: withKeys(audiences, verifiers, found),
      events: this.#gates.environment.events,
      showErrorDetails,
      OAuthError,
      revocations: this.#gates.revocations,
    });
  }

  /**
   * Handles that belong to who made them.
   *
   * @throws {MCPAuthConfigError} `unknown_resource`, `invalid_scope`, `invalid_option`
   * @see MCP 2026-07-28, Multi Round-Trip Requests; SEP-2663, Tasks
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/fetch';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   * const handles = mcpAuth.handles({ secrets: ['a secret of 32 bytes or more, shared by all replicas'] });
   * ```
   */
  handles(options: HandleOptions = {}): Handles {
    checkOptions(options, handleOptions, '');
    const resource = this.#known.find(options.resource);
    const { identifier, scopeChecks } = resource;
    const { events, now } = this.#gates.environment;
    if (options.secrets === undefined) {
      events.warn(
        `handles: there are no secrets, so the handles of ${identifier} end with this process, and no other one opens them. Give handles({ secrets: [process.env.HANDLE_SECRET] }) the same on all replicas; make one with: openssl rand -base64 32.`,
      );
    }
    const rules =
      options.operations &&
      compileOperationPolicy(options.operations, 'operations', { resource: identifier, now });
    const observer = createObserver(options.observe, { resource, parts: ofHandles, rules }, { events, now });
    return createHandles(options, { resource: identifier, scopeChecks, rules, events, observer });
  }
}

/** Checks each argument of a route, and that its options go with the mode. @throws {MCPAuthConfigError} */
export function checkRoute({ mode, options }: RouteArguments): void {
  checkOptions(mode, verificationMode, 'mode');
  checkOptions(options, bearerAuthOptions, '');
  checkMode(mode, options);
}
