import { StartupError } from '@mcp-auth/app-sample-kit';
import {
  type DevClient,
  type DevIssuer,
  DevIssuerError,
  startDevIssuer,
  type TokenFormat,
} from '@mcp-auth/dev-issuer';
import { portAdvice } from '../options.js';
import { scopes as scopeTable } from './accounts.js';

/** A client known from the start, for tokens without a user. */
export const knownClient = { id: 'demo', secret: 'demo-secret' } as const;

/** A resource server known from the start, which may ask about tokens (RFC 7662 §2.1). */
export const knownResourceServer = { id: 'resource-server', secret: 'resource-server-secret' } as const;

export interface AuthorizationServer extends Pick<
  DevIssuer,
  'issuer' | 'sign' | 'interrupt' | 'resume' | 'close'
> {
  /** Makes a resource known, with the scopes that exist there. Its tokens are JWTs by default. Possible at any time. */
  addResource(identifier: string, scopes: readonly string[], tokens?: TokenFormat): void;
}

/**
 * Starts an authorization server on loopback; port 0 takes any free one.
 *
 * @param clients - further clients it knows from the start
 * @param options - `fetch` fetches documents of clients whose id is an https address
 * @throws {StartupError} when the port cannot be had
 */
export async function startAuthorizationServer(
  port: number,
  clients: readonly DevClient[] = [],
  options: { readonly fetch?: typeof globalThis.fetch } = {},
): Promise<AuthorizationServer> {
  const issuer = await startDevIssuer({
    ...options,
    port,
    resources: [],
    scopes: scopeTable,
    clients: [
      withoutUser(knownClient, ['client_credentials']),
      withoutUser(knownResourceServer, []),
      ...clients,
    ],
  }).catch((error: unknown) => {
    if (!(error instanceof DevIssuerError)) throw error;
    throw new StartupError(error.message.replace('choose another one', portAdvice));
  });
  const { issuer: identifier, sign, interrupt, resume, close } = issuer;
  return {
    ...{ issuer: identifier, sign, interrupt, resume, close },
    addResource: (resource, scopes, tokens = 'jwt') => issuer.addResource({ resource, scopes, tokens }),
  };
}

function withoutUser(
  { id, secret }: { readonly id: string; readonly secret: string },
  grantTypes: readonly string[],
): DevClient {
  return {
    client_id: id,
    client_secret: secret,
    grant_types: grantTypes,
    redirect_uris: [],
    response_types: [],
  };
}
