/** Somebody who has logged in at Glewlwyd: its pages are scripts, and this is the API that they call. */
export class GlewlwydSession {
  readonly #url: string;
  #cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  async logIn(username: string, password: string): Promise<void> {
    await this.call('POST', '/auth/', { username, password });
  }

  /** @throws with what Glewlwyd says, when it says no */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await this.#fetch(`${this.#url}/api${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} is answered with ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** Agrees to what a client asks for, and follows its authorization request to its end. */
  async approve(authorizationUrl: URL): Promise<URL> {
    const clientId = authorizationUrl.searchParams.get('client_id') ?? '';
    const scope = authorizationUrl.searchParams.get('scope') ?? '';
    await this.call('PUT', `/auth/grant/${encodeURIComponent(clientId)}`, { scope });
    const url = new URL(authorizationUrl);
    // Says that the user has seen the page of consent
    url.searchParams.set('g_continue', '');
    const response = await this.#fetch(url.href, { redirect: 'manual' });
    const location = response.headers.get('location');
    if (location === null) throw new Error(`the login ends with status ${response.status}`);
    return new URL(location, url);
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const headers = { cookie: this.#cookie, 'content-type': 'application/json' };
    const response = await fetch(url, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) [this.#cookie = ''] = cookie.split(';');
    return response;
  }
}
