import type { Finding, FindingCode, IssueCode } from '@mcp-auth/schemas';

/** What is common to all findings of one code: what is the matter, and how to mend it. */
export type FindingText = Readonly<Pick<Finding, 'message' | 'fix'>>;

/** Every code that the checker can report. A new one without a translation does not compile. */
export type ReportedCode = FindingCode | IssueCode;

export type FindingTexts = Readonly<Record<ReportedCode, FindingText>>;
