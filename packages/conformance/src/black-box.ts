/** Judges any protected MCP server from outside. */
export { AuditIssuer, startAuditIssuer, type MintFor } from './black-box/audit-issuer.js';
export { auditServer, type AuditOptions } from './black-box/audit-server.js';
export { blackBoxCases, blackBoxVersion } from './black-box/cases/cases.js';
export { excludedFromAudit } from './black-box/excluded-requirements.js';
export type {
  BlackBoxExchange,
  BlackBoxRequest,
  BlackBoxResponse,
  BlackBoxSend,
} from './black-box/exchange.js';
export {
  blackBoxAreas,
  blackBoxRevisions,
  type BlackBoxArea,
  type BlackBoxCase,
  type BlackBoxNeed,
  type BlackBoxRevision,
  type BlackBoxSeverity,
} from './black-box/model.js';
export type { BlackBoxCredentials, Probe } from './black-box/probe.js';
export { registerAudit } from './black-box/register-audit.js';
export {
  formatAuditLine,
  type BlackBoxGrade,
  type BlackBoxReport,
  type BlackBoxResult,
  type BlackBoxTotals,
} from './black-box/report.js';
export { createSend, type SendLimits } from './black-box/send.js';
export type { Verdict } from './black-box/verdict.js';
export type { McpCall } from './black-box/wire.js';
