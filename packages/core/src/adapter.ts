export { isListField, type Answer, type HeaderList } from './adapter/answer.js';
export {
  adapterInterfaceVersion,
  runGate,
  type AdapterBinding,
  type AdapterCapabilities,
} from './adapter/binding.js';
export type { RequestHead } from './adapter/request-head.js';
export { ResourceServer, type OptionsFor, type VerificationMode } from './engine/resource-server.js';
export { isAuthInfo } from './gate/auth-info.js';
export type { AllowDecision, Decision, RefuseDecision } from './gate/decision.js';
export type { Gate } from './gate/gate.js';
export type { Operation } from './gate/operation.js';
export type { MetadataEndpoint } from './resource/metadata-endpoint.js';
