import type {
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
} from '../../src/authorization-server/fetch-server-config.js';
import type { MCPAuthConfig } from '../../src/config/mcp-auth.js';
import { MCPAuthTokenVerificationError } from '../../src/errors/token-error.js';
import type { JwtBearerAuthOptions } from '../../src/config/bearer-auth-options.js';
import type { VerifyAccessToken } from '../../src/verifier/token-info.js';
import { createClock, type TestClock } from './clock.js';
import { combineFetch, TestIssuer } from './test-issuer.js';

export const root = 'https://api.example.com';
export const notes = 'https://api.example.com/notes';
export const todo = 'https://todo.example.com/notes';

export interface ContractRoute {
  readonly path: string;
  readonly mode: 'jwt' | VerifyAccessToken;
  readonly options: JwtBearerAuthOptions;
}

/** What a handler behind a route saw. */
export interface Sighting {
  /** The caller, by the adapter's accessor. */
  readonly auth: Caller | undefined;
  /** What stands where the framework, and the official SDK, look for it. */
  readonly attached: unknown;
}

interface Caller {
  readonly subject?: string;
  readonly issuer: string;
  readonly resource?: URL;
}

export interface ContractApp {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** What an adapter's test file supplies. */
export interface ContractDriver {
  readonly name: string;
  /** As the adapter's package exports them. */
  readonly fetchServerConfig: typeof fetchServerConfig;
  readonly fetchServerConfigByWellKnownUrl: typeof fetchServerConfigByWellKnownUrl;
  readonly MCPAuth: new (config: MCPAuthConfig) => {
    bearerAuth(mode: 'jwt', options: JwtBearerAuthOptions): unknown;
  };
  /** Publishes the metadata, and answers on each route with what `see` makes of the request. */
  readonly start: (
    config: MCPAuthConfig,
    routes: readonly ContractRoute[],
    see: (sighting: Sighting) => object,
  ) => Promise<ContractApp>;
}

export interface Contract {
  readonly clock: TestClock;
  /** Type `oauth`. */
  readonly a: TestIssuer;
  /** Type `oidc`, with a path. */
  readonly b: TestIssuer;
  readonly app: ContractApp;
  /** Filled by the handlers. */
  readonly sightings: Sighting[];
}

/** Three resources and two authorization servers behind one adapter. */
export async function startContract(driver: ContractDriver): Promise<Contract> {
  const clock = createClock();
  const [a, b] = await Promise.all([
    TestIssuer.create(clock, 'https://a.example.com'),
    TestIssuer.create(clock, 'https://b.example.com/tenant'),
  ]);
  const [first, second] = [
    { issuer: a.issuer, type: 'oauth' },
    { issuer: b.issuer, type: 'oidc' },
  ] as const;
  const config: MCPAuthConfig = {
    protectedResources: [
      { metadata: { resource: root, authorizationServers: [first], scopesSupported: ['read'] } },
      { metadata: { resource: notes, authorizationServers: [first, second], resourceName: 'Notes' } },
      { metadata: { resource: todo, authorizationServers: [second] } },
    ],
    fetch: combineFetch(a, b),
    now: clock.now,
    onEvent: () => undefined,
  };
  const sightings: Sighting[] = [];
  const app = await driver.start(config, createRoutes(a.issuer, clock), (sighting) => {
    sightings.push(sighting);
    const { subject, resource, issuer } = sighting.auth ?? {};
    return { subject, issuer, resource: resource?.href };
  });
  return { clock, a, b, app, sightings };
}

function createRoutes(issuer: string, clock: TestClock): readonly ContractRoute[] {
  const jwt = (path: string, options: JwtBearerAuthOptions): ContractRoute => ({
    path,
    mode: 'jwt',
    options,
  });
  const strict = { typ: 'at+jwt', requiredClaims: ['jti'], clockTolerance: 60 };
  return [
    jwt('/root', { resource: root }),
    jwt('/notes', { resource: notes }),
    jwt('/todo', { resource: todo }),
    jwt('/scoped', { resource: root, requiredScopes: ['read', 'admin'] }),
    jwt('/audience', { resource: root, audience: 'https://api.example.com/v2' }),
    jwt('/strict', { resource: root, jwtVerify: strict }),
    jwt('/own-keys', { resource: root, remoteJwkSet: { headers: { 'x-key': 'k' } } }),
    {
      path: '/custom',
      mode: createVerify(issuer, clock),
      options: { resource: root, requiredScopes: ['read'] },
    },
  ];
}

/** Opaque tokens that say what is wrong with them. */
function createVerify(issuer: string, clock: TestClock): VerifyAccessToken {
  return (token) => {
    if (token === 'revoked') throw new MCPAuthTokenVerificationError('inactive_token');
    if (token === 'bug') throw new RangeError('a fault of the application');
    return {
      issuer: token === 'foreign' ? 'https://evil.example' : issuer,
      audience: token === 'elsewhere' ? todo : root,
      scopes: token === 'poor' ? [] : ['read'],
      subject: token,
      expiresAt: clock.seconds() + 60,
    };
  };
}
