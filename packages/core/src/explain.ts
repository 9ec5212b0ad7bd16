export type { ExplainedServer, ExplainOptions } from './explain/explain-rules.js';
export type { ExplainedRequest } from './explain/explained-request.js';
export { explainToken } from './explain/explain-token.js';
export {
  tokenChecks,
  type TokenBinding,
  type TokenCheck,
  type TokenCheckName,
  type TokenCheckResult,
  type TokenExplanation,
} from './explain/explanation.js';
