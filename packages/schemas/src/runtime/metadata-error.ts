import type { Issue } from './issue.js';
import type { DocumentKind } from '../generated/document-kind.js';

/**
 * Thrown by the `parse…` functions when a document does not parse.
 *
 * Its message names the wrong members and never repeats their values, so it may be logged.
 *
 * @see RFC 8414 §3.3
 * @example
 * ```ts
 * import { MetadataError, parseAuthorizationServerMetadata } from '@mcp-auth/schemas';
 *
 * try {
 *   parseAuthorizationServerMetadata({});
 * } catch (error) {
 *   if (error instanceof MetadataError) console.error(error.issues);
 * }
 * ```
 */
export class MetadataError extends Error {
  override readonly name = 'MetadataError';
  readonly code = 'invalid_metadata';
  /** The kind of document that was expected. */
  readonly document: DocumentKind;
  /** Every reason found, at most 100. Never empty. */
  readonly issues: readonly Issue[];

  constructor(document: DocumentKind, issues: readonly Issue[]) {
    const [first] = issues;
    const where = first?.path.join('.') || 'it';
    super(`Not a valid ${document} document: ${where} ${first?.message} (issues: ${issues.length})`);
    this.document = document;
    this.issues = issues;
  }
}

/** Hands the input back, or throws. */
export function accept(document: DocumentKind, input: unknown, issues: readonly Issue[]): unknown {
  if (issues.length > 0) throw new MetadataError(document, issues);
  return input;
}
