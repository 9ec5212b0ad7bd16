export { auditLog, type AuditLog, type AuditLogOptions } from './audit/audit-log.js';
export { toOcsf, type AuditedDecision, type OcsfEvent } from './audit/ocsf.js';
