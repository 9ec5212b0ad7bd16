import { checkedClock, type ServerEnvironment } from '../net/environment.js';
import { collectLocalDocuments, MetadataEndpoint } from '../resource/metadata-endpoint.js';
import { createMirror } from '../legacy/legacy-server.js';
import { TokenCache } from '../cache/token-cache.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { EventSink } from '../events/events.js';
import { createGate } from '../gate/bearer-gate.js';
import type { Gate } from '../gate/gate.js';
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
import type { DocumentEndpoint } from '../documents/document-endpoint.js';
import type { GatedResource } from '../resource/trusted-server.js';
import { createScopeChallenge, type ScopeChallengeHandler } from '../sdk/scope-challenge.js';
import { type AccessTokenVerifier, createAccessTokenVerifier } from '../sdk/token-verifier.js';
import type { KnownToken } from '../verifier/known-token.js';
import type { TokenVerifier } from '../token/verification.js';
import { readAudiences } from './read-audiences.js';
import { coreRelease, describeOtherReleases, type Release } from './release.js';
import { ResourceRegistry } from './resource-registry.js';
import {
  checkMode,
  type ModeOrOptions,
  type OptionsFor,
  readRoute,
  type RouteArguments,
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
  /** For adapters of this project: the release that a class came with; one of another release than the core is warned of. */
  static readonly release: Release = coreRelease;

  readonly #environment: ServerEnvironment;
  readonly #known: ResourceRegistry;
  /** What gates verify with: keys and introspection endpoints. */
  readonly #sources: VerifierSource[] = [];
  readonly #cache: TokenCache<KnownToken> | undefined;
  readonly #bodyBudget: BodyBudget;
  readonly #metadataEndpoint: MetadataEndpoint;

  /** @throws {MCPAuthConfigError} with the path of the option at fault and how to fix it */
  constructor(config: MCPAuthConfig) {
    // For callers without TypeScript: nothing at all names no resource
    const given = (config as MCPAuthConfig | undefined | null) ?? ({} as MCPAuthConfig);
    checkOptions(given, mcpAuthConfig, '');
    const found = readResources(given);
    const events = new EventSink(config.onEvent);
    for (const sentence of describeOtherReleases(new.target)) events.warn(sentence);
    this.#environment = { fetch: config.fetch ?? platformFetch, now: checkedClock(config.now), events };
    this.#bodyBudget = new BodyBudget(given.bodyBudgetBytes ?? bodyBudgetBytes.default);
    const limits = resolveTokenCache(config.cache);
    this.#cache = limits && new TokenCache(limits, this.#environment.now);
    this.#known = new ResourceRegistry(found, this.#environment);
    const { resources } = this.#known;
    this.#metadataEndpoint = new MetadataEndpoint(resources, collectLocalDocuments(resources));
  }

  /** Whether the configuration names a `server` in place of `protectedResources`. */
  get isLegacy(): boolean {
    return this.#known.legacy !== undefined;
  }

  /**
   * The documents of all resources, for adapters to mount as `protectedResourceMetadataRouter()`.
   *
   * @throws {MCPAuthConfigError} `unsupported_option` in legacy mode
   */
  get metadataEndpoint(): MetadataEndpoint {
    if (this.#known.legacy === undefined) return this.#metadataEndpoint;
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
    const server = this.#known.legacy?.servers[0]?.server;
    if (server !== undefined) return createMirror(server);
    throw new MCPAuthConfigError(
      'unsupported_option',
      'protectedResources',
      'leaves delegatedRouter() without a server to mirror. Use protectedResourceMetadataRouter(); clients find the server through it.',
    );
  }

  /**
   * Resolves when the metadata, keys and introspection credentials that the routes need are there; before any route was made, those of all
   * authorization servers.
   *
   * @throws {MCPAuthAuthServerError} the first failure; requests recover on their own, this call may be repeated
   */
  async ready(): Promise<void> {
    const settings = resolveKeySetSettings();
    const servers = this.#known.servers.filter((server) => server.canHaveKeys);
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
  createGate<Mode extends VerificationMode>(mode: Mode, options?: OptionsFor<Mode>): Gate;
  /** The same for JWTs. */
  createGate(options?: OptionsFor<'jwt'>): Gate;
  createGate(first?: ModeOrOptions, second?: OptionsFor<VerificationMode>): Gate {
    return this.createGateFor(readRoute(first, second));
  }

  /** The same with arguments that {@link readRoute} has read. */
  createGateFor({ mode, options }: RouteArguments): Gate {
    checkOptions(mode, verificationMode, 'mode');
    checkOptions(options, bearerAuthOptions, '');
    checkMode(mode, options);
    const resource = this.#known.findGated(options.resource);
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
      authContext: options.asyncContext,
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
    return createScopeChallenge(needs, this.#known.find(options.resource), options);
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
    const { mode = 'jwt', audience, OAuthError, showErrorDetails = false } = options;
    const { jwtVerify, remoteJwkSet, lifetimeWithoutExpirySeconds }: VerifierOptions = options;
    checkMode(mode, options);
    const found = this.#known.find(resource);
    return createAccessTokenVerifier({
      resource: found.identifier,
      resourceMetadataUrl: found.metadataUrl,
      verifier: this.#createVerifier(mode, found, { jwtVerify, remoteJwkSet, lifetimeWithoutExpirySeconds }),
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
    const { scopeCheck } = this.#known.find(options.resource);
    return createListFilter(rules, options.requiredScopes ?? [], scopeCheck);
  }

  #createVerifier(mode: VerificationMode, resource: GatedResource, options: VerifierOptions): TokenVerifier {
    const environment = { ...this.#environment, cache: this.#cache };
    const { verifier, sources } = createVerifier(mode, resource, options, environment);
    this.#sources.push(...sources);
    return verifier;
  }
}
