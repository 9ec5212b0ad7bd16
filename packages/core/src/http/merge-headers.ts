import type { HeaderList } from './answer.js';

/**
 * Headers whose values form a list, so that an answer adds to what the application has set instead of replacing it.
 *
 * `Access-Control-Expose-Headers` is the important one: a CORS middleware in front may have named other headers.
 *
 * @see RFC 9110 §5.3
 * @example
 * ```ts
 * import { isListHeader } from '@mcp-auth/core/adapter';
 *
 * isListHeader('Vary'); // true
 * isListHeader('Content-Type'); // false
 * ```
 */
export function isListHeader(name: string): boolean {
  return listHeaders.has(name.toLowerCase());
}

const listHeaders: ReadonlySet<string> = new Set([
  'www-authenticate',
  'access-control-expose-headers',
  'vary',
]);

/** A value of a header as servers and frameworks keep it. */
export type HeaderValue = string | number | readonly string[] | null | undefined;

/**
 * The lines of a list header with one value more: a challenge keeps its own line, names stand in one line, each once
 * (RFC 9110 §5.3, §5.6.1).
 *
 * @see RFC 9110 §5.3
 * @example
 * ```ts
 * import { addToList } from '@mcp-auth/core/adapter';
 *
 * // Accept, Origin
 * const vary = addToList('Vary', 'Accept', 'Origin');
 * ```
 */
export function addToList(name: string, present: HeaderValue, value: string): string | string[] {
  const lines = present === undefined || present === null ? [] : [present].flat().map(String);
  if (lines.length === 0) return value;
  if (name.toLowerCase() === 'www-authenticate') return [...lines, value];
  const names = new Map<string, string>();
  for (const entry of [...lines, value].join(',').split(',')) {
    const text = entry.trim();
    if (text !== '' && !names.has(text.toLowerCase())) names.set(text.toLowerCase(), text);
  }
  return [...names.values()].join(', ');
}

/** Headers with others added: of a list all values, of any other header the later one. */
export function mergeHeaders(headers: HeaderList, added: HeaderList): HeaderList {
  const merged = new Map<string, { readonly name: string; readonly value: string | string[] }>();
  for (const [name, value] of [...headers, ...added]) {
    const key = name.toLowerCase();
    const present = isListHeader(name) ? merged.get(key)?.value : undefined;
    merged.set(key, { name, value: addToList(name, present, value) });
  }
  return [...merged.values()].flatMap(({ name, value }) =>
    [value].flat().map((line) => [name, line] as const),
  );
}
