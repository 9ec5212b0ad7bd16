export type {
  AuthServerConfig,
  AuthServerMetadata,
  AuthServerOptions,
  DiscoveryAuthServerConfig,
  LocalAuthServerConfig,
  ResolvedAuthServerConfig,
  TranspileData,
} from './config/authorization-server.js';
export {
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  type FetchedServerConfig,
  type FetchServerConfigByUrlOptions,
  type FetchServerConfigOptions,
} from './authorization-server/fetch-server-config.js';
export { getCandidateMetadataUrls, getMetadataUrl } from './authorization-server/issuer.js';
export { type AuthServerType } from './config/authorization-server.js';
export {
  formatChallenge,
  type ChallengeError,
  type ChallengeParameters,
} from './challenge/format-challenge.js';
export type { AuthContext, AuthContextStore } from './context/auth-context.js';
export type { MCPAuthConfig, ResourceServerModeConfig, SingleResourceConfig } from './config/mcp-auth.js';
export type { FailedAttemptOptions, LimitOptions } from './config/limits.js';
export type { PeerRequest } from './limits/peer-reader.js';
export type { ProxyHeader } from './limits/proxy-hops.js';
export type { AuthServerEntry } from './config/protected-resource.js';
export type { CorsOptions } from './cors/cors-policy.js';
export { MCPAuthAuthServerError, type AuthServerErrorCode } from './errors/auth-server-error.js';
export {
  MCPAuthBearerAuthError,
  type BearerAuthErrorCode,
  type CredentialErrorCode,
} from './errors/bearer-auth-error.js';
export { MCPAuthConfigError, type ConfigErrorCode, type ConfigErrorOptions } from './errors/config-error.js';
export {
  MCPAuthInsufficientScopeError,
  type InsufficientScope,
  type InsufficientScopeResult,
} from './errors/bearer-auth-error.js';
export { MCPAuthError, type MCPAuthErrorJson, type MCPAuthErrorOptions } from './errors/mcp-auth-error.js';
export { MCPAuthRevocationError, type RevocationErrorCode } from './errors/revocation-error.js';
export { MCPAuthSessionError, type SessionErrorCode } from './errors/session-error.js';
export { MCPAuthTokenVerificationError, type TokenErrorCode } from './errors/token-error.js';
export { describeDenial, type DenialEvent } from './events/describe-decision.js';
export type {
  AllowedDecision,
  DecisionCaller,
  DecisionEvent,
  DecisionOperation,
  DeniedDecision,
  DenialCode,
  ObservedDenial,
  ObservedPart,
  TokenStatement,
  VerifiedBy,
} from './events/decision-event.js';
export type { DependencyEvent, DependencyPurpose } from './events/dependency-event.js';
export type {
  CacheEvent,
  EventLevel,
  EventListener,
  EventStamp,
  LimitEvent,
  MCPAuthEvent,
  PolicyEvent,
  StreamEndReason,
  StreamEvent,
  WarningEvent,
} from './events/events.js';
export type { Fact } from './events/facts.js';
export type { FaultAttempt, FaultEvent, KeysEvent, OutageEvent } from './events/server-events.js';
export type { StoreEvent, StoreName } from './events/store-event.js';
export type { EventLogger, LogOption, LogSettings } from './events/log-sink.js';
export type { Timing } from './events/timing.js';
export { AuthInfo, type AuthInfoInit, type ResourceFacts, type TokenFacts } from './caller/auth-info.js';
export { authInfoOf, type SdkHandlerContext } from './sdk/auth-info-of.js';
export type {
  ClientSecretBasic,
  ClientSecretPost,
  IntrospectionBearer,
  IntrospectionCacheOptions,
  IntrospectionClientAuthentication,
  IntrospectionConfig,
  PrivateKeyJwt,
  SignedResponseOptions,
} from './config/introspection.js';
export type { HandleBinding } from './handles/principal.js';
export type { HandleOptions } from './handles/handle-options.js';
export type { Handles, SealOptions } from './handles/handles.js';
export type { MakingRequest } from './handles/needed-scopes.js';
export type { StateCodec, StateCodecFactory } from './handles/request-state.js';
export type { TaskHandler } from './handles/task-handler.js';
export type { GuardedTaskStore, SdkTaskStore } from './handles/task-store.js';
export type { InlineKeys, JwkInput, PemKey } from './keys/inline-keys.js';
export type { ListFilter, ListKind } from './lists/list-filter.js';
export type {
  NoAuthScheme,
  OAuth2Scheme,
  SecurityScheme,
  SecuritySchemes,
} from './lists/security-schemes.js';
export type {
  AuthorizationExtensionName,
  AuthorizationExtensions,
} from './engine/authorization-extensions.js';
export type { DeclaredNeeds } from './policy/policy-settings.js';
export type { AuthorizationExtensionOptions } from './config/sdk-options.js';
export type { ListCaller, ListServer, RequestHandlerHost } from './lists/list-handlers.js';
export type { FetchFunction, FetchInit } from './net/fetch-json.js';
export { createPolicy, type KeepDecisionsOptions, type PolicyOptions } from './config/policy-options.js';
export type { DenialForm } from './challenge/operation-refusals.js';
export type {
  ChallengeChoice,
  ChallengedClient,
  ChallengeForm,
  ChallengeFunction,
  DeclaredCapability,
} from './gate/challenge-form.js';
export type { RequestHead } from './http/request-head.js';
export type { CertificateFingerprint, ClientCertificate } from './http/peer-certificate.js';
export type { CertificateHeaderOptions, MutualTlsOptions, ProxySecret } from './config/mutual-tls.js';
export type { CertificateFormat } from './sender/certificate-header.js';
export {
  allow,
  deny,
  depends,
  needAuthentication,
  needScopes,
  type Denial,
  type PolicyDecision,
  type Remediation,
} from './policy/policy-decision.js';
export type { AuthenticationNeed } from './policy/authentication-need.js';
export type { AuthenticationRequirement, OperationRequirement } from './policy/operation-requirement.js';
export type {
  Operation,
  OperationBatchFunction,
  OperationFunction,
  OperationNeed,
  PolicyAnswer,
  PolicyRequest,
} from './policy/policy-function.js';
export { PolicyUnavailableError, type PolicyUnavailableOptions } from './policy/policy-unavailable-error.js';
export type {
  MethodRules,
  OperationPolicy,
  OperationRule,
  RemainingRule,
  TargetRules,
} from './operation/operation-policy.js';
export type { ScopeRequirement } from './scopes/scope-requirement.js';
export type { ChallengeScopes } from './scopes/scope-requirement.js';
export type { ScopeHierarchy } from './scopes/scopes.js';
export type { EndingAudience } from './token/audience.js';
export type { AudienceOption } from './config/audience-option.js';
export type {
  AutoBearerAuthOptions,
  BearerAuthOptions,
  CustomBearerAuthOptions,
  IntrospectionBearerAuthOptions,
  JwtBearerAuthOptions,
  LifetimeOptions,
  SdkVerifierBearerAuthOptions,
} from './config/bearer-auth-options.js';
export type { DpopOptions, ProofMode, ProofOptions } from './config/proofs.js';
export type { ProofErrorCode } from './errors/proof-error.js';
export type { Claim, ClaimOutcome, ClaimStore } from './stores/claim-store.js';
export type { VerifierChecks } from './config/verifier-checks.js';
export type {
  KeptVerdictOptions,
  KeyVerifier,
  OpaqueVerifier,
  PrefixVerifier,
  PrefixVerifiersOption,
} from './config/key-verifiers.js';
export type { ObserveOptions } from './config/observe.js';
export type { AccessTokenVerifierOptions, OAuthErrorClass } from './config/sdk-options.js';
export type { ListFilterOptions } from './config/sdk-options.js';
export type { ScopeChallengeOptions } from './config/sdk-options.js';
export type { JwtVerifyOptions } from './config/jwt-verify-options.js';
export { readScopes, type ScopeMapping } from './scopes/scopes.js';
export type { Claims, TokenPolicy, TokenPolicyContext } from './token/token-policy.js';
export type { RevocationOptions, TokenCacheOptions } from './config/mcp-auth.js';
export type { RevocationResult, RevocationTarget } from './config/revocation-target.js';
export type { StoreOptions } from './config/stores.js';
export type { AnswerStore } from './stores/answer-store.js';
export type { RevocationPage, RevocationStore, SharedRevocation } from './stores/revocation-store.js';
export type { StreamPolicy } from './gate/stream-gate.js';
export type { RemoteJwkSetOptions } from './config/jwt-verify-options.js';
export type {
  ProtectedResourceConfig,
  ProtectedResourceMetadataConfig,
  TokenHeader,
} from './config/protected-resource.js';
export { getResourceMetadataUrl } from './resource/resource-identifier.js';
export type { ScopeChallenge, ScopeChallengeContext, ScopeChallengeHandler } from './sdk/scope-challenge.js';
export type { AccessTokenVerifier } from './sdk/token-verifier.js';
export {
  createSessionRegistry,
  type SessionEnd,
  type SessionRegistry,
  type SessionRegistryOptions,
} from './sessions/session-registry.js';
export { supportedAlgorithms, type SigningAlgorithm } from './token/algorithms.js';
export { createKeyVerifier, hashKey, matchKeyHash } from './verifier/key-hash.js';
export type { HashedKey } from './verifier/hashed-key.js';
export type { KeyInfo, VerifyKey } from './verifier/key-info.js';
export type {
  AnyVerifyAccessToken,
  SdkTokenInfo,
  TokenInfo,
  VerifyAccessToken,
  VerifySdkToken,
} from './verifier/token-info.js';
