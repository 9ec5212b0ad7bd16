type Fetch = typeof globalThis.fetch;

/**
 * Fetches what clients on the web publish: their documents and keys.
 *
 * Checks: https, a name and no address, none of this machine, no redirect. Does not check the address behind the name: `oidc-provider` hands a
 * dispatcher along that cuts connections to private ones, and bounds time and length.
 */
export function createWebFetch(
  fetch: Fetch = globalThis.fetch,
): (url: string | URL | Request, options?: RequestInit) => Promise<Response> {
  return (url, options) => {
    const address = url instanceof Request ? url.url : String(url);
    if (!isOnTheWeb(new URL(address))) {
      return Promise.reject(new TypeError('Only https addresses of names on the web are fetched.'));
    }
    return fetch(url, { ...options, redirect: 'manual' });
  };
}

/** The URL parser has written every form of an IPv4 address as four numbers. */
function isOnTheWeb({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' && !/^(?:\[.*|[\d.]+|(?:.*\.)?localhost\.?)$/.test(hostname);
}
