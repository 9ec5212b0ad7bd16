/** Bounds within which HTTP caching of a fetched document is honoured, in milliseconds. */
export interface FreshnessBounds {
  readonly minimumMs: number;
  readonly maximumMs: number;
}

/**
 * How long a response stays fresh (RFC 9111 §4.2.1): `max-age` less `Age`, kept within bounds; the maximum when the
 * response says nothing, the minimum when it says `no-store` or `no-cache`.
 */
export function readFreshness(headers: Headers, bounds: FreshnessBounds): number {
  const directives = (headers.get('cache-control') ?? '').toLowerCase();
  if (/(?:^|[\s,])no-(?:store|cache)(?:$|[\s,=])/.test(directives)) return bounds.minimumMs;
  const maxAge = /(?:^|[\s,])max-age=(\d{1,10})(?:$|[\s,])/.exec(directives)?.[1];
  if (maxAge === undefined) return bounds.maximumMs;
  const age = /^\d{1,10}$/.exec(headers.get('age') ?? '')?.[0] ?? '0';
  const lifetime = (Number(maxAge) - Number(age)) * 1000;
  return Math.min(bounds.maximumMs, Math.max(bounds.minimumMs, lifetime));
}
