export { authzenPolicy, type AuthzenHeaders, type AuthzenPolicyOptions } from './authzen/authzen-policy.js';
export { discoverAuthzen, type DiscoverAuthzenOptions } from './authzen/discover-authzen.js';
export type { AuthzenEndpoints } from './authzen/endpoints.js';
export {
  type AuthenticatedRequest,
  type AuthzenEntity,
  type AuthzenEvaluation,
  toEvaluation,
} from './authzen/evaluation.js';
export type { AuthzenDenial } from './authzen/to-answer.js';
