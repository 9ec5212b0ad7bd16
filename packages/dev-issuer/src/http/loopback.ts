const names = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether a URL leads to a server on this machine. */
export function isOnThisMachine(url: URL): boolean {
  return names.has(url.hostname);
}

export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Whether a page comes from a server on this machine: an Origin header that says so. */
export function isLocalOrigin(origin: string): boolean {
  const url = parseUrl(origin);
  return url !== undefined && url.origin === origin && isOnThisMachine(url);
}
