/**
 * Whether a URL may be fetched: https, or http on a loopback host (RFC 8252 §8.3 for why loopback is different).
 *
 * `allowInsecure` lets plain http pass everywhere, for test networks only.
 */
export function isSecureUrl(url: string, allowInsecure: boolean): boolean {
  const parsed = parseUrl(url);
  if (parsed === undefined) return false;
  if (parsed.protocol === 'https:') return true;
  return parsed.protocol === 'http:' && (allowInsecure || isLoopbackHost(parsed.hostname));
}

/**
 * Whether a URL that a server's metadata names may be fetched: as {@link isSecureUrl} says, and plain http on loopback only
 * where the issuer is there too. A remote document must not send requests to this machine (MCP Security Best Practices,
 * Server-Side Request Forgery).
 */
export function isSecureUrlOf(issuer: string, url: string, allowInsecure: boolean): boolean {
  if (!isSecureUrl(url, allowInsecure)) return false;
  return allowInsecure || url.startsWith('https:') || parseUrl(issuer)?.protocol === 'http:';
}

/** `localhost` and names below it, 127.0.0.0/8 and ::1. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

/** An absolute http or https URL, or nothing. */
export function parseUrl(value: string): URL | undefined {
  try {
    const url = new URL(value);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
  } catch {
    return undefined;
  }
}
