import type * as coreModule from '@mcp-auth/core';
import type {
  AuthServerConfig,
  BearerAuthOptions,
  FetchServerConfigByUrlOptions,
  JwtVerifyOptions,
  LifetimeOptions,
  MCPAuthConfig,
  ProtectedResourceConfig,
  RemoteJwkSetOptions,
  ResourceServerModeConfig,
} from '@mcp-auth/core';
import type { ResourceServer, RouteArguments } from '@mcp-auth/core/adapter';
import type * as expressModule from '@mcp-auth/express';
import type * as legacyModule from '@mcp-auth/express/legacy';
import type { LegacyMCPAuthConfig } from '@mcp-auth/express/legacy';
import { createLocalJWKSet, customFetch, jwksCache } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as ours from '../../src/index.js';
import { foreign, resource, World } from '../support/world.js';

const handed = vi.hoisted(() => ({
  configs: [] as object[],
  routes: [] as object[],
  fetches: [] as object[],
  /** Notes the routes that an engine is asked for. */
  record(engine: Pick<ResourceServer, 'createGateFor'>) {
    const create = engine.createGateFor.bind(engine);
    engine.createGateFor = (route: RouteArguments) => {
      handed.routes.push(route.options);
      return create(route);
    };
  },
}));

// What the shim hands to the core: through the adapter, and to the functions that fetch metadata
vi.mock('@mcp-auth/express', async (original) => {
  const { MCPAuth } = await original<typeof expressModule>();
  class Recording extends MCPAuth {
    constructor(config: ConstructorParameters<typeof MCPAuth>[0]) {
      handed.configs.push(config);
      super(config);
      handed.record(this.engine);
    }
  }
  return { MCPAuth: Recording };
});
vi.mock('@mcp-auth/express/legacy', async (original) => {
  const { MCPAuth } = await original<typeof legacyModule>();
  class Recording extends MCPAuth {
    constructor(config: legacyModule.LegacyMCPAuthConfig) {
      handed.configs.push(config);
      super(config);
      handed.record(this.engine);
    }
  }
  return { MCPAuth: Recording };
});
vi.mock('@mcp-auth/core', async (original) => {
  const core = await original<typeof coreModule>();
  return {
    ...core,
    fetchServerConfig: (issuer: string, options: object) => {
      handed.fetches.push(options);
      return core.fetchServerConfig(issuer, options);
    },
    fetchServerConfigByWellKnownUrl: (url: string, options: object) => {
      handed.fetches.push(options);
      return core.fetchServerConfigByWellKnownUrl(url, options);
    },
  };
});

/** Names of a type of the core, by the compiler's word. */
const names = <T extends object>(table: Partial<Record<keyof T, true>>) => Object.keys(table);
type Each<T> = T extends unknown ? Record<keyof T, unknown> : never;
type All<T> = { [Name in T extends unknown ? keyof T : never]: unknown };

const known = {
  config: names<All<MCPAuthConfig | LegacyMCPAuthConfig>>({
    protectedResources: true,
    server: true,
    onEvent: true,
    log: true,
    cache: true,
    fetch: true,
    now: true,
  }),
  resource: names<Each<ProtectedResourceConfig>>({ metadata: true, scopeHierarchy: true, cors: true }),
  server: names<All<AuthServerConfig>>({
    type: true,
    issuer: true,
    metadata: true,
    transpileData: true,
    publish: true,
    tokenIssuers: true,
    audiences: true,
    jwks: true,
    introspection: true,
    dangerouslyAcceptAnyAudience: true,
    policy: true,
    scopeClaims: true,
    allowInsecureHttp: true,
  }),
  route: names<BearerAuthOptions & LifetimeOptions>({
    resource: true,
    audience: true,
    requiredScopes: true,
    operations: true,
    challengeScopes: true,
    maxBodyBytes: true,
    asyncContext: true,
    showErrorDetails: true,
    lifetimeWithoutExpirySeconds: true,
  }),
  jwtVerify: names<JwtVerifyOptions>({
    algorithms: true,
    clockTolerance: true,
    maxTokenAge: true,
    requiredClaims: true,
    subject: true,
    typ: true,
    currentDate: true,
  }),
  remoteJwkSet: names<RemoteJwkSetOptions>({
    cacheMaxAge: true,
    cooldownDuration: true,
    timeoutDuration: true,
    headers: true,
    staleMaxAge: true,
  }),
  fetch: names<FetchServerConfigByUrlOptions>({
    type: true,
    transpileData: true,
    timeoutMs: true,
    fetch: true,
    allowInsecureHttp: true,
    issuer: true,
  }),
};

/** Names that the core would refuse. */
const strangers = (options: object, list: readonly string[]) =>
  Reflect.ownKeys(options).filter((name) => !list.includes(name as string));

const server = { issuer: 'https://auth.example.com', type: 'oidc' } as const;
const everyServerOption = {
  ...server,
  tokenIssuers: [server.issuer],
  audiences: [resource],
  dangerouslyAcceptAnyAudience: false,
  scopeClaims: ['scope'],
  allowInsecureHttp: false,
  transpileData: (data: object) => ({ ...data }),
};

describe('[contract row 15] the core is handed names that it knows, and no others', () => {
  afterEach(() => vi.restoreAllMocks());
  beforeEach(() => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    for (const list of [handed.configs, handed.routes, handed.fetches]) list.length = 0;
    const verify = ours.createVerifyJwt(createLocalJWKSet({ keys: [] }), { audience: resource });
    const protectedResources = { metadata: { resource, authorizationServers: [everyServerOption] } };
    const configs: ours.MCPAuthConfig[] = [
      { protectedResources, fetch, onEvent: () => undefined },
      { protectedResources: [protectedResources] },
      { server: everyServerOption },
    ];
    for (const config of configs) {
      const mcpAuth = new ours.MCPAuth(config);
      const common = { resource, audience: resource, requiredScopes: ['read'], showErrorDetails: true };
      mcpAuth.bearerAuth(verify, { ...common, lifetimeWithoutExpirySeconds: 60 });
      mcpAuth.bearerAuth('jwt', {
        ...common,
        jwtVerify: {
          algorithms: ['ES256'],
          audience: [resource, foreign],
          clockTolerance: '1 hour',
          currentDate: new Date(),
          issuer: [server.issuer],
          maxTokenAge: '1 year',
          requiredClaims: ['jti'],
          subject: 'user-1',
          typ: 'JWT',
        },
        remoteJwkSet: {
          cacheMaxAge: Infinity,
          cooldownDuration: 0,
          headers: { 'X-API-Key': 'k' },
          timeoutDuration: 600_000,
          [customFetch]: fetch,
          [jwksCache]: {},
        },
      });
    }
    for (const more of [{}, { resource }]) {
      ours.handleBearerAuth({ verifyAccessToken: verify, issuer: server.issuer, ...more });
    }
  });

  test('configurations', () => {
    expect(handed.configs).toHaveLength(8);
    const configs = handed.configs as Partial<ResourceServerModeConfig & LegacyMCPAuthConfig>[];
    expect(configs.flatMap((config) => strangers(config, known.config))).toEqual([]);
    const resources = configs.flatMap(({ protectedResources = [] }) => [protectedResources].flat());
    expect(resources.flatMap((each) => strangers(each, known.resource))).toEqual([]);
    const servers = [
      ...resources.flatMap(({ metadata }) =>
        metadata.authorizationServers.filter((each) => typeof each !== 'string'),
      ),
      ...configs.flatMap((config) => config.server ?? []),
    ];
    expect(servers).toHaveLength(8);
    expect(servers.flatMap((each) => strangers(each, known.server))).toEqual([]);
  });

  test('routes', () => {
    expect(handed.routes).toHaveLength(8);
    const more = ['jwtVerify', 'remoteJwkSet'];
    const routes = handed.routes as { jwtVerify?: JwtVerifyOptions; remoteJwkSet?: RemoteJwkSetOptions }[];
    expect(routes.flatMap((each) => strangers(each, [...known.route, ...more]))).toEqual([]);
    const forJwts = routes.filter(({ jwtVerify }) => jwtVerify !== undefined);
    expect(forJwts).toHaveLength(3);
    for (const { jwtVerify, remoteJwkSet } of forJwts) {
      expect(strangers(jwtVerify!, known.jwtVerify)).toEqual([]);
      expect(strangers(remoteJwkSet!, known.remoteJwkSet)).toEqual([]);
      expect(jwtVerify).toMatchObject({
        clockTolerance: 300,
        maxTokenAge: 31_557_600,
        requiredClaims: ['jti', 'sub'],
      });
      expect(remoteJwkSet).toEqual({
        cacheMaxAge: Number.MAX_SAFE_INTEGER,
        cooldownDuration: 1000,
        timeoutDuration: 300_000,
        headers: { 'x-api-key': 'k' },
      });
    }
  });

  test('options of the functions that fetch metadata', async () => {
    const world = await World.start(ours);
    const options = { type: 'oauth', timeoutMs: 1000, fetch, allowInsecureHttp: false } as const;
    const { issuer } = world.issuer;
    await ours.fetchServerConfig(issuer, { ...options, transpileData: (data) => ({ ...data }) });
    await ours.fetchServerConfigByWellKnownUrl(`${issuer}/metadata`, { ...options, issuer });
    await world.close();
    expect(handed.fetches).toHaveLength(2);
    expect(handed.fetches.flatMap((each) => strangers(each, known.fetch))).toEqual([]);
    expect(handed.fetches[1]).toMatchObject({ issuer, timeoutMs: 1000 });
  });
});
