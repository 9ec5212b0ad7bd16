import { createHash, randomBytes } from 'node:crypto';

/** Nobody listens there: whoever logs in stops at this address. */
export const redirectUrl = 'http://localhost:4199/callback';

export interface CodeFlow {
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  /** Of a public client. */
  readonly clientId: string;
  readonly scope: string;
  readonly resource: string;
  readonly logIn: (authorizationUrl: URL) => Promise<URL>;
  /** Of the request for the token, besides its own. */
  readonly headers?: () => Promise<Readonly<Record<string, string>>>;
}

/** An access token and what came with it, or the code of the error that the login or the exchange ended with. */
export type CodeFlowResult = CodeFlowTokens | { readonly error: string };

export interface CodeFlowTokens {
  readonly token: string;
  readonly idToken?: string | undefined;
  readonly refreshToken?: string | undefined;
}

interface TokenAnswer {
  readonly access_token?: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  readonly error?: string;
}

/** The authorization code flow with PKCE, without a client library: for what no library does yet (RFC 6749 §4.1, RFC 7636). */
export async function fetchTokenByLogin(flow: CodeFlow): Promise<CodeFlowResult> {
  const { authorizationEndpoint, tokenEndpoint, clientId, scope, resource, logIn, headers } = flow;
  const verifier = randomBytes(32).toString('base64url');
  const url = new URL(authorizationEndpoint);
  const common = { client_id: clientId, redirect_uri: redirectUrl, resource };
  const request = {
    ...common,
    response_type: 'code',
    scope,
    state: randomBytes(8).toString('hex'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(request)) url.searchParams.set(name, value);
  const { searchParams } = await logIn(url);
  const code = searchParams.get('code');
  if (code === null) return { error: searchParams.get('error') ?? '' };
  const response = await fetch(tokenEndpoint, {
    method: 'POST',
    ...(headers !== undefined && { headers: await headers() }),
    body: new URLSearchParams({ ...common, grant_type: 'authorization_code', code, code_verifier: verifier }),
  });
  const {
    access_token: token,
    id_token: idToken,
    refresh_token: refreshToken,
    error = '',
  } = (await response.json()) as TokenAnswer;
  return token === undefined ? { error } : { token, idToken, refreshToken };
}
