import {
  allow,
  type AuthInfo,
  type AuthServerConfig,
  deny,
  type MCPAuthEvent,
  needAuthentication,
  type OperationFunction,
  type OperationPolicy,
  PolicyUnavailableError,
  type ProtectedResourceConfig,
} from '@mcp-auth/core';
import type { OptionsFor, VerificationMode } from '@mcp-auth/core/adapter';
import { authContext, getAuthInfo, requireScopes } from '@mcp-auth/core/context';
import { resourceServer, wrongSecret as badSecret } from '../issuer/introspection-endpoint.js';
import type { TestIssuer } from '../issuer/test-issuer.js';
import type { IssuerName } from '../issuer/issuer-name.js';
import type {
  ComputedRule,
  Profile,
  ProfileIntrospection,
  ProfileOperationRule,
  ProfileOperations,
  ProfileResource,
  ProfileRoute,
  ProfileServer,
} from '../profiles/profile.js';
import type {
  ApplicationSetup,
  ConformanceSubject,
  HandlerReply,
  RunningSubject,
  SubjectRoute,
} from '../subject.js';
import { createHandleGiver } from './give-handles.js';
import { createOpaqueVerifier } from './opaque-verifier.js';

export type Issuers = Readonly<Record<IssuerName, TestIssuer>>;

/** What happened inside the server under test. */
export interface Observations {
  /** Times the protected handler ran. */
  handled: number;
  readonly events: MCPAuthEvent[];
}

export const openPath = '/open';

/** Starts the application that a profile describes. */
export function startSubject(
  subject: ConformanceSubject,
  profile: Profile,
  issuers: Issuers,
  now: () => number,
  observations: Observations,
): Promise<RunningSubject> {
  const { emissions } = subject;
  const listeners = {
    onEvent: (event: MCPAuthEvent) => {
      observations.events.push(event);
      emissions?.hear(event);
    },
    ...(emissions === undefined ? undefined : { log: emissions.logger }),
  };
  const { legacy, resources, limits } = profile;
  const application = createApplication(profile, issuers, now, observations);
  if (legacy === undefined) {
    const protectedResources = resources.map((resource) => toResourceConfig(resource, issuers));
    const routes = profile.routes.map((route) =>
      toRoute<OptionsFor<VerificationMode>>(route, profile, issuers, now),
    );
    return subject.start({
      ...application,
      config: { protectedResources, limits, ...listeners, now },
      routes,
    });
  }
  if (subject.startLegacy === undefined) throw new TypeError(`${subject.name} has no legacy mode`);
  return subject.startLegacy({
    ...application,
    config: { server: toServerConfig(legacy.server, issuers[legacy.server.name]), ...listeners, now },
    routes: profile.routes.map((route) => toRoute(route, profile, issuers, now)),
  });
}

function createApplication(
  profile: Profile,
  issuers: Issuers,
  now: () => number,
  observations: Observations,
): ApplicationSetup {
  const { handleNeeds, resources } = profile;
  const [first] = resources;
  const giveHandle =
    handleNeeds === undefined || first === undefined
      ? undefined
      : createHandleGiver(first.resource, issuers.primary.identifier, handleNeeds, now);
  return {
    openPath,
    frontHeaders: profile.frontHeaders ?? [],
    handle: (auth, body) => {
      observations.handled += 1;
      demandScopes(profile.handlerDemands);
      const reply: HandlerReply = {
        auth: describeAuth(auth),
        body: body ?? null,
        subjectInContext: getAuthInfo()?.subject ?? null,
      };
      return giveHandle === undefined
        ? reply
        : giveHandle(auth, body).then((given) => ({ ...reply, ...given }));
    },
  };
}

function toResourceConfig(
  { resource, metadata, servers, corsOrigins, scopeHierarchy, tokenHeader }: ProfileResource,
  issuers: Issuers,
): ProtectedResourceConfig {
  return {
    metadata: {
      ...metadata,
      resource,
      authorizationServers: servers.map((server) => toServerConfig(server, issuers[server.name])),
    },
    scopeHierarchy,
    cors: corsOrigins === undefined ? undefined : { origins: corsOrigins },
    tokenHeader,
  };
}

function toServerConfig(server: ProfileServer, issuer: TestIssuer): AuthServerConfig {
  const shared = {
    type: issuer.type,
    ...(server.tokenIssuers === undefined ? undefined : { tokenIssuers: server.tokenIssuers }),
    ...(server.audiences === undefined ? undefined : { audiences: server.audiences }),
    ...(server.keys === 'inline' ? { jwks: { keys: issuer.soundKeys } } : undefined),
    ...(server.scopePrefix === undefined ? undefined : { policy: toNamingPolicy(server.scopePrefix) }),
    ...(server.introspection === undefined
      ? undefined
      : { introspection: toIntrospectionConfig(server.introspection) }),
  };
  if (server.discovery !== 'by-hand') return { ...shared, issuer: issuer.identifier };
  const identifier = server.identifier ?? issuer.identifier;
  if (server.publish === true) {
    return { ...shared, metadata: { issuer: identifier }, jwks: { keys: issuer.soundKeys }, publish: true };
  }
  return {
    ...shared,
    metadata: {
      issuer: identifier,
      authorizationEndpoint: `${identifier}/authorize`,
      tokenEndpoint: `${identifier}/token`,
      responseTypesSupported: ['code'],
      codeChallengeMethodsSupported: ['S256'],
      ...(server.keys === 'inline' ? undefined : { jwksUri: `${issuer.identifier}/keys` }),
    },
  };
}

function toNamingPolicy(prefix: string): NonNullable<AuthServerConfig['policy']> {
  return {
    name: 'prefix',
    publishedScope: (scope) => (scope.startsWith(prefix) ? scope : `${prefix}${scope}`),
  };
}

function toRoute<Options>(
  route: ProfileRoute,
  profile: Profile,
  issuers: Issuers,
  now: () => number,
): SubjectRoute<Options> {
  const { path, verifier = 'jwt', inContext = false, operations, verifierChecks: checks, ...rest } = route;
  const more = {
    ...(inContext ? { asyncContext: authContext } : undefined),
    ...(checks && { verifierChecks: { ...checks, issuer: issuers[checks.issuer].identifier } }),
    ...(operations === undefined ? undefined : { operations: toOperations(operations) }),
  };
  // Which options go with which mode is for the core to check: a profile is data
  const options = { ...rest, ...more } as Options;
  if (verifier !== 'opaque-tokens') return { path, mode: verifier, options };
  const tokens = profile.opaqueTokens ?? {};
  return { path, mode: createOpaqueVerifier(tokens, issuers, now), options };
}

/** The same rules, with functions instead of what describes them. */
function toOperations({ ruleTimeoutMs, ...operations }: ProfileOperations): OperationPolicy {
  const groups = Object.entries(operations as Readonly<Record<string, object>>).map(([group, rules]) => [
    group,
    Object.fromEntries(
      Object.entries(rules as Readonly<Record<string, ProfileOperationRule>>).map(([name, rule]) => [
        name,
        typeof rule === 'object' && 'computed' in rule ? toFunction(rule) : rule,
      ]),
    ),
  ]);
  return { ...(Object.fromEntries(groups) as OperationPolicy), ruleTimeoutMs };
}

/** Wrong answers are the point of some of these, so the type says what is promised, not what is given. */
function toFunction(rule: ComputedRule): OperationFunction {
  const fault = new Error('a fault of the application');
  switch (rule.computed) {
    case 'answers': {
      const { answer, late } = rule;
      // What an application in JavaScript may return by mistake is what these cases are about
      return (() => (late === true ? Promise.resolve(answer) : answer)) as unknown as OperationFunction;
    }
    case 'limits':
      return ({ arguments: given }) =>
        Number(given?.amount) <= rule.amount
          ? allow()
          : deny({ reason: rule.reason, public: rule.public, remediation: 'unavailable' });
    case 'throws':
      return () => {
        throw fault;
      };
    case 'rejects':
      return () => Promise.reject(fault);
    case 'is-down':
      return () => Promise.reject(new PolicyUnavailableError('the engine is down', { retryAfterSeconds: 7 }));
    case 'never-ends':
      return () => new Promise(() => undefined);
    case 'needs-login':
      return () => needAuthentication({ acrValues: ['mfa'], maxAgeSeconds: 300 });
  }
}

function toIntrospectionConfig(
  introspection: ProfileIntrospection,
): NonNullable<AuthServerConfig['introspection']> {
  const { activeSeconds, signed = false, wrongSecret = false, timeoutMs, selects } = introspection;
  return {
    clientAuthentication: {
      method: 'client_secret_basic',
      clientId: resourceServer.id,
      clientSecret: wrongSecret ? badSecret : resourceServer.secret,
    },
    signedResponse: signed,
    keepAnswers: activeSeconds === undefined ? undefined : { activeSeconds },
    timeoutMs,
    selects,
  };
}

/** Handlers of SDKs answer with their own error where something was thrown: that must not hide the refusal. */
function demandScopes(demands: Profile['handlerDemands']): void {
  if (demands === undefined) return;
  try {
    requireScopes(...demands.scopes);
  } catch (error) {
    if (!demands.hidden) throw error;
  }
}

/** The caller as the handler saw it, the token left out. */
function describeAuth(auth: AuthInfo | undefined): HandlerReply['auth'] {
  if (auth === undefined) return null;
  return {
    issuer: auth.issuer,
    clientId: auth.clientId,
    scopes: auth.scopes,
    audience: auth.audience ?? null,
    subject: auth.subject ?? null,
    expiresAt: auth.expiresAt,
    claims: auth.claims,
    resource: auth.resource.href,
    resourceMetadataUrl: auth.resourceMetadataUrl ?? null,
    hasToken: auth.token.length > 0,
  };
}

/** Identifiers of the issuers by name, for placeholders. */
export function toPlaceholders(issuers: Issuers): Readonly<Record<IssuerName, string>> {
  return {
    primary: issuers.primary.identifier,
    secondary: issuers.secondary.identifier,
    foreign: issuers.foreign.identifier,
  };
}

/** The metadata URL that challenges for a request target must name. */
export function findMetadataUrl(profile: Profile, target: string): string | undefined {
  const path = target.replace(/^https?:\/\/[^/]*/i, '').split('?', 1)[0];
  const route = profile.routes.find((candidate) => candidate.path === path);
  return profile.resources.find(({ resource }) => resource === route?.resource)?.metadataUrl;
}
