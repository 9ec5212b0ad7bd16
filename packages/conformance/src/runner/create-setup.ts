import type {
  AuthInfo,
  KeyInfo,
  KeyVerifier,
  MCPAuthConfig,
  MCPAuthEvent,
  ObserveOptions,
  VerifyKey,
} from '@mcp-auth/core';
import type { OptionsFor, VerificationMode } from '@mcp-auth/core/adapter';
import { authContext, getAuthInfo, requireScopes } from '@mcp-auth/core/context';
import { fillObject } from '../issuer/placeholders.js';
import type { Profile, ProfileKeys, ProfileRoute } from '../profiles/profile.js';
import type { ApplicationSetup, HandlerReply, LegacySetup, SubjectRoute, SubjectSetup } from '../subject.js';
import { createHandleGiver } from './give-handles.js';
import { createOpaqueVerifier } from './opaque-verifier.js';
import { toOperations } from './operation-rules.js';
import { toResourceConfig, toServerConfig } from './resource-config.js';
import type { World } from './world.js';

/** What happened inside the server under test. */
export interface Observations {
  /** Times the protected handler ran. */
  handled: number;
  readonly events: MCPAuthEvent[];
}

export const openPath = '/open';

/** Who hears of what happens inside the server under test. */
export type Hearing = Pick<MCPAuthConfig, 'onEvent' | 'log'>;

/** The application that a profile describes. */
export function createSetup(
  profile: Profile,
  world: World,
  now: () => number,
  observations: Observations,
  hearing: Hearing,
): SubjectSetup {
  const { resources, limits, proofs } = profile;
  const protectedResources = resources.map((resource) => toResourceConfig(resource, world.issuers));
  return {
    ...createApplication(profile, world, now, observations),
    config: { protectedResources, limits, proofs, ...hearing, now },
    routes: profile.routes.map((route) => toRoute<OptionsFor<VerificationMode>>(route, profile, world, now)),
  };
}

/** The same in legacy mode. */
export function createLegacySetup(
  profile: Profile,
  { server }: NonNullable<Profile['legacy']>,
  world: World,
  now: () => number,
  observations: Observations,
  hearing: Hearing,
): LegacySetup {
  return {
    ...createApplication(profile, world, now, observations),
    config: { server: toServerConfig(server, world.issuers[server.name]), ...hearing, now },
    routes: profile.routes.map((route) => toRoute(route, profile, world, now)),
  };
}

function createApplication(
  profile: Profile,
  { issuers }: World,
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

function toRoute<Options>(
  route: ProfileRoute,
  profile: Profile,
  world: World,
  now: () => number,
): SubjectRoute<Options> {
  const { path, verifier = 'jwt', inContext = false, operations, verifierChecks: checks, ...others } = route;
  const { keys, observeDays, ...rest } = others;
  const more = {
    ...(keys === undefined ? undefined : { verifiers: keys.map((each) => toKeyVerifier(each, world, now)) }),
    ...(observeDays === undefined ? undefined : { observe: toDays(observeDays, now) }),
    ...(inContext ? { asyncContext: authContext } : undefined),
    ...(checks && { verifierChecks: { ...checks, issuer: world.issuers[checks.issuer].identifier } }),
    ...(operations === undefined ? undefined : { operations: toOperations(operations) }),
  };
  // Which options go with which mode is for the core to check: a profile is data
  const options = { ...rest, ...more } as Options;
  if (verifier !== 'opaque-tokens') return { path, mode: verifier, options };
  const tokens = profile.opaqueTokens ?? {};
  return { path, mode: createOpaqueVerifier(tokens, world, now), options };
}

function toKeyVerifier(
  { prefix, issuer, known, lifetimeWithoutExpirySeconds, keptSeconds }: ProfileKeys,
  { placeholders }: World,
  now: () => number,
): KeyVerifier {
  const verify: VerifyKey = (key) =>
    // A profile may say anything: whether it is a report is for the library to find out
    Object.hasOwn(known, key)
      ? (fillObject(known[key] ?? {}, placeholders, Math.floor(now() / 1000)) as unknown as KeyInfo)
      : undefined;
  const more = {
    ...(lifetimeWithoutExpirySeconds === undefined ? undefined : { lifetimeWithoutExpirySeconds }),
    ...(keptSeconds === undefined ? undefined : { keepVerdicts: { maxAgeSeconds: keptSeconds } }),
  };
  return prefix === undefined
    ? { kind: 'opaque', issuer, verify, ...more }
    : { prefix, issuer, verify, ...more };
}

function toDays(days: NonNullable<ProfileRoute['observeDays']>, now: () => number): ObserveOptions {
  const begin = now();
  const toDay = (count: number) => new Date(begin + count * 86_400_000).toISOString().slice(0, 10);
  return Object.fromEntries(
    Object.entries(days).map(([part, count]: [string, number]) => [part, toDay(count)]),
  );
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
    verifiedBy: auth.verifiedBy ?? null,
    hasToken: auth.token.length > 0,
  };
}

/** Whether the route behind a request target takes proofs, and nothing else. */
export function findProofMode(
  profile: Profile,
  target: string,
): 'bearer' | 'dpop-optional' | 'dpop-required' {
  const route = findRoute(profile, target);
  const resource = profile.resources.find((each) => each.resource === route?.resource);
  return route?.dpop ?? resource?.dpop?.mode ?? 'bearer';
}

function findRoute(profile: Profile, target: string): ProfileRoute | undefined {
  const path = target.replace(/^https?:\/\/[^/]*/i, '').split('?', 1)[0];
  return profile.routes.find((candidate) => candidate.path === path);
}

/** The metadata URL that challenges for a request target must name. */
export function findMetadataUrl(profile: Profile, target: string): string | undefined {
  const route = findRoute(profile, target);
  return profile.resources.find(({ resource }) => resource === route?.resource)?.metadataUrl;
}
