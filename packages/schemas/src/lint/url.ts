const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i;

export const isHttps = (url: string): boolean => /^https:/i.test(url);

/** Whether the host is one that only the same machine can reach: OAuth allows plain http there. */
export function isLoopback(url: string): boolean {
  const host = AUTHORITY.exec(url)?.[1]?.toLowerCase() ?? '';
  return /^(?:localhost|[a-z0-9.-]+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
}

export const hasFragment = (url: string): boolean => url.includes('#');

export const hasQuery = (url: string): boolean => /^[^#]*\?/.test(url);

/** Whether a placeholder is left in the URL, such as `{tenantid}`. */
export const isTemplate = (url: string): boolean => /[{}]/.test(url);
