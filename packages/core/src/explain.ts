export type { ExplainedServer, ExplainOptions } from './explain/explain-rules.js';
export { explainToken } from './explain/explain-token.js';
export {
  tokenChecks,
  type TokenCheck,
  type TokenCheckName,
  type TokenCheckResult,
  type TokenExplanation,
} from './explain/explanation.js';
