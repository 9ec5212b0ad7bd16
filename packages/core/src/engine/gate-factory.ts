import type { AuthorizationServer } from '../authorization-server/authorization-server.js';
import type { TokenCache } from '../cache/token-cache.js';
import { findObservable } from '../config/observe.js';
import { bearerAuthMembers, type BearerAuthOptions } from '../config/bearer-auth-options.js';
import { withDefaults } from '../config/check-options.js';
import { resolveJwtRules } from '../config/jwt-verify-options.js';
import { resolveLimits } from '../config/limits.js';
import { checkDenials } from '../config/refusal-options.js';
import {
  bodyBudgetBytes,
  type MCPAuthOptions,
  resolveTokenCache,
  revocationOptions,
} from '../config/mcp-auth.js';
import {
  readRevocationTarget,
  type RevocationResult,
  type RevocationTarget,
} from '../config/revocation-target.js';
import type { RouteArguments, VerificationMode } from '../config/verification-mode.js';
import { EventSink } from '../events/event-sink.js';
import { createGate } from '../gate/bearer-gate.js';
import { checkChallenges } from '../gate/challenge-form.js';
import type { Gate } from '../gate/gate.js';
import { TokenIds } from '../gate/token-ids.js';
import { SetupWatch } from '../gate/setup-watch.js';
import type { StreamRules } from '../gate/stream-gate.js';
import { BodyBudget } from '../http/body-collector.js';
import { FailedAttempts } from '../limits/failed-attempts.js';
import { checkedClock, type ServerEnvironment } from '../net/environment.js';
import { EndingFetch } from '../net/ending-fetch.js';
import { platformFetch } from '../net/fetch-json.js';
import { compileOperationPolicy } from '../operation/operation-rules.js';
import { toRequiredLogin } from '../policy/check-login.js';
import type { GatedResource, TrustedServer } from '../resource/trusted-server.js';
import { OpenStreams } from '../streams/open-streams.js';
import { type Revocation, RevocationList } from '../streams/revocation-list.js';
import { afterFirstRead } from '../streams/first-read.js';
import type { SharedRevocations } from '../streams/shared-revocations.js';
import type { AcceptedAudiences } from '../token/audience.js';
import { type ConfirmationMethod, noConfirmations } from '../token/confirmation.js';
import type { TokenVerifier } from '../token/verification.js';
import type { KnownToken } from '../verifier/known-token.js';
import { createObservation } from './create-observer.js';
import { createTokenCache } from './create-token-cache.js';
import { withKeys } from './key-verifiers.js';
import { collectProviderHints } from './provider-hints.js';
import { readAudiences } from './read-audiences.js';
import { describeOtherReleases } from './release.js';
import { SenderChecks } from './sender-checks.js';
import { resolveVerifierChecks } from './resolve-verifier-checks.js';
import { createVerifier, type VerifierOptions } from './verifier-factory.js';
import { SharedStores } from './shared-stores.js';
import { VerifierSources } from './verifier-sources.js';
import { warnOfLoopback } from './warn-of-loopback.js';
import { warnOfVerifier } from './warn-of-verifier.js';

type StreamOptions = Pick<BearerAuthOptions, 'streams'> & Pick<VerifierOptions, 'jwtVerify'>;

/** Makes the gates of one configuration. They share what is known of good tokens, and the memory for bodies. */
export class GateFactory {
  readonly environment: ServerEnvironment;
  readonly #cache: TokenCache<KnownToken> | undefined;
  readonly #bodyBudget: BodyBudget;
  readonly #failedAttempts: FailedAttempts | undefined;
  readonly #sources: VerifierSources;
  readonly #senders: SenderChecks;
  readonly #fetch: EndingFetch;
  #servers: readonly TrustedServer[] = [];
  /** Of the verifiers of keys of all routes. */
  readonly #keyIssuers = new Set<string>();
  readonly #streams: OpenStreams;
  readonly #shared: SharedRevocations | undefined;
  /** Tokens that must not pass any more. */
  readonly revocations: RevocationList;
  /** What is seen of the setup, by gates and by the metadata. */
  readonly setup: SetupWatch;

  /**
   * @param config - its options were checked
   * @param adapter - the class that serves the gates; one of another release than the core is warned of
   */
  constructor(config: MCPAuthOptions, adapter: object | undefined) {
    const now = checkedClock(config.now);
    const events = new EventSink(config, now);
    for (const sentence of describeOtherReleases(adapter)) events.warn(sentence);
    this.#fetch = new EndingFetch(config.fetch ?? platformFetch);
    const stores = config.stores && new SharedStores(config.stores, { now, events });
    this.environment = { fetch: this.#fetch.fetch, now, events, answers: stores?.answers };
    this.#senders = new SenderChecks(config.proofs, stores, this.environment);
    this.#sources = new VerifierSources(events, config.checkAtStart);
    this.setup = new SetupWatch(() => this.#sources.beginCheck());
    this.#bodyBudget = new BodyBudget(config.bodyBudgetBytes ?? bodyBudgetBytes.default);
    const limits = resolveTokenCache(config.cache);
    this.#cache = limits && createTokenCache(limits, this.environment);
    const ids = new TokenIds();
    const bounds = withDefaults(config.revocations, revocationOptions);
    this.revocations = new RevocationList(bounds, now, (claims) => ids.of({ claims }));
    this.#streams = new OpenStreams({ now, events }, (token) => this.revocations.refuses(token));
    this.#shared = stores?.createRevocations({
      maxEntries: bounds.maxEntries,
      lifetimeSecondsOf: (issuer) => this.revocations.lifetimeSecondsOf(issuer),
      add: (revocation, madeAt) => this.revocations.add(revocation, madeAt),
      onAdded: () => this.#streams.endRevoked(),
    });
    this.#shared?.start();
    this.#failedAttempts =
      config.limits && new FailedAttempts(resolveLimits(config.limits), this.environment.now, events);
  }

  /** Tells of all resources: callers with a key must not pass for users of one of their servers. */
  trust(resources: readonly GatedResource[]): void {
    this.#servers = resources.flatMap(({ servers }) => servers);
    this.#senders.prepare(resources);
    warnOfLoopback(this.#servers, this.environment.events);
  }

  /**
   * Resolves when what the gates verify with is there: metadata, keys, credentials for introspection. Before any gate was made,
   * that of all these servers.
   *
   * @throws {MCPAuthAuthServerError} the first failure
   */
  async ready(servers: readonly AuthorizationServer[]): Promise<void> {
    await Promise.all([this.#sources.ready(servers), this.#shared?.ready()]);
  }

  /**
   * Revokes tokens, and ends their streams. What comes after the call is refused in this process; then the others are told.
   *
   * @param issuers - those of the authorization servers; those of keys are known here
   * @throws {MCPAuthConfigError} for a target that is none
   * @throws {MCPAuthRevocationError} where it cannot be kept, or not told what it is about
   */
  async revoke(target: RevocationTarget, issuers: ReadonlySet<string>): Promise<RevocationResult> {
    const known = new Set([...issuers, ...this.#keyIssuers]);
    const { issuer, by, value } = readRevocationTarget(target, known);
    const revocation: Revocation = this.revocations.describe(issuer, by, value);
    this.revocations.add(revocation);
    const streams = this.#streams.endRevoked();
    return this.#shared === undefined
      ? { streams }
      : { streams, isShared: await this.#shared.publish(revocation) };
  }

  /** Ends streams, timers and fetches. Nothing is fetched from then on. Resolves when other processes were told what they still had to be. */
  async close(): Promise<void> {
    this.#streams.close();
    this.#sources.close();
    this.environment.events.close();
    this.#fetch.end();
    await this.#shared?.close();
  }

  /**
   * @param route - its options were checked
   * @throws {MCPAuthConfigError} `missing_key_source`, `invalid_audience`, or for options that do not go together
   */
  create(resource: GatedResource, { mode, options }: RouteArguments): Gate {
    const { challengeScopes, denials, challenges, ...limits } = withDefaults(options, bearerAuthMembers);
    const place = { resource: resource.identifier, now: this.environment.now };
    const operations = options.operations && compileOperationPolicy(options.operations, 'operations', place);
    checkDenials(denials, operations);
    checkChallenges(challenges, operations);
    const requiredScopes = [...new Set(options.requiredScopes)];
    resource.scopeChecks.assertNames([...requiredScopes, ...(operations?.scopes ?? [])]);
    const audiences = readAudiences(resource, options.audience, this.environment);
    const { sender, proofs } = this.#senders.create(resource, options);
    const verifier = this.createVerifier(mode, resource, options, audiences, sender?.methods);
    const parts = findObservable(requiredScopes, operations);
    return createGate({
      observation: createObservation(options.observe, resource.identifier, parts, this.environment),
      operations,
      denials,
      challenges,
      requiredScopes,
      requiredLogin: toRequiredLogin(options.requiredAuthentication, this.environment.now),
      resource: resource.identifier,
      resourceMetadataUrl: resource.metadataUrl,
      verifier,
      sender,
      proofs,
      audiences: withKeys(audiences, options.verifiers, resource),
      scopeChecks: resource.scopeChecks,
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
      tokenHeader: resource.tokenHeader,
      events: this.environment.events,
      setup: this.setup,
      providerHints: collectProviderHints(resource.servers),
      failedAttempts: this.#failedAttempts,
      showErrorDetails: options.showErrorDetails ?? false,
      authContext: options.asyncContext,
      streams: this.#streamRules(options),
      revocations: this.revocations,
    });
  }

  #streamRules({ streams: policy = 'finish', jwtVerify }: StreamOptions): StreamRules {
    const { now } = this.environment;
    const { time } = resolveJwtRules(jwtVerify, now);
    const { expiryToleranceSeconds, maxTokenAgeSeconds } = time;
    const open = this.#streams;
    const seconds = () => time.now();
    return { policy, open, seconds, now, expiryToleranceSeconds, maxTokenAgeSeconds, random: Math.random };
  }

  /** Warns of what a verifier alone cannot do. */
  warnOfVerifier(resource: GatedResource): void {
    warnOfVerifier(resource, this.#failedAttempts !== undefined, this.environment.events);
  }

  /**
   * What verifies tokens for a resource.
   *
   * @param confirmations - how tokens may be bound to who sends them. Default: in no way, for nobody is asked who does
   * @throws {MCPAuthConfigError} as {@link create}
   */
  createVerifier(
    mode: VerificationMode,
    resource: GatedResource,
    options: VerifierOptions,
    audiences: ReadonlyMap<string, AcceptedAudiences>,
    confirmations: ReadonlySet<ConfirmationMethod> = noConfirmations,
  ): TokenVerifier {
    const checks = resolveVerifierChecks(options.verifierChecks, resource, audiences);
    const environment = { ...this.environment, cache: this.#cache };
    const resolved = { ...options, checks, servers: this.#servers, confirmations };
    const { verifier, sources } = createVerifier(mode, resource, resolved, environment);
    for (const { issuer } of options.verifiers ?? []) this.#keyIssuers.add(issuer);
    this.#sources.add(sources);
    return this.#shared === undefined ? verifier : afterFirstRead(verifier, this.#shared);
  }
}

/** What tokens of these servers may be known by: their `iss`, and the identifier of the server. */
export function readIssuers(servers: readonly TrustedServer[]): ReadonlySet<string> {
  return new Set(servers.flatMap(({ server, tokenIssuers }) => [server.issuer, ...tokenIssuers]));
}
