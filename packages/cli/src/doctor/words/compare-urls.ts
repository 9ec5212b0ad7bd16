/** In what two addresses differ, as far as it can be named. */
export type UrlDifference = 'slash' | 'scheme' | 'host' | 'port' | 'case' | 'path' | 'spelling';

const words: Readonly<Record<UrlDifference, string>> = {
  slash: 'one ends with a slash and the other does not',
  scheme: 'one is http and the other https',
  host: 'they name different hosts',
  port: 'they name different ports',
  case: 'they differ in upper and lower case',
  path: 'they have different paths',
  spelling: 'they are not the same, character by character',
};

/**
 * Tells in what two addresses differ; nothing where they are the same, character by character. Where
 * more than one part differs, the one that comes first in this list is named: host, scheme, port, path.
 */
export function compareUrls(one: string, other: string): UrlDifference | undefined {
  if (one === other) return undefined;
  if (withoutSlash(one) === withoutSlash(other)) return 'slash';
  if (one.toLowerCase() === other.toLowerCase()) return 'case';
  if (!URL.canParse(one) || !URL.canParse(other)) return 'spelling';
  const [a, b] = [new URL(one), new URL(other)];
  if (a.hostname !== b.hostname) return 'host';
  if (a.protocol !== b.protocol) return 'scheme';
  if (a.port !== b.port) return 'port';
  return a.pathname === b.pathname ? 'spelling' : 'path';
}

export function describeDifference(difference: UrlDifference): string {
  return words[difference];
}

function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}

/** `https://h` and `https://h/` are one address: an empty path is sent as a slash (RFC 9110 §4.2.3). */
export function isSameResource(one: string, other: string): boolean {
  return one === other || (isBare(one) && isBare(other) && withoutSlash(one) === withoutSlash(other));
}

function isBare(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname === '/' && new URL(url).search === '';
}
