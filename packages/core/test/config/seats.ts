import { explainToken } from '../../src/explain/explain-token.js';
import { readRoute } from '../../src/config/verification-mode.js';
import { LegacyServer } from '../../src/legacy/legacy-server.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import {
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
} from '../../src/authorization-server/fetch-server-config.js';
import { MCPAuth } from '../../src/fetch.js';
import {
  auth0,
  clerk,
  cognito,
  entra,
  entraMultiTenant,
  keycloak,
  okta,
  supabase,
  workos,
} from '../../src/providers.js';
import { createSessionRegistry } from '../../src/sessions/session-registry.js';

/** One object that a user writes: what is in it when all is well, and what happens to it. */
export interface Seat {
  /** Path of the object in errors; empty for the options of a function. */
  readonly path: string;
  /** Every option there is, with a value that works beside the others that are needed. */
  readonly known: Readonly<Record<string, unknown>>;
  /** Members that it cannot do without. */
  readonly base: Readonly<Record<string, unknown>>;
  /** Hands the object over. */
  readonly write: (value: unknown) => unknown;
}

export const issuer = 'https://as.example.com';
export const resource = 'https://api.example.com/mcp';
const tenant = '11111111-2222-3333-4444-555555555555';

/** A configuration with these members in place of the usual ones. */
export function withConfig(members: object): object {
  return {
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
    onEvent: () => undefined,
    ...members,
  };
}

export function construct(config: unknown): ResourceServer {
  return new ResourceServer(config as never);
}

const withResource = (members: object) =>
  construct(
    withConfig({
      protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] }, ...members },
    }),
  );
/** The same of legacy mode. */
export function constructLegacy(config: unknown): LegacyServer {
  return new LegacyServer({ onEvent: none, ...(config as object) } as never);
}

export const withServer = (server: unknown) =>
  withResource({ metadata: { resource, authorizationServers: [server] } });
const withIntrospection = (introspection: unknown) => withServer({ issuer, introspection });

/** A route of the usual configuration; `auto` knows the options of all modes. */
export const route = (options: unknown, mode: 'jwt' | 'auto' = 'jwt') =>
  construct(
    withConfig({
      protectedResources: {
        metadata: {
          resource,
          authorizationServers: [
            { issuer, introspection: { clientAuthentication: { method: 'bearer', token: 'abc' } } },
          ],
        },
      },
    }),
  ).createGate(mode, options as never);

const clientAuthentication = { method: 'client_secret_basic', clientId: 'c', clientSecret: 's' };
const server = 'protectedResources.metadata.authorizationServers[0]';
const text = 'text';
const none = () => undefined;

const tokenRules = {
  tokenIssuers: [issuer],
  audiences: ['api'],
  policy: { name: 'p' },
  scopeClaims: ['scope'],
};
const routeOptions = {
  resource,
  audience: 'api',
  requiredScopes: ['read'],
  operations: { tools: { '*': 'refuse' } },
  challengeScopes: 'required',
  maxBodyBytes: 1000,
  maxAnonymousBodyBytes: 1000,
  bodyTimeoutMs: 1000,
  asyncContext: { run: none },
  showErrorDetails: true,
  jwtVerify: {},
  remoteJwkSet: {},
  lifetimeWithoutExpirySeconds: 60,
};
const verifierOptions = {
  audience: 'api',
  showErrorDetails: true,
  jwtVerify: {},
  remoteJwkSet: {},
  mode: 'jwt',
  OAuthError: Error,
};
const fetchOptions = {
  type: 'oauth',
  transpileData: none,
  timeoutMs: 1000,
  fetch: none,
  allowInsecureHttp: true,
};

/** Every object that a user may write. */
export const seats: Readonly<Record<string, Seat>> = {
  'new MCPAuth()': {
    path: '',
    base: withConfig({}) as Seat['base'],
    known: {
      protectedResources: [],
      resource,
      authorizationServers: [issuer],
      onEvent: none,
      cache: false,
      bodyBudgetBytes: 1_000_000,
      limits: { failedAttempts: {} },
      fetch: none,
      now: () => 0,
    },
    write: construct,
  },
  'new MCPAuth() of legacy mode': {
    path: '',
    base: { server: { issuer } },
    known: {
      server: { issuer },
      onEvent: none,
      cache: false,
      bodyBudgetBytes: 1_000_000,
      limits: { failedAttempts: {} },
      fetch: none,
      now: () => 0,
    },
    write: (config) => constructLegacy(config),
  },
  'a protected resource': {
    path: 'protectedResources',
    base: { metadata: { resource, authorizationServers: [{ issuer }] } },
    known: { metadata: {}, scopeHierarchy: {}, cors: { origins: '*' } },
    write: (value) => construct(withConfig({ protectedResources: value })),
  },
  'one of several protected resources': {
    path: 'protectedResources[0]',
    base: { metadata: { resource, authorizationServers: [{ issuer }] } },
    known: { metadata: {}, scopeHierarchy: {}, cors: { origins: '*' } },
    write: (value) => construct(withConfig({ protectedResources: [value] })),
  },
  'an authorization server': {
    path: server,
    base: { issuer },
    known: {
      ...tokenRules,
      issuer,
      type: 'oidc',
      metadata: { issuer },
      jwks: [],
      introspection: {},
      dangerouslyAcceptAnyAudience: true,
      allowInsecureHttp: true,
      transpileData: none,
      publish: false,
    },
    write: withServer,
  },
  'the server of legacy mode': {
    path: 'server',
    base: { issuer },
    known: { ...tokenRules, issuer, type: 'oidc', metadata: { issuer }, jwks: [], introspection: {} },
    write: (value) => constructLegacy({ server: value }),
  },
  'a token policy': {
    path: `${server}.policy`,
    base: { name: 'p' },
    known: {
      name: 'p',
      check: none,
      scopes: () => [],
      clientId: none,
      warning: text,
      audienceMayBeAbsent: false,
    },
    write: (policy) => withServer({ issuer, policy }),
  },
  introspection: {
    path: `${server}.introspection`,
    base: { clientAuthentication },
    known: {
      endpoint: 'https://as.example.com/introspect',
      clientAuthentication,
      signedResponse: true,
      selects: 'prefix',
      keepAnswers: { activeSeconds: 1 },
      timeoutMs: 1000,
      maxConcurrentCalls: 3,
    },
    write: withIntrospection,
  },
  client_secret_basic: {
    path: `${server}.introspection.clientAuthentication`,
    base: clientAuthentication,
    known: clientAuthentication,
    write: (value) => withIntrospection({ clientAuthentication: value }),
  },
  client_secret_post: {
    path: `${server}.introspection.clientAuthentication`,
    base: { ...clientAuthentication, method: 'client_secret_post' },
    known: { ...clientAuthentication, method: 'client_secret_post' },
    write: (value) => withIntrospection({ clientAuthentication: value }),
  },
  private_key_jwt: {
    path: `${server}.introspection.clientAuthentication`,
    base: { method: 'private_key_jwt', clientId: 'c', key: { kty: 'EC', crv: 'P-256', d: 'x' } },
    known: { method: 'private_key_jwt', clientId: 'c', key: {}, alg: 'ES256', kid: 'k', audience: 'a' },
    write: (value) => withIntrospection({ clientAuthentication: value }),
  },
  'a bearer token of the resource server': {
    path: `${server}.introspection.clientAuthentication`,
    base: { method: 'bearer', token: 'abc' },
    known: { method: 'bearer', token: 'abc', clientId: 'c' },
    write: (value) => withIntrospection({ clientAuthentication: value }),
  },
  'the cache of introspection': {
    path: `${server}.introspection.keepAnswers`,
    base: { activeSeconds: 10 },
    known: { activeSeconds: 10, inactiveSeconds: 1, maxEntries: 10, maxBytes: 10_000 },
    write: (cache) => withIntrospection({ clientAuthentication, keepAnswers: cache }),
  },
  'signed answers of introspection': {
    path: `${server}.introspection.signedResponse`,
    base: {},
    known: { audience: 'a' },
    write: (signedResponse) => withIntrospection({ clientAuthentication, signedResponse }),
  },
  'the scope hierarchy': {
    path: 'protectedResources.scopeHierarchy',
    base: {},
    known: { scopes: {}, separator: ':', satisfies: () => false },
    write: (scopeHierarchy) => withResource({ scopeHierarchy }),
  },
  cors: {
    path: 'protectedResources.cors',
    base: { origins: '*' },
    known: { origins: '*', allowedHeaders: ['X-A'], maxAgeSeconds: 10 },
    write: (cors) => withResource({ cors }),
  },
  'the token cache': {
    path: 'cache',
    base: {},
    known: { maxAgeSeconds: 10, maxEntries: 10, maxBytes: 100_000 },
    write: (cache) => construct(withConfig({ cache })),
  },
  stores: {
    path: 'stores',
    base: { secrets: ['a secret of 32 bytes and some more.'] },
    known: {
      secrets: ['a secret of 32 bytes and some more.'],
      answers: { get: none, set: none, delete: none },
      revocations: { add: none, read: () => ({ entries: [], isFromStart: true, hasMore: false }) },
      timeoutMs: 10,
    },
    write: (stores) => construct(withConfig({ stores })),
  },
  limits: {
    path: 'limits',
    base: { failedAttempts: {} },
    known: {
      failedAttempts: {},
      proxies: ['10.0.0.0/8'],
      proxyHeader: 'forwarded',
      peer: () => '192.0.2.1',
    },
    write: (limits) => construct(withConfig({ limits })),
  },
  'failed attempts': {
    path: 'limits.failedAttempts',
    base: {},
    known: { max: 10, windowSeconds: 10, maxEntries: 1000 },
    write: (failedAttempts) => construct(withConfig({ limits: { failedAttempts } })),
  },
  'bearerAuth("auto")': {
    path: '',
    base: { resource },
    known: routeOptions,
    write: (options) => route(options, 'auto'),
  },
  'bearerAuth("jwt")': {
    path: '',
    base: { resource },
    known: routeOptions,
    write: (options) => route(options),
  },
  'protect()': {
    path: '',
    base: { resource },
    known: { ...routeOptions, path: '/mcp' },
    write: (options) =>
      new MCPAuth({ resource, authorizationServers: [issuer], onEvent: none }).protect(
        { fetch: () => new Response() },
        options as never,
      ),
  },
  'bearerAuth("jwt") in legacy mode': {
    path: '',
    base: { audience: 'api' },
    known: routeOptions,
    write: (options) =>
      constructLegacy({ server: { issuer } }).createGateFor(readRoute('jwt', options as never)),
  },
  jwtVerify: {
    path: 'jwtVerify',
    base: {},
    known: {
      algorithms: ['ES256'],
      clockTolerance: 5,
      maxTokenAge: '1h',
      requiredClaims: ['sub'],
      subject: 's',
      typ: 'JWT',
      currentDate: new Date(),
    },
    write: (jwtVerify) => route({ resource, jwtVerify }),
  },
  remoteJwkSet: {
    path: 'remoteJwkSet',
    base: {},
    known: {
      cacheMaxAge: 10_000,
      cooldownDuration: 10_000,
      timeoutDuration: 1000,
      headers: {},
      staleMaxAge: 0,
    },
    write: (remoteJwkSet) => route({ resource, remoteJwkSet }),
  },
  verifierChecks: {
    path: 'verifierChecks',
    base: { issuer, audience: resource },
    known: { issuer, audience: [resource] },
    write: (verifierChecks) =>
      construct(withConfig({})).createGate(none as never, { resource, verifierChecks } as never),
  },
  operations: {
    path: 'operations',
    base: {},
    known: { tools: { '*': [] }, resources: { '*': [] }, prompts: { '*': [] }, methods: {} },
    write: (operations) => route({ resource, operations }),
  },
  'the list filter': {
    path: '',
    base: { resource, operations: {} },
    known: { resource, operations: {}, requiredScopes: ['a'] },
    write: (options) => construct(withConfig({})).declarations.listFilter(options as never),
  },
  'the security schemes': {
    path: '',
    base: { resource, operations: {} },
    known: { resource, operations: {}, requiredScopes: ['a'] },
    write: (options) => construct(withConfig({})).declarations.securitySchemes(options as never),
  },
  'the extensions': {
    path: '',
    base: {},
    known: { resource, clientCredentials: true, enterpriseManagedAuthorization: false },
    write: (options) => construct(withConfig({})).declarations.authorizationExtensions(options as never),
  },
  'the operations of the list filter': {
    path: 'operations',
    base: {},
    known: { tools: { '*': [] }, resources: { '*': [] }, prompts: { '*': [] }, methods: {} },
    write: (operations) =>
      construct(withConfig({})).declarations.listFilter({ resource, operations } as never),
  },
  'the scope challenge': {
    path: '',
    base: { resource },
    known: { resource, requiredScopes: ['a'], challengeScopes: 'required' },
    write: (options) => construct(withConfig({})).declarations.scopeChallenge([], options as never),
  },
  'the verifier for the official SDK': {
    path: '',
    base: {},
    known: { ...verifierOptions, lifetimeWithoutExpirySeconds: 60 },
    write: (options) => construct(withConfig({})).verifier(resource, options as never),
  },
  'the session registry': {
    path: '',
    base: { maxSessions: 3 },
    known: {
      maxSessions: 3,
      maxSessionsPerUser: 2,
      maxSessionsPerClient: 2,
      idleTimeoutMs: 10,
      onEvict: none,
      now: () => 0,
    },
    write: (options) => createSessionRegistry(options as never),
  },
  'fetchServerConfig()': {
    path: '',
    base: {},
    known: fetchOptions,
    write: (options) => fetchServerConfig(issuer, options as never),
  },
  'fetchServerConfigByWellKnownUrl()': {
    path: '',
    base: {},
    known: { ...fetchOptions, issuer },
    write: (options) =>
      fetchServerConfigByWellKnownUrl(`${issuer}/.well-known/openid-configuration`, options as never),
  },
  'explainToken()': {
    path: '',
    base: { resource, authorizationServers: [{ issuer }] },
    known: {
      resource,
      authorizationServers: [{ issuer }],
      requiredScopes: ['a'],
      jwtVerify: {},
      scopeHierarchy: {},
      dpop: { mode: 'dpop-optional' },
      mutualTls: true,
      request: {},
    },
    write: (options) => explainToken('a.b.c', options as never),
  },
  'the request of explainToken()': {
    path: 'request',
    base: {},
    known: { scheme: 'DPoP', method: 'GET', url: resource, proof: 'a.b.c' },
    write: (request) =>
      explainToken('a.b.c', { resource, authorizationServers: [{ issuer }], request } as never),
  },
  'a server of explainToken()': {
    path: 'authorizationServers[0]',
    base: { issuer },
    known: { ...tokenRules, issuer, jwks: { keys: [] } },
    write: (server) => explainToken('a.b.c', { resource, authorizationServers: [server] } as never),
  },
  'auth0()': helper(
    'auth0',
    auth0,
    { domain: 't.example.com' },
    { audience: 'api', permissionsAsScopes: true },
  ),
  'clerk()': helper('clerk', clerk, { domain: 'clerk.example.com' }, {}),
  'cognito()': helper(
    'cognito',
    cognito,
    {
      region: 'eu-central-1',
      userPoolId: 'eu-central-1_Ab1',
      clientIds: ['c'],
      resourceServer: 'https://api.example.com/mcp',
    },
    { issuerType: 'original' },
  ),
  'entra()': helper(
    'entra',
    entra,
    { tenantId: tenant, applicationId: tenant },
    { applicationIdUri: 'api://mcp' },
  ),
  'entraMultiTenant()': helper(
    'entraMultiTenant',
    entraMultiTenant,
    { tenantIds: [tenant], applicationId: tenant },
    { applicationIdUri: 'api://mcp' },
  ),
  'keycloak()': helper(
    'keycloak',
    keycloak,
    { issuer: 'https://kc.example.com/realms/r' },
    { audience: 'api', roleClaims: ['a'] },
  ),
  'okta()': helper(
    'okta',
    okta,
    { domain: 't.okta.com', authorizationServerId: 'aus1' },
    { audience: 'api' },
  ),
  'supabase()': helper(
    'supabase',
    supabase,
    { projectDomain: 'x.supabase.co', clientIds: ['c'] },
    { audience: 'api', anonymousUsers: true },
  ),
  'workos()': helper(
    'workos',
    workos,
    { authkitDomain: 't.authkit.app' },
    { resourceIndicator: 'https://api.example.com/mcp' },
  ),
};

function helper(path: string, create: (options: never) => unknown, base: object, more: object): Seat {
  const members = base as Seat['base'];
  return { path, base: members, known: { ...members, ...more }, write: (value) => create(value as never) };
}
