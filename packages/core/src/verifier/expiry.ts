/**
 * When a token ends that need not say so: what is stated, else `maxAgeSeconds` after it was issued, or after somebody vouched
 * for it where that is not known either. All times in seconds since the epoch.
 *
 * Does not check: any of the values; a stated expiry is returned as it is.
 */
export function resolveExpiry(
  stated: unknown,
  issuedAt: unknown,
  vouchedAt: number,
  maxAgeSeconds: number | undefined,
): unknown {
  if (stated !== undefined || maxAgeSeconds === undefined) return stated;
  return (typeof issuedAt === 'number' ? issuedAt : vouchedAt) + maxAgeSeconds;
}
