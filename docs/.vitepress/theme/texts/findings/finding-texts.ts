import type { Finding, FindingCode, IssueCode } from '@mcp-auth/schemas';

/** What is common to all findings of one code: what is the matter, and how to mend it. */
export type FindingText = Readonly<Pick<Finding, 'message' | 'fix'>>;

/** Every code that the checker can report. */
export type ReportedCode = FindingCode | IssueCode;

/** A finding that has no translation yet is told in English. */
export type FindingTexts = Readonly<Partial<Record<ReportedCode, FindingText>>>;
