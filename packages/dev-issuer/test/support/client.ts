import { createHash, randomBytes } from 'node:crypto';
import { Visitor } from './visitor.js';

export const redirectUri = 'http://127.0.0.1:33418/callback';

export interface Client {
  readonly client_id: string;
  readonly redirect_uris?: readonly string[];
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly token_type: string;
  readonly scope?: string;
}

export function register(issuer: string, metadata: object = {}): Promise<Response> {
  return fetch(`${issuer}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'A client',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      ...metadata,
    }),
  });
}

export async function registered(issuer: string, metadata: object = {}): Promise<Client> {
  const response = await register(issuer, metadata);
  if (response.status !== 201) throw new Error(await response.text());
  return (await response.json()) as Client;
}

export interface LoginRequest {
  readonly url: URL;
  readonly verifier: string;
}

/** An authorization request with PKCE. */
export function createRequest(
  issuer: string,
  client: Client,
  parameters: Readonly<Record<string, string>> = {},
): LoginRequest {
  const verifier = randomBytes(32).toString('base64url');
  const url = new URL('/auth', issuer);
  url.search = new URLSearchParams({
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri: client.redirect_uris?.[0] ?? redirectUri,
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    state: 'mine',
    ...parameters,
  }).toString();
  return { url, verifier };
}

export function requestTokens(
  issuer: string,
  parameters: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${issuer}/token`, { method: 'POST', headers, body: new URLSearchParams({ ...parameters }) });
}

/** What the client needs to exchange a code, from the answer that its user came back with. */
export function codeGrant(client: Client, { verifier }: LoginRequest, answer: URL): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    client_id: client.client_id,
    code: answer.searchParams.get('code') ?? '',
    code_verifier: verifier,
    redirect_uri: client.redirect_uris?.[0] ?? redirectUri,
  };
}

/** A whole login; what the user changes at the page is `change`. */
export async function logIn(
  issuer: string,
  client: Client,
  parameters: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<Tokens> {
  const visitor = new Visitor();
  const request = createRequest(issuer, client, parameters);
  const page = await visitor.openPage(request.url);
  const answer = await visitor.submit(page, { change: { decision: 'allow', ...change } });
  if (!(answer instanceof URL)) throw new Error(`the user was left at a page: ${answer.html}`);
  const response = await requestTokens(issuer, {
    ...codeGrant(client, request, answer),
    ...(parameters['resource'] !== undefined && { resource: parameters['resource'] }),
  });
  if (response.status !== 200) throw new Error(`${answer.search} ${await response.text()}`);
  return (await response.json()) as Tokens;
}
