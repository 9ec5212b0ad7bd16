export { BodyCollector, type BodyBudget, type BodyLimits } from './http/body-collector.js';
export type { BodyOutcome, BodyProblem, BodyProblemKind } from './http/json-body.js';
export { judgeBodyHeaders, parseJsonBody, type BodyHeaders } from './http/json-body.js';
export type { Answer, HeaderList } from './http/answer.js';
export { addToList, isListHeader, type HeaderValue } from './http/merge-headers.js';
export type { AdapterBinding, AdapterCapabilities } from './adapter/binding.js';
export { adapterInterfaceVersion, type AdapterInterfaceVersion } from './engine/interface-version.js';
export { runAuthenticate, runAuthorize, runGate } from './adapter/run-gate.js';
export { explainUncalled, guardMethods, type CallExamples } from './adapter/guard-methods.js';
export { describeValue } from './errors/describe-value.js';
export { documentationUrl } from './errors/documentation.js';
export { ignoreRejection } from './errors/promises.js';
export { toError } from './errors/to-error.js';
export { EventSink, type Listeners } from './events/event-sink.js';
export type { Happening } from './events/events.js';
export type { GuardedStream, StreamSink } from './streams/guarded-stream.js';
export type { LateRefusal } from './http/answer.js';
export type { RequestHead } from './http/request-head.js';
export { BaseMCPAuth } from './adapter/base-mcp-auth.js';
export { ResourceServer } from './engine/resource-server.js';
export {
  type ModeOrOptions,
  readRoute,
  type OptionsFor,
  type RouteArguments,
  type VerificationMode,
} from './config/verification-mode.js';
export { describeOtherFramework, type FrameworkRelease, type Release } from './engine/release.js';
export { isAuthInfo } from './caller/auth-info.js';
export type { AllowDecision, Decision } from './gate/decision.js';
export type { RefuseDecision } from './http/answer.js';
export type { Gate } from './gate/gate.js';
export { runEndpoint, type Endpoint } from './adapter/run-endpoint.js';
export type { DocumentEndpoint, PublishedDocument } from './documents/document-endpoint.js';
export type { MetadataEndpoint } from './resource/metadata-endpoint.js';
export {
  describeMethods,
  type ListedMethod,
  type MethodFacts,
  type RuleGroup,
} from './operation/method-table.js';
