/** Revisions of the Model Context Protocol whose authorization builds on RFC 9728, oldest first. */
export const mcpRevisions = ['2025-06-18', '2025-11-25', '2026-07-28'] as const;

export type McpRevision = (typeof mcpRevisions)[number];

/** Whether a rule that came with one revision is in force in another. */
export const isSince = (revision: McpRevision, first: McpRevision): boolean => revision >= first;
