import { randomBytes } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { Configuration, JWK } from 'oidc-provider';
import { displayName, findAccount } from './accounts.js';
import { interactionUrl } from './interactions.js';
import { loadOidcProvider } from './load-oidc-provider.js';
import { createMemoryAdapter } from './memory-adapter.js';

export const accessTokenTtlSeconds = 600;
const hourSeconds = 3600;

export interface ProviderOptions {
  readonly issuer: string;
  readonly signingKey: JWK;
  /** Known clients, for the client credentials grant. */
  readonly clients: readonly { readonly id: string; readonly secret: string }[];
  /** Resource identifiers with the scopes that exist there. */
  readonly resources: ReadonlyMap<string, readonly string[]>;
}

/** An authorization server as MCP Authorization wants one: RFC 8414, 7591, 7636, 8707 and 9068. */
export async function createProvider(options: ProviderOptions): Promise<Provider> {
  const { issuer, signingKey, clients, resources } = options;
  const { default: Provider, errors } = await loadOidcProvider();
  return new Provider(issuer, {
    adapter: createMemoryAdapter(),
    jwks: { keys: [signingKey] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clients: clients.map(({ id, secret }) => ({
      client_id: id,
      client_secret: secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: ['openid', 'profile'],
    responseTypes: ['code'],
    claims: { profile: ['name'] },
    findAccount: (_context, accountId) => findAccount(accountId),
    extraTokenClaims: (_context, token) =>
      'accountId' in token && typeof token.accountId === 'string'
        ? { name: displayName(token.accountId) }
        : undefined,
    interactions: { url: (_context, { uid }) => interactionUrl(uid) },
    pkce: { required: () => true },
    clientBasedCORS: () => true,
    renderError: (context, { error, error_description: description }) => {
      context.type = 'text';
      context.body = `${error}: ${description ?? 'the request cannot be served'}\n`;
    },
    ttl: {
      AccessToken: accessTokenTtlSeconds,
      ClientCredentials: accessTokenTtlSeconds,
      IdToken: accessTokenTtlSeconds,
      AuthorizationCode: 60,
      RefreshToken: hourSeconds,
      Interaction: hourSeconds,
      Session: hourSeconds,
      Grant: hourSeconds,
    },
    // A client that asks for more scopes later must not be held to those it registered with
    extraClientMetadata: {
      properties: ['scope'],
      validator: (_context, _name, _value, metadata) => {
        delete metadata['scope'];
      },
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      registration: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, identifier) => {
          const scopes = resources.get(identifier);
          if (scopes === undefined) throw new errors.InvalidTarget();
          return { scope: scopes.join(' '), accessTokenFormat: 'jwt', audience: identifier };
        },
      },
    },
  } satisfies Configuration);
}
