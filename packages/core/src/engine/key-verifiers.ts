import { CachePressure } from '../cache/cache-pressure.js';
import { TokenCache } from '../cache/token-cache.js';
import { type KeyVerifier, overlaps, resolveKeptVerdicts } from '../config/key-verifiers.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { EventSink } from '../events/event-sink.js';
import { isPartOf } from '../gate/own-token.js';
import { withoutSecrets } from '../gate/rule-error.js';
import type { Clock } from '../net/environment.js';
import type { GatedResource, TrustedServer } from '../resource/trusted-server.js';
import { type AcceptedAudiences, createAcceptedAudiences } from '../token/audience.js';
import type { CustomVerifierRules } from '../verifier/custom-verifier.js';
import { createKeyTokenVerifier, type KnownKey } from '../verifier/key-verifier.js';
import type { SelectedVerifier } from '../verifier/select-verifier.js';

/** What the verifiers of keys of one route are made with. */
export interface KeyVerifierSettings {
  readonly resource: GatedResource;
  /** Of all resources: subjects of one issuer are one person everywhere. */
  readonly servers: readonly TrustedServer[];
  readonly rules: Omit<CustomVerifierRules, 'checks' | 'verifiedBy' | 'lifetimeWithoutExpirySeconds'>;
  readonly now: Clock;
  readonly events: EventSink;
}

/**
 * Creates the verifiers of keys that a route has next to that of its mode.
 *
 * @throws {MCPAuthConfigError} `invalid_option` for an issuer that is an authorization server's, or a prefix that introspection selects by
 */
export function createKeyVerifiers(
  verifiers: readonly KeyVerifier[],
  settings: KeyVerifierSettings,
): readonly SelectedVerifier[] {
  return verifiers.map((entry, index) => createOne(entry, `verifiers[${index}]`, settings));
}

function createOne(entry: KeyVerifier, path: string, settings: KeyVerifierSettings): SelectedVerifier {
  const { issuer, verify, prefix, lifetimeWithoutExpirySeconds, keepVerdicts } = entry;
  const { resource, servers, rules, now, events } = settings;
  checkIssuer(issuer, `${path}.issuer`, servers);
  if (prefix !== undefined) checkSelectors(prefix, `${path}.prefix`, resource);
  const known = keepVerdicts && createKnownKeys(resolveKeptVerdicts(keepVerdicts), issuer, now, events);
  const verifier = createKeyTokenVerifier(verify, {
    ...rules,
    issuer,
    resource: audienceOf(resource),
    lifetimeWithoutExpirySeconds,
    known,
    conflict: () => findDiscovered(issuer, `${path}.issuer`, servers),
    isPartOf: (text, key) => isPartOf(text, key),
    withoutKey: (error, key) => hideKey(error, key, `${path}.verify`),
    trusted: {
      authorizationServer: issuer,
      resource: resource.identifier,
      policy: undefined,
      scopeClaims: undefined,
      report: (problem) => events.warn(`${path}.${problem}`),
    },
  });
  return { prefix, verifier };
}

/** Keys are for this resource and no other: what is accepted of tokens of an authorization server is not for them. */
function audiencesOfKeys(
  verifiers: readonly KeyVerifier[],
  resource: GatedResource,
): readonly (readonly [issuer: string, accepted: AcceptedAudiences])[] {
  const values = createAcceptedAudiences([audienceOf(resource)]);
  return verifiers.map(({ issuer }) => [issuer, { values, mayBeAbsent: false }] as const);
}

/** The audiences of a route by issuer, those of keys included. */
export function withKeys(
  audiences: ReadonlyMap<string, AcceptedAudiences>,
  verifiers: readonly KeyVerifier[] | undefined,
  resource: GatedResource,
): ReadonlyMap<string, AcceptedAudiences> {
  return verifiers === undefined
    ? audiences
    : new Map([...audiences, ...audiencesOfKeys(verifiers, resource)]);
}

function audienceOf({ defaultAudience, identifier }: GatedResource): string {
  return defaultAudience ?? identifier;
}

function checkIssuer(issuer: string, path: string, servers: readonly TrustedServer[]): void {
  const other = servers.find(
    ({ server, tokenIssuers }) => server.issuer === issuer || tokenIssuers.includes(issuer),
  );
  if (other === undefined) return;
  throw new MCPAuthConfigError(
    'invalid_option',
    path,
    `is the issuer of ${other.path}: ${JSON.stringify(issuer)}. Callers with a key would pass for users of that server. Write a name of your own, such as "https://api.example.com/keys".`,
  );
}

/** What a server says of itself is known once its metadata was fetched. No key passes from then on: whose callers are whose is open. */
function findDiscovered(
  issuer: string,
  path: string,
  servers: readonly TrustedServer[],
): MCPAuthConfigError | undefined {
  const other = servers.find(({ server }) => server.accessTokenIssuer === issuer);
  return other === undefined
    ? undefined
    : new MCPAuthConfigError(
        'invalid_option',
        path,
        `is what the metadata of ${other.server.issuer} calls the issuer of its access tokens: ${JSON.stringify(issuer)}. No key is accepted until it is a name of your own, such as "https://api.example.com/keys".`,
      );
}

/** A token that a server's introspection is said to select would never reach it. */
function checkSelectors(prefix: string, path: string, { servers }: GatedResource): void {
  for (const { introspection, path: server } of servers) {
    const selects = introspection?.selects;
    if (typeof selects !== 'string' || !overlaps(selects, prefix)) continue;
    throw new MCPAuthConfigError(
      'invalid_option',
      path,
      `must select keys alone, but is ${JSON.stringify(prefix)}, and ${server}.introspection.selects is ${JSON.stringify(selects)}. A token goes to one of the two: write both out until they differ.`,
    );
  }
}

function createKnownKeys(
  limits: ReturnType<typeof resolveKeptVerdicts>,
  issuer: string,
  now: Clock,
  events: EventSink,
) {
  const { maxEntries, maxBytes } = limits;
  const tell = (dropped: number) =>
    events.emit({ type: 'cache', cache: 'keys', issuer, maxEntries, maxBytes, dropped });
  return new TokenCache<KnownKey>(limits, now, new CachePressure(tell, now)).section('keys');
}

/** Frameworks print what their error handlers get. */
function hideKey(error: unknown, key: string, path: string): unknown {
  const wrapped = new MCPAuthConfigError('invalid_option', path, 'threw.', { cause: error });
  return withoutSecrets(wrapped, (text) => text.includes(key) || isPartOf(text, key)).cause;
}
