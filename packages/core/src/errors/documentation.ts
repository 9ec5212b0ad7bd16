/** Where the documentation of this library is. The one place that says so. */
const documentation = 'https://github.com/mcp-auth/mcp-auth/blob/main/docs';

/**
 * The address of a section of the documentation, for messages.
 *
 * @param page - its path below the documentation, without `.md`
 * @see {@link MCPAuthError}
 * @example
 * ```ts
 * import { documentationUrl } from '@mcp-auth/core/adapter';
 *
 * console.warn(`See ${documentationUrl('errors', 'wrong_audience')}`);
 * ```
 */
export function documentationUrl(page: string, section: string): string {
  return `${documentation}/${page}.md#${section}`;
}

/**
 * A line for the owner, with the address where it is explained at its end; one that ends in an address of the documentation stays as it is.
 *
 * @param section - of the page about errors
 */
export function linkLine(line: string, section: string): string {
  const last = line.slice(line.lastIndexOf(' ') + 1);
  return last.startsWith(`${documentation}/`) ? line : `${line} → ${documentationUrl('errors', section)}`;
}

/** Section of the page about errors for lines without a code. */
export const logLines = 'log-lines';
