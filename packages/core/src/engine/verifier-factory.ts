import type { TokenCache } from '../cache/token-cache.js';
import type { EventSink } from '../events/event-sink.js';
import {
  createAutoVerifier,
  createIntrospectionVerifier,
  type JudgementRules,
} from '../introspection/introspection-verifier.js';
import { missingIntrospection, readIntrospectingIssuers } from './introspecting-issuers.js';
import type { Clock } from '../net/environment.js';
import type { KeyVerifier } from '../config/key-verifiers.js';
import type { VerifierChecks } from '../config/verifier-checks.js';
import {
  type JwtVerifyOptions,
  type RemoteJwkSetOptions,
  resolveJwtRules,
  resolveKeySetSettings,
} from '../config/jwt-verify-options.js';
import { createJwtVerifier, type JwtRules } from '../verifier/jwt-verifier.js';
import type { GatedResource, TrustedServer } from '../resource/trusted-server.js';
import { createCustomVerifier } from '../verifier/custom-verifier.js';
import type { CheckedByVerifier } from '../verifier/verifier-checks.js';
import type { KnownToken } from '../verifier/known-token.js';
import { type ConfirmationMethod, noConfirmations } from '../token/confirmation.js';
import type { TokenVerifier } from '../token/verification.js';
import { selectVerifier } from '../verifier/select-verifier.js';
import { createKeyVerifiers } from './key-verifiers.js';
import { toTrustedIssuer } from './trusted-issuer.js';
import type { VerificationMode } from '../config/verification-mode.js';

/** The options of all modes that say how tokens are verified; which of them go together is checked before. */
export interface VerifierOptions {
  readonly jwtVerify?: JwtVerifyOptions | undefined;
  readonly remoteJwkSet?: RemoteJwkSetOptions | undefined;
  readonly lifetimeWithoutExpirySeconds?: number | undefined;
  readonly maxTokenBytes?: number | undefined;
  readonly verifierChecks?: VerifierChecks | undefined;
  readonly verifiers?: readonly KeyVerifier[] | undefined;
}

/** The same, with what a function checks compared with the audiences of the route. */
export interface ResolvedVerifierOptions extends VerifierOptions {
  /** Of all resources. */
  readonly servers: readonly TrustedServer[];
  readonly checks?: CheckedByVerifier | undefined;
  /** How tokens may be bound to who sends them: what the gate can check. */
  readonly confirmations: ReadonlySet<ConfirmationMethod>;
}

export interface VerifierEnvironment {
  readonly now: Clock;
  readonly events: EventSink;
  readonly cache: TokenCache<KnownToken> | undefined;
}

/** Something a verifier depends on: keys, or an endpoint. */
export interface VerifierSource {
  ready(): Promise<void>;
}

/** What verifies the tokens of a route, and what it depends on. */
export interface CreatedVerifier {
  readonly verifier: TokenVerifier;
  readonly sources: readonly VerifierSource[];
}

/**
 * Creates what a mode asks for, and the verifiers next to it.
 *
 * @throws {MCPAuthConfigError} `missing_key_source`, `missing_introspection`, `missing_introspection_endpoint`,
 * `ambiguous_introspection`, or for an option
 */
export function createVerifier(
  mode: VerificationMode,
  resource: GatedResource,
  options: ResolvedVerifierOptions,
  environment: VerifierEnvironment,
): CreatedVerifier {
  const jwtRules = resolveJwtRules(
    options.jwtVerify,
    environment.now,
    options.maxTokenBytes,
    options.confirmations,
  );
  const { lifetimeWithoutExpirySeconds, verifiers, servers, confirmations } = options;
  const { maxTokenBytes } = jwtRules;
  // maxTokenAge is about the iat that a JWT must have then
  const time = { ...jwtRules.time, maxTokenAgeSeconds: undefined };
  const { header } = jwtRules;
  const rules = { header, time, lifetimeWithoutExpirySeconds, maxTokenBytes, confirmations };
  const created = createForMode(mode, resource, options, { jwtRules, rules }, environment);
  if (verifiers === undefined) return created;
  const others = createKeyVerifiers(verifiers, {
    ...{ resource, servers, now: environment.now, events: environment.events },
    // Who sends a key is told to nobody
    rules: { maxTokenBytes, time, confirmations: noConfirmations },
  });
  return { ...created, verifier: selectVerifier(created.verifier, others) };
}

function createForMode(
  mode: VerificationMode,
  resource: GatedResource,
  options: ResolvedVerifierOptions,
  { jwtRules, rules }: { readonly jwtRules: JwtRules; readonly rules: JudgementRules },
  environment: VerifierEnvironment,
): CreatedVerifier {
  if (typeof mode === 'function') {
    const issuers = readByIssuer(resource.servers, (server) =>
      toTrustedIssuer(server, resource, environment.events),
    );
    return {
      verifier: createCustomVerifier(mode, issuers, { ...rules, checks: options.checks }),
      sources: [],
    };
  }
  switch (mode) {
    case 'jwt':
      return createForJwts(resource, resource.servers, options, jwtRules, environment);
    case 'introspection':
      return createForOpaqueTokens(resource, resource.servers, rules, environment);
    case 'auto':
      return createForBoth(resource, options, jwtRules, rules, environment);
  }
}

function createForJwts(
  resource: GatedResource,
  servers: readonly TrustedServer[],
  options: VerifierOptions,
  rules: JwtRules,
  { cache, events }: VerifierEnvironment,
): CreatedVerifier {
  const settings = resolveKeySetSettings(options.remoteJwkSet);
  const sources: VerifierSource[] = [];
  const issuers = readByIssuer(servers, (trusted) => {
    const { server, path, introspection } = trusted;
    server.assertKeySource(path);
    // A server that can be asked may do without keys
    const keys = server.keys(settings, introspection !== undefined);
    sources.push(keys);
    return { ...toTrustedIssuer(trusted, resource, events), keys };
  });
  const known = cache?.section(JSON.stringify([resource.identifier, rules.id, settings.id]));
  return { verifier: createJwtVerifier(issuers, rules, known), sources };
}

/** Every server must be one that can be asked: the tokens of another could not be verified at all. */
function createForOpaqueTokens(
  resource: GatedResource,
  mustIntrospect: readonly TrustedServer[],
  rules: JudgementRules,
  { events, now }: VerifierEnvironment,
): CreatedVerifier {
  const unable = mustIntrospect.find(({ introspection }) => introspection === undefined);
  if (unable !== undefined) throw missingIntrospection(unable.path);
  const issuers = readIntrospectingIssuers(resource, events, now);
  const sources = issuers.map(({ introspector }) => introspector);
  return { verifier: createIntrospectionVerifier(issuers, rules), sources };
}

/** A server without keys must be one that can be asked, JWTs included. */
function createForBoth(
  resource: GatedResource,
  options: VerifierOptions,
  jwtRules: JwtRules,
  rules: JudgementRules,
  environment: VerifierEnvironment,
): CreatedVerifier {
  const isAskedOnly = ({ server, introspection }: TrustedServer) =>
    introspection !== undefined && !server.canHaveKeys;
  const keyed = resource.servers.filter((server) => !isAskedOnly(server));
  const jwts = createForJwts(resource, keyed, options, jwtRules, environment);
  const opaque = createForOpaqueTokens(resource, [], rules, environment);
  const withoutKeys = resource.servers.filter(isAskedOnly).flatMap(({ tokenIssuers }) => tokenIssuers);
  const verifier = createAutoVerifier(jwts.verifier, opaque.verifier, new Set(withoutKeys));
  return {
    verifier: Object.assign(verifier, { saysExpired: jwts.verifier.saysExpired }),
    sources: [...jwts.sources, ...opaque.sources],
  };
}

/** What `read` finds for each of these authorization servers, by the values a token may carry as `iss`. */
export function readByIssuer<T>(
  servers: readonly TrustedServer[],
  read: (server: TrustedServer) => T,
): ReadonlyMap<string, T> {
  return new Map(
    servers.flatMap((server) => {
      const value = read(server);
      return server.tokenIssuers.map((issuer) => [issuer, value] as const);
    }),
  );
}
