import type Provider from 'oidc-provider';
import type {
  ClientMetadata,
  Configuration,
  ErrorOut,
  KoaContextWithOIDC,
  errors as Errors,
} from 'oidc-provider';
import { pageHeaders, escapeHtml, renderPage } from '../http/html.js';
import { isLocalOrigin } from '../http/loopback.js';
import { explain } from '../log/reason.js';
import { interactionUrl, nameAlone, secondFactor } from '../login/interactions.js';
import type { Scopes } from '../login/scopes.js';
import type { DevClient } from '../options.js';
import type { Secrets } from '../storage/secrets.js';
import type { Store } from '../storage/store.js';
import { checkClient } from './client-rules.js';
import { withLoopbackClients } from './client-documents.js';
import { createWebFetch } from './web-fetch.js';
import { loadOidcProvider } from './load-oidc-provider.js';
import { type Resources, splitScopes } from './resources.js';
import { adviseOnClient } from './unknown-client.js';

export const accessTokenTtlSeconds = 600;
const hourSeconds = 3600;

export interface ProviderOptions {
  readonly issuer: string;
  readonly secrets: Secrets;
  readonly store: Store;
  /** Clients known from the start. */
  readonly clients: readonly DevClient[];
  readonly resources: Resources;
  readonly scopes: Scopes;
  readonly users: readonly string[];
  readonly demandProofs: boolean;
  /** Fetches documents of clients. Default: the global one. */
  readonly fetch: typeof globalThis.fetch | undefined;
}

/**
 * An authorization server as MCP Authorization wants one: RFC 7009, 7591, 7636, 7662, 8414, 8707, 9068, 9449 and 9701,
 * and clients whose id is the address of a document.
 */
export async function createProvider(options: ProviderOptions): Promise<Provider> {
  const { issuer, secrets, store, clients, resources, scopes, users, demandProofs, fetch } = options;
  const { default: Provider, errors, interactionPolicy } = await loadOidcProvider();
  const known = new Set(clients.map(({ client_id: id }) => id));
  const policy = interactionPolicy.base();
  const { Check } = interactionPolicy;
  // Neither a session nor an earlier grant lets a client in: its user presses a button each time
  policy
    .get('consent')
    ?.checks.push(
      new Check('click', 'the user confirms each request', 'consent_required', ({ oidc }) =>
        oidc.result?.['consent'] === undefined ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
      ),
    );
  const provider = new Provider(issuer, {
    adapter: withLoopbackClients((model) => store.adapter(model)),
    fetch: createWebFetch(fetch),
    jwks: { keys: [secrets.signingKey] },
    clientDefaults: {
      // RFC 7591 does not know the member; most MCP clients are native apps, whose loopback port changes from login to login
      // (RFC 8252 §7.3)
      application_type: 'native',
      id_token_signed_response_alg: 'ES256',
      introspection_signed_response_alg: 'ES256',
    },
    clients: clients as unknown as ClientMetadata[],
    cookies: { keys: [secrets.cookieKey] },
    // Without it oidc-provider has no refresh grant, and turns away every client that registers one
    scopes: ['openid', 'profile', 'offline_access'],
    // RFC 7591 §2: a client names its grants when it registers; not every client also asks for offline_access
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    responseTypes: ['code'],
    claims: { profile: ['name'] },
    findAccount: (_context, accountId) =>
      users.includes(accountId)
        ? { accountId, claims: () => ({ sub: accountId, name: displayName(accountId) }) }
        : undefined,
    acrValues: [secondFactor, nameAlone],
    extraTokenClaims: (context, token) =>
      'accountId' in token && typeof token.accountId === 'string'
        ? { name: displayName(token.accountId), ...readLogin(context.oidc.entities) }
        : undefined,
    interactions: { policy, url: (_context, { uid }) => interactionUrl(uid) },
    pkce: { required: () => true },
    // A page on this machine may log its user in; a client that gets tokens without one is a program, and no page may be it
    clientBasedCORS: (_context, origin, client) =>
      isLocalOrigin(origin) && !client.grantTypeAllowed('client_credentials'),
    renderError: (context, answer, error) => {
      const sentence = tellError(answer);
      const advice = adviseOnClient(error, context);
      const sentences = advice === undefined ? [sentence] : [sentence, advice];
      explain(context.res, sentences.join('. '));
      context.set(pageHeaders);
      context.body = renderPage(
        'This does not work',
        sentences.map((each) => `<p>${escapeHtml(each)}</p>`).join('\n'),
      );
    },
    ttl: {
      AccessToken: accessTokenTtlSeconds,
      ClientCredentials: accessTokenTtlSeconds,
      IdToken: accessTokenTtlSeconds,
      AuthorizationCode: 60,
      // For as long as somebody works on a server
      RefreshToken: 14 * 24 * hourSeconds,
      Interaction: hourSeconds,
      Session: hourSeconds,
      Grant: 14 * 24 * hourSeconds,
    },
    extraClientMetadata: {
      properties: ['scope'],
      validator: (_context, _name, _value, metadata) => {
        // A client that asks for more scopes later must not be held to those it registered with
        delete metadata['scope'];
        if (demandProofs) metadata.dpop_bound_access_tokens = true;
        const problem = checkClient(metadata, known);
        if (problem !== undefined) throw new errors.InvalidClientMetadata(problem);
      },
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
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
      dPoP: { enabled: true, nonceSecret: Buffer.from(secrets.nonceSecret, 'base64url') },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (context, identifier) => {
          const known = resources.find(identifier);
          if (known === undefined) throw new errors.InvalidTarget(explainTarget(resources));
          const { scopes: names = listAskedScopes(context.oidc), tokens } = known;
          return { scope: names.join(' '), accessTokenFormat: tokens, audience: identifier };
        },
      },
    },
  } satisfies Configuration);
  const explainUnknown = (context: KoaContextWithOIDC, error: Errors.OIDCProviderError): void => {
    const advice = adviseOnClient(error, context);
    if (advice !== undefined) explain(context.res, `${tellError(error)}. ${advice}`);
  };
  provider.on('grant.error', explainUnknown);
  provider.on('revocation.error', explainUnknown);
  provider.on('introspection.error', explainUnknown);
  provider.use(async (context, next) => {
    // RFC 6749 §3.3: a request without scope is processed with a default one
    if (context.path === '/auth' && context.method === 'GET' && !context.query['scope'])
      context.query = { ...context.query, scope: defaultScope(resources, scopes, context.query['resource']) };
    await next();
  });
  return provider;
}

function tellError({ error, error_description: description }: ErrorOut): string {
  return `${error}: ${description ?? 'the request cannot be served'}`;
}

function displayName(accountId: string): string {
  return accountId.charAt(0).toUpperCase() + accountId.slice(1);
}

type Oidc = KoaContextWithOIDC['oidc'];

/** How and when the user logged in, whose code or refresh token becomes a token (RFC 9470 §6.1). */
function readLogin({ AuthorizationCode: code, RefreshToken: refreshed }: Oidc['entities']) {
  const { acr, authTime } = code ?? refreshed ?? {};
  return {
    ...(acr === undefined ? undefined : { acr }),
    ...(authTime === undefined ? undefined : { auth_time: authTime }),
  };
}

/** Where no scopes were named, those exist that this request or the one before it asks for: its user has the last word. */
function listAskedScopes({ params, entities }: Oidc): readonly string[] {
  const { AuthorizationCode: code, RefreshToken: refreshed } = entities;
  return [params?.['scope'], code?.scope, refreshed?.scope].flatMap(splitScopes);
}

/** What everybody may grant at a resource. */
function defaultScope(resources: Resources, scopes: Scopes, resource: unknown): string {
  const known = typeof resource === 'string' ? resources.find(resource) : undefined;
  return known?.scopes?.filter((scope) => scopes.describe(scope).users === undefined).join(' ') || 'openid';
}

function explainTarget({ isClosed, names }: Resources): string {
  if (isClosed) return `this issuer gives tokens for ${names.join(', ') || 'no resource'} only`;
  return 'this issuer gives tokens for resources on this machine; name others with --resource';
}
