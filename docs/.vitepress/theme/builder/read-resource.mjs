const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Where a server listens whose URL names no port of its own: a proxy stands in front of it. */
const usualPort = '3000';

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
  const { protocol, hostname, port, pathname, username, password } = new URL(resource);
  const isLocal = loopback.has(hostname);
  const isPlain = protocol === 'http:';
  return {
    isUsable: !(isPlain && !isLocal) && !resource.includes('#') && username === '' && password === '',
    isLocal,
    host: hostname,
    path: pathname,
    port: isLocal && isPlain ? port || '80' : usualPort,
  };
}
