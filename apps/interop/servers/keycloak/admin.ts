import { administrator } from './start-keycloak.js';

type Json = Readonly<Record<string, unknown>>;

/** What the console does by its buttons: calls of Keycloak's admin API. */
export class KeycloakAdmin {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  get<T>(path: string): Promise<T> {
    return this.#call<T>('GET', path);
  }

  post(path: string, body: Json | readonly Json[]): Promise<unknown> {
    return this.#call('POST', path, body);
  }

  put(path: string, body: Json = {}): Promise<unknown> {
    return this.#call('PUT', path, body);
  }

  delete(path: string): Promise<unknown> {
    return this.#call('DELETE', path);
  }

  /** @throws with what Keycloak says, when it says no */
  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#url}/admin${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.#login()}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} is answered with ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** For each call: the token of the administrator lives for a minute. */
  async #login(): Promise<string> {
    const response = await fetch(`${this.#url}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...administrator }),
    });
    const { access_token: token } = (await response.json()) as { readonly access_token?: string };
    if (token === undefined) throw new Error(`the administrator cannot log in (${response.status})`);
    return token;
  }
}
