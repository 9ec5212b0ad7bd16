type Fetch = typeof globalThis.fetch;

/**
 * Fetches what clients on the web publish: their documents and keys.
 *
 * Checks: https, no redirect. Does not check the address behind the name: `oidc-provider` hands a dispatcher along that cuts connections to
 * private ones, and bounds time and length.
 */
export function createWebFetch(fetch: Fetch = globalThis.fetch): (url: string | URL | Request, options?: RequestInit) => Promise<Response> {
  return (url, options) => {
    const address = url instanceof Request ? url.url : String(url);
    if (!/^https:/i.test(address)) return Promise.reject(new TypeError('Only https addresses are fetched.'));
    return fetch(url, { ...options, redirect: 'manual' });
  };
}
