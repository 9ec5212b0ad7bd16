import { randomBytes } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { Adapter, ClientMetadata, Configuration, JWK, KoaContextWithOIDC } from 'oidc-provider';
import { displayName, findAccount, isAdministrative, nameAlone, secondFactor } from './accounts.js';
import { fetchLoopbackClient, isLoopback } from './client-documents.js';
import { interactionUrl } from './interactions.js';
import { loadOidcProvider } from './load-oidc-provider.js';
import { createMemoryAdapter } from './memory-adapter.js';

export const accessTokenTtlSeconds = 600;
const hourSeconds = 3600;

/** A resource as its authorization server knows it. */
export interface KnownResource {
  readonly scopes: readonly string[];
  /** What its access tokens look like: JWTs (RFC 9068), or strings that only the authorization server can read. */
  readonly accessTokenFormat: 'jwt' | 'opaque';
}

export interface ProviderOptions {
  readonly issuer: string;
  readonly signingKey: JWK;
  /** Clients known from the start. */
  readonly clients: readonly ClientMetadata[];
  /** By resource identifier. */
  readonly resources: ReadonlyMap<string, KnownResource>;
  /** Fetches documents of clients. Default: the global one. */
  readonly fetch: typeof globalThis.fetch | undefined;
}

/**
 * An authorization server as MCP Authorization wants one: RFC 7009, 7591, 7636, 7662, 8414, 8707, 9068, 9449 and 9701,
 * and clients whose id is the address of a document.
 */
export async function createProvider(options: ProviderOptions): Promise<Provider> {
  const { issuer, signingKey, clients, resources, fetch } = options;
  const { default: Provider, errors } = await loadOidcProvider();
  const provider = new Provider(issuer, {
    adapter: withLoopbackClients(createMemoryAdapter()),
    ...(fetch && { fetch: (url, options) => fetch(url, options) }),
    jwks: { keys: [signingKey] },
    clientDefaults: {
      // RFC 7591 does not know the member; most MCP clients are native apps, whose loopback port changes from login to login
      // (RFC 8252 §7.3)
      application_type: 'native',
      id_token_signed_response_alg: 'ES256',
      introspection_signed_response_alg: 'ES256',
    },
    clients: [...clients],
    cookies: { keys: [randomBytes(32).toString('hex')] },
    // Without it oidc-provider has no refresh grant, and turns away every client that registers one
    scopes: ['openid', 'profile', 'offline_access'],
    // RFC 7591 §2: a client names its grants when it registers; not every client also asks for offline_access
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    responseTypes: ['code'],
    claims: { profile: ['name'] },
    findAccount: (_context, accountId) => findAccount(accountId),
    acrValues: [secondFactor, nameAlone],
    extraTokenClaims: (context, token) =>
      'accountId' in token && typeof token.accountId === 'string'
        ? { name: displayName(token.accountId), ...readLogin(context.oidc.entities) }
        : undefined,
    interactions: { url: (_context, { uid }) => interactionUrl(uid) },
    pkce: { required: () => true },
    // A page of any origin may log its user in; a client that gets tokens without one is a program, and no page may be it
    clientBasedCORS: (_context, _origin, client) => !client.grantTypeAllowed('client_credentials'),
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
        // oidc-provider refuses it to native clients only
        if (metadata.redirect_uris?.some(sendsCodesInTheClear))
          throw new errors.InvalidClientMetadata(
            'redirect_uris that begin with http: must be on this machine; use https: for another one',
          );
      },
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      registration: { enabled: true },
      clientIdMetadataDocument: { enabled: true, ack: 'draft-02' },
      // RFC 7009 §2.1: only the client a token was issued to may give it back
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      // RFC 7662 §2.1: who may ask about tokens is known and shows who it is
      introspection: {
        enabled: true,
        allowedPolicy: (_context, client) => client.clientAuthMethod !== 'none',
      },
      jwtIntrospection: { enabled: true },
      // RFC 9449: a client that sends a proof with its token request gets a bound token
      dPoP: { enabled: true, nonceSecret: randomBytes(32) },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, identifier) => {
          const known = resources.get(identifier);
          if (known === undefined) throw new errors.InvalidTarget();
          const { scopes, accessTokenFormat } = known;
          return { scope: scopes.join(' '), accessTokenFormat, audience: identifier };
        },
      },
    },
  } satisfies Configuration);
  provider.use(async (context, next) => {
    // RFC 6749 §3.3: a request without scope is processed with a default one
    if (context.path === '/auth' && context.method === 'GET' && !context.query['scope'])
      context.query = { ...context.query, scope: defaultScope(resources, context.query['resource']) };
    await next();
  });
  return provider;
}

/** How and when the user logged in, whose code or refresh token becomes a token (RFC 9470 §6.1). */
function readLogin({ AuthorizationCode: code, RefreshToken: refreshed }: LoginEntities) {
  const { acr, authTime } = code ?? refreshed ?? {};
  return {
    ...(acr === undefined ? undefined : { acr }),
    ...(authTime === undefined ? undefined : { auth_time: authTime }),
  };
}

type LoginEntities = KoaContextWithOIDC['oidc']['entities'];

/** What everybody may grant at a resource. */
function defaultScope(resources: ProviderOptions['resources'], resource: unknown): string {
  const known = typeof resource === 'string' ? resources.get(resource) : undefined;
  return known?.scopes.filter((scope) => !isAdministrative(scope)).join(' ') || 'openid';
}

function sendsCodesInTheClear(redirectUri: string): boolean {
  return URL.canParse(redirectUri) && /^http:/i.test(redirectUri) && !isLoopback(new URL(redirectUri));
}

function withLoopbackClients(create: (model: string) => Adapter): (model: string) => Adapter {
  return (model) => {
    const adapter = create(model);
    if (model !== 'Client') return adapter;
    return { ...adapter, find: async (id) => (await adapter.find(id)) ?? (await fetchLoopbackClient(id)) };
  };
}
