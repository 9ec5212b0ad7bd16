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
