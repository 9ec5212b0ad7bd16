import { redirectUrl } from '../lib/code-flow.js';

export interface Registration {
  readonly status: number;
  /** What Keycloak says when it says no. */
  readonly reason: string;
  /** Of the client, when it says yes. */
  readonly clientId: string;
}

/** What an MCP client sends to register itself, with these members changed (RFC 7591 §3.1). */
export async function register(
  issuer: string,
  changes: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Registration> {
  const response = await fetch(`${issuer}/clients-registrations/openid-connect`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      client_name: 'Interop client',
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...changes,
    }),
  });
  const text = await response.text();
  const { client_id: clientId = '' } = response.ok
    ? (JSON.parse(text) as { readonly client_id?: string })
    : {};
  return { status: response.status, reason: response.ok ? '' : text, clientId };
}
