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
  // RFC 9111 §5.2: a recipient reads the quoted form too
  const maxAge = /(?:^|[\s,])max-age=("?)(\d{1,10})\1(?:$|[\s,])/.exec(directives)?.[2];
  if (maxAge === undefined) return bounds.maximumMs;
  const lifetime = Number(maxAge) * 1000 - readAgeMs(headers);
  return Math.min(bounds.maximumMs, Math.max(bounds.minimumMs, lifetime));
}

/** How old a response was already when it was received, in milliseconds (RFC 9111 §5.1); 0 when it does not say. */
export function readAgeMs(headers: Headers): number {
  const age = /^\d{1,10}$/.exec(headers.get('age') ?? '')?.[0] ?? '0';
  return Number(age) * 1000;
}
