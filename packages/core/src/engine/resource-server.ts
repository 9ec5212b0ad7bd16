import { AuthorizationServer } from '../authorization-server/authorization-server.js';
import { checkedClock, type ServerEnvironment } from '../net/environment.js';
import type { AuthServerConfig } from '../config/authorization-server.js';
import { collectLocalDocuments, MetadataEndpoint } from '../resource/metadata-endpoint.js';
import { createLegacyResource, createMirror } from '../legacy/legacy-server.js';
import { TokenCache } from '../cache/token-cache.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { EventSink } from '../events/events.js';
import { createGate, type Gate } from '../gate/gate.js';
import { createListFilter, type ListFilter } from '../lists/list-filter.js';
import { platformFetch } from '../net/fetch-json.js';
import type { OperationPolicy, OperationRule } from '../operation/operation-policy.js';
import { compileOperationPolicy } from '../operation/operation-rules.js';
import {
  accessTokenVerifierOptions,
  type AccessTokenVerifierOptions,
  listFilterOptions,
  type ListFilterOptions,
  scopeChallengeOptions,
  type ScopeChallengeOptions,
} from '../config/sdk-options.js';
import { bearerAuthMembers, bearerAuthOptions } from '../config/bearer-auth-options.js';
import { checkOptions, withDefaults } from '../config/check-options.js';
import { resolveKeySetSettings } from '../config/jwt-verify-options.js';
import { BodyBudget } from '../http/body-collector.js';
import {
  bodyBudgetBytes,
  mcpAuthConfig,
  type MCPAuthConfig,
  readResources,
  resolveTokenCache,
} from '../config/mcp-auth.js';
import type { ProtectedResourceConfig } from '../config/protected-resource.js';
import type { DocumentEndpoint } from '../documents/document-endpoint.js';
import type { GatedResource, ServerFactory } from '../resource/trusted-server.js';
import { ProtectedResource } from '../resource/protected-resource.js';
import { getResourceKey } from '../resource/resource-identifier.js';
import { createScopeChallenge, type ScopeChallengeHandler } from '../sdk/scope-challenge.js';
import { type AccessTokenVerifier, createAccessTokenVerifier } from '../sdk/token-verifier.js';
import type { KnownToken } from '../verifier/known-token.js';
import type { TokenVerifier } from '../token/verification.js';
import { readAudiences } from './read-audiences.js';
import {
  checkMode,
  type OptionsFor,
  verificationMode,
  type VerificationMode,
} from '../config/verification-mode.js';
import { createVerifier, type VerifierOptions, type VerifierSource } from './verifier-factory.js';

/**
 * An OAuth 2.1 resource server without a framework: the base of every adapter's `MCPAuth`.
 *
 * Checks the whole configuration at construction. Nothing is fetched before the first request or {@link ready}.
 */
export class ResourceServer {
  readonly #environment: ServerEnvironment;
  readonly #resources = new Map<string, ProtectedResource>();
  readonly #servers = new Map<string | AuthServerConfig, AuthorizationServer>();
  /** What gates verify with: keys and introspection endpoints. */
  readonly #sources: VerifierSource[] = [];
  readonly #cache: TokenCache<KnownToken> | undefined;
  readonly #bodyBudget: BodyBudget;
  readonly #metadataEndpoint: MetadataEndpoint;
  /** What is protected in legacy mode. */
  readonly #legacy: GatedResource | undefined;

  /** @throws {MCPAuthConfigError} with the path of the option at fault and how to mend it */
  constructor(config: MCPAuthConfig) {
    // For callers without TypeScript: nothing at all names no resource
    const given = (config as MCPAuthConfig | undefined | null) ?? ({} as MCPAuthConfig);
    checkOptions(given, mcpAuthConfig, '');
    const found = readResources(given);
    const events = new EventSink(config.onEvent);
    this.#environment = { fetch: config.fetch ?? platformFetch, now: checkedClock(config.now), events };
    this.#bodyBudget = new BodyBudget(given.bodyBudgetBytes ?? bodyBudgetBytes.default);
    const limits = resolveTokenCache(config.cache);
    this.#cache = limits && new TokenCache(limits, this.#environment.now);
    if (found.kind === 'legacy') {
      this.#legacy = createLegacyResource(found.server, this.#environment, this.#createServer);
    } else {
      for (const [index, resource] of found.resources.entries()) this.#add(resource, found.path(index));
    }
    const resources = [...this.#resources.values()];
    this.#metadataEndpoint = new MetadataEndpoint(resources, collectLocalDocuments(resources));
  }

  /** Whether the configuration names a `server` in place of `protectedResources`. */
  get isLegacy(): boolean {
    return this.#legacy !== undefined;
  }

  /**
   * The documents of all resources, for adapters to mount as `protectedResourceMetadataRouter()`.
   *
   * @throws {MCPAuthConfigError} `unsupported_option` in legacy mode
   */
  get metadataEndpoint(): MetadataEndpoint {
    if (this.#legacy === undefined) return this.#metadataEndpoint;
    throw new MCPAuthConfigError(
      'unsupported_option',
      'server',
      'is legacy mode, which has no protected resource to publish. Use delegatedRouter(), or configure protectedResources.',
    );
  }

  /**
   * The metadata of the authorization server, for adapters to mount as `delegatedRouter()`.
   *
   * @throws {MCPAuthConfigError} `unsupported_option` outside legacy mode
   */
  get delegatedEndpoint(): DocumentEndpoint {
    const server = this.#legacy?.servers[0]?.server;
    if (server !== undefined) return createMirror(server);
    throw new MCPAuthConfigError(
      'unsupported_option',
      'protectedResources',
      'leaves delegatedRouter() without a server to mirror. Use protectedResourceMetadataRouter(); clients find the server through it.',
    );
  }

  /**
   * Resolves when the metadata, keys and introspection credentials that the routes need are at hand; before any route was made, those of all
   * authorization servers.
   *
   * @throws {MCPAuthAuthServerError} the first failure; requests recover on their own, this call may be repeated
   */
  async ready(): Promise<void> {
    const settings = resolveKeySetSettings();
    const servers = [...this.#servers.values()].filter((server) => server.canHaveKeys);
    const sources =
      this.#sources.length > 0
        ? this.#sources
        : servers.map((server) => server.keys(settings, server.isIntrospected));
    await Promise.all(sources.map((source) => source.ready()));
  }

  /**
   * Creates the gate of a route: what an adapter turns into middleware.
   *
   * @throws {MCPAuthConfigError} `unknown_resource`, `missing_key_source`, or for an option
   */
  createGate<Mode extends VerificationMode>(mode: Mode, options: OptionsFor<Mode>): Gate {
    checkOptions(mode, verificationMode, 'mode');
    checkOptions(options, bearerAuthOptions, '');
    checkMode(mode, options);
    const resource = this.#findGated(options.resource);
    const { challengeScopes, ...limits } = withDefaults(options, bearerAuthMembers);
    const operations = options.operations && compileOperationPolicy(options.operations, 'operations');
    const requiredScopes = [...new Set(options.requiredScopes)];
    return createGate({
      operations,
      requiredScopes,
      resource: resource.identifier,
      resourceMetadataUrl: resource.metadataUrl,
      verifier: this.#createVerifier(mode, resource, options),
      audiences: readAudiences(resource, options.audience),
      scopeCheck: resource.scopeCheck,
      challengeScopes,
      relevantScopes: new Set([
        ...resource.scopesSupported,
        ...requiredScopes,
        ...(operations?.scopes ?? []),
      ]),
      bodies: {
        maxBytes: limits.maxBodyBytes,
        maxAnonymousBytes: limits.maxAnonymousBodyBytes,
        timeoutMs: limits.bodyTimeoutMs,
        budget: this.#bodyBudget,
      },
      cors: resource.cors,
      events: this.#environment.events,
      showErrorDetails: options.showErrorDetails ?? false,
      authContext: options.context,
    });
  }

  /**
   * A handler for the `scopeChallenge` option of the official SDK's tools, resources and prompts: it names all that the
   * request lacks, and knows the resource's hierarchy.
   *
   * Does not check: the token. Mount `bearerAuth` in front; a request without a caller is refused unless it may be anonymous.
   *
   * @param needs - a requirement or a rule, as in `operations`, or all of `operations`
   * @throws {MCPAuthConfigError} `unknown_resource`, `invalid_scope`, `invalid_option`
   */
  scopeChallenge(
    needs: OperationRule | OperationPolicy,
    options: ScopeChallengeOptions,
  ): ScopeChallengeHandler {
    checkOptions(options, scopeChallengeOptions, '');
    return createScopeChallenge(needs, this.#find(options.resource), options);
  }

  /**
   * A token verifier for the official SDK's own `requireBearerAuth`, for hosts without an adapter.
   *
   * `bearerAuth` answers better: behind the SDK's gate an outage of the authorization server is a 500, a request without
   * credentials is told `invalid_token`, and malformed credentials are no 400.
   *
   * @throws {MCPAuthConfigError} `unknown_resource`, `missing_key_source`, or for an option
   */
  verifier(resource: string, options: AccessTokenVerifierOptions = {}): AccessTokenVerifier {
    checkOptions(options, accessTokenVerifierOptions, '');
    const { mode = 'jwt', audience, OAuthError, showErrorDetails = false, ...verifierOptions } = options;
    checkMode(mode, options);
    const found = this.#find(resource);
    return createAccessTokenVerifier({
      resource: found.identifier,
      resourceMetadataUrl: found.metadataUrl,
      verifier: this.#createVerifier(mode, found, verifierOptions),
      audiences: readAudiences(found, audience),
      events: this.#environment.events,
      showErrorDetails,
      OAuthError,
    });
  }

  /**
   * A filter that hides from lists what a caller may not call; opt-in, because clients step up only to what they see.
   *
   * @throws {MCPAuthConfigError} `unknown_resource`, `invalid_scope`, `invalid_option`
   */
  listFilter(options: ListFilterOptions): ListFilter {
    checkOptions(options, listFilterOptions, '');
    const rules = compileOperationPolicy(options.operations, 'operations');
    const { scopeCheck } = this.#find(options.resource);
    return createListFilter(rules, options.requiredScopes ?? [], scopeCheck);
  }

  #findGated(identifier: string | undefined): GatedResource {
    return identifier === undefined && this.#legacy !== undefined ? this.#legacy : this.#find(identifier);
  }

  #find(identifier: string | undefined): ProtectedResource {
    if (this.#legacy !== undefined) {
      throw new MCPAuthConfigError(
        'unknown_resource',
        'resource',
        'is not configured: legacy mode has no resources. Leave it out and give the audience of a route; for all else configure protectedResources.',
      );
    }
    const resource = this.#resources.get(keyOf(identifier));
    if (resource !== undefined) return resource;
    const known = [...this.#resources.values()].map((other) => JSON.stringify(other.identifier)).join(', ');
    throw new MCPAuthConfigError(
      'unknown_resource',
      'resource',
      `is not configured. Configured resources: ${known}.`,
    );
  }

  #createVerifier(mode: VerificationMode, resource: GatedResource, options: VerifierOptions): TokenVerifier {
    const environment = { ...this.#environment, cache: this.#cache };
    const { verifier, sources } = createVerifier(mode, resource, options, environment);
    this.#sources.push(...sources);
    return verifier;
  }

  #add(config: ProtectedResourceConfig, path: string): void {
    const resource = new ProtectedResource(config, path, this.#environment, this.#createServer);
    const key = getResourceKey(resource.identifier);
    if (this.#resources.has(key)) {
      throw new MCPAuthConfigError(
        'duplicate_resource',
        `${path}.metadata.resource`,
        `is configured twice: ${JSON.stringify(resource.identifier)}. Merge the two entries.`,
      );
    }
    this.#resources.set(key, resource);
  }

  /** Equal configurations share one server at run time, so that its metadata and keys are fetched once. */
  readonly #createServer: ServerFactory = (config, path, environment) => {
    const { issuer, type, metadata, jwks, allowInsecureHttp, transpileData, publish } = config;
    const introspects = config.introspection !== undefined;
    const id =
      transpileData === undefined
        ? JSON.stringify({ issuer, type, metadata, jwks, allowInsecureHttp, introspects, publish })
        : config;
    let server = this.#servers.get(id);
    if (server === undefined) {
      server = new AuthorizationServer(config, path, environment);
      this.#servers.set(id, server);
    }
    return server;
  };
}

function keyOf(resource: unknown): string {
  try {
    return getResourceKey(resource as string);
  } catch {
    return '';
  }
}
