const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Where a server listens whose URL names no port of its own: a proxy stands in front of it. */
const usualPort = '3000';

/** Each router reads other signs as a pattern, or decodes them first: in these they agree. */
const plainPath = /^\/(?:[\w.~-]+\/?)*$/;

/** Of a template that nobody filled in, or the address of the metadata; what the core says no to as well. */
const mistakes = /\/(?:undefined|null)(?:\/|$)|\/\.well-known\/oauth-protected-resource(?:\/|$)/i;

/**
 * What the URL of a server says of the place where it runs.
 *
 * @param {string} resource
 * @returns {{ isUsable: boolean, isLocal: boolean, host: string, path: string, port: string }}
 */
export function readResource(resource) {
  if (!/^https?:\/\//i.test(resource) || !URL.canParse(resource)) {
    return { isUsable: false, isLocal: true, host: 'localhost', path: '/mcp', port: usualPort };
  }
  const { href, protocol, hostname, port, pathname, username } = new URL(resource);
  const isLocal = loopback.has(hostname);
  const isPlain = protocol === 'http:';
  return {
    isUsable:
      !(isPlain && !isLocal) &&
      // Clients compare it character by character, and write it as the standard of URLs does
      (href === resource || href === `${resource}/`) &&
      !resource.includes('#') &&
      username === '' &&
      port !== '0' &&
      plainPath.test(pathname) &&
      !mistakes.test(resource),
    isLocal,
    host: hostname,
    path: pathname,
    port: isLocal && isPlain ? port || '80' : usualPort,
  };
}
