import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomState } from 'oauth4webapi';
import type { FoundServer } from '../steps/server-metadata.js';

/** One login that was begun. */
export interface AuthorizationRequest {
  readonly url: URL;
  readonly state: string;
  readonly verifier: string;
  readonly redirectUri: string;
}

export interface AuthorizationNeeds {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly resource: string;
  readonly scopes: readonly string[];
}

/** As MCP clients write it: code flow, PKCE with S256, the resource (RFC 8707), and the scopes. */
export async function createAuthorizationRequest(
  { authorizationEndpoint }: FoundServer,
  { clientId, redirectUri, resource, scopes }: AuthorizationNeeds,
): Promise<AuthorizationRequest> {
  const [state, verifier] = [generateRandomState(), generateRandomCodeVerifier()];
  const url = new URL(authorizationEndpoint);
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    resource,
    ...(scopes.length === 0 ? undefined : { scope: scopes.join(' ') }),
    // OpenID Connect Core §11: without it offline_access is left out
    ...(scopes.includes('offline_access') ? { prompt: 'consent' } : undefined),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url, state, verifier, redirectUri };
}
