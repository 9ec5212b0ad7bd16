import { createHash, randomBytes } from 'node:crypto';
import { Recorder } from '../../src/recorder.js';
import { approve } from '../../src/user-agent.js';

/** What a client knows after its registration (RFC 7591 §3.2.1), as far as a login needs it. */
export interface RegisteredClient {
  readonly client_id: string;
  readonly client_secret?: string;
  readonly token_endpoint_auth_method: string;
  readonly application_type: string;
  readonly redirect_uris: readonly string[];
  readonly grant_types: readonly string[];
  readonly response_types: readonly string[];
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
}

export function register(issuer: string, body: unknown): Promise<Response> {
  return fetch(`${issuer}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Asks at the token endpoint in the way that the client registered. */
export function requestTokens(
  issuer: string,
  client: RegisteredClient,
  parameters: Record<string, string>,
): Promise<Response> {
  const { client_id: id, client_secret: secret = '', token_endpoint_auth_method: method } = client;
  const form = new URLSearchParams(parameters);
  const basic = method === 'client_secret_basic';
  if (!basic) form.set('client_id', id);
  if (method === 'client_secret_post') form.set('client_secret', secret);
  const headers: Record<string, string> = basic
    ? { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` }
    : {};
  return fetch(`${issuer}/token`, { method: 'POST', headers, body: form });
}

/** One login from the authorization request to the tokens. */
export async function logIn(
  issuer: string,
  client: RegisteredClient,
  request: { readonly redirect_uri: string; readonly resource: string; readonly scope: string },
): Promise<Tokens> {
  const verifier = randomBytes(32).toString('base64url');
  const url = new URL('/auth', issuer);
  url.search = new URLSearchParams({
    ...request,
    client_id: client.client_id,
    response_type: 'code',
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    // OpenID Connect Core §11: offline_access is asked for with it
    ...(request.scope.includes('offline_access') && { prompt: 'consent' }),
  }).toString();
  const answer = await approve(url, {
    redirectUrl: request.redirect_uri,
    account: 'alice',
    recorder: new Recorder(),
  });
  const response = await requestTokens(issuer, client, {
    grant_type: 'authorization_code',
    code: answer.get('code') ?? '',
    code_verifier: verifier,
    redirect_uri: request.redirect_uri,
    resource: request.resource,
  });
  return (await response.json()) as Tokens;
}
