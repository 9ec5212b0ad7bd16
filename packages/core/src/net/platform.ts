/**
 * Whether one request may wait for what another request has begun. On Cloudflare Workers it must not: I/O belongs to the
 * request that started it, and ends with it.
 */
export function mayShareCalls(): boolean {
  const { navigator } = globalThis as { readonly navigator?: { readonly userAgent?: unknown } };
  return navigator?.userAgent !== 'Cloudflare-Workers';
}
