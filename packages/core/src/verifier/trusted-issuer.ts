import { describeValue } from '../errors/describe-value.js';
import { ignoreRejection, isPromise } from '../errors/promises.js';
import type { KeySource } from '../keys/key-source.js';
import { readScopesFrom, readScopes, type ScopeMapping } from '../scopes/scopes.js';
import type { Claims, TokenPolicy } from '../token/token-policy.js';
import { clientIdClaims } from '../token/token-statement.js';
import { reject, type RejectedToken } from '../token/verification.js';

/** An authorization server as one resource trusts it. */
export interface TrustedIssuer {
  /** Identifier of the authorization server. */
  readonly authorizationServer: string;
  /** Identifier of the protected resource; in legacy mode the issuer. */
  readonly resource: string;
  readonly policy: TokenPolicy | undefined;
  readonly scopeClaims: ScopeMapping | undefined;
  /** Tells the owner, once each, of a function of theirs that failed; the problem begins with the option's name. */
  readonly report: (problem: string) => void;
  /** What its metadata says access tokens carry as `iss`, once that was fetched: a hint, and never a reason to trust it. */
  readonly accessTokenIssuer?: (() => string | undefined) | undefined;
}

/** One whose tokens are verified with its keys. */
export interface KeyedIssuer extends TrustedIssuer {
  readonly keys: KeySource;
}

/**
 * Asks the policy of the server. One that throws, or says anything but nothing, refuses: claims must not be able to open a
 * door that way.
 */
export function checkTokenPolicy(
  issuer: TrustedIssuer,
  claims: Claims,
  header: Readonly<Record<string, unknown>>,
): RejectedToken | undefined {
  const { policy, resource } = issuer;
  if (policy?.check === undefined) return undefined;
  try {
    const claim: unknown = policy.check(claims, { resource, header });
    if (claim === undefined) return undefined;
    if (claim === 'aud') return rejectAudience(issuer, claims);
    if (typeof claim === 'string') return reject('policy_refused', claim, { actual: shown(claim, claims) });
    issuer.report(
      `policy.check must return the name of a claim or nothing, but ${wrong(claim)}: token refused.`,
    );
  } catch {
    issuer.report('policy.check threw: token refused.');
  }
  return reject('policy_refused');
}

/** A policy that speaks against `aud` says what the audience check says. For the owner there is more: whose rule it was. */
function rejectAudience({ policy, resource }: TrustedIssuer, { aud }: Claims): RejectedToken {
  const isAbsent = aud === undefined || (Array.isArray(aud) && aud.length === 0);
  const hint = `The policy ${policy?.name ?? ''} found no audience that stands for ${resource} alone. Have the provider write the resource into aud, as its page in the documentation tells.`;
  return { ...reject(isAbsent ? 'missing_audience' : 'wrong_audience', 'aud', { actual: aud }), hint };
}

/** Claims that say where a token is from and what for. Others may hold anything, and are named without their value. */
const plainClaims: ReadonlySet<string> = new Set([
  ...clientIdClaims,
  ...[
    'iss',
    'aud',
    'typ',
    'tid',
    'ver',
    'idtyp',
    'token_use',
    'scope',
    'scp',
    'scopes',
    'roles',
    'gty',
    'resource',
  ],
]);

function shown(claim: string, claims: Claims): unknown {
  return plainClaims.has(claim) ? claims[claim] : undefined;
}

/** The granted scopes: by the configured mapping, else by the policy, else by the usual claims. */
export function readGrantedScopes(issuer: TrustedIssuer, claims: Claims): readonly string[] {
  const mapping = issuer.scopeClaims ?? issuer.policy?.scopes;
  if (mapping === undefined) return readScopes(claims);
  const option = issuer.scopeClaims === undefined ? 'policy.scopes' : 'scopeClaims';
  try {
    if (typeof mapping !== 'function') return readScopesFrom(claims, mapping);
    const scopes: unknown = mapping(claims);
    if (Array.isArray(scopes) || typeof scopes === 'string') return readScopes({ scope: scopes });
    issuer.report(`${option} must return a list of scopes, but ${wrong(scopes)}: no scope granted.`);
  } catch {
    issuer.report(`${option} threw: no scope granted.`);
  }
  return [];
}

/** By the policy, else by the usual claims. */
export function readClientId(issuer: TrustedIssuer, claims: Claims): string {
  const named = readNamedClientId(issuer, claims);
  if (named !== undefined) return named;
  for (const name of clientIdClaims) {
    const value = claims[name];
    if (typeof value === 'string') return value;
  }
  return '';
}

function readNamedClientId(issuer: TrustedIssuer, claims: Claims): string | undefined {
  try {
    const clientId: unknown = issuer.policy?.clientId?.(claims);
    if (clientId === undefined || typeof clientId === 'string') return clientId;
    issuer.report(`policy.clientId must return a string or nothing, but ${wrong(clientId)}: left out.`);
  } catch {
    issuer.report('policy.clientId threw: left out.');
  }
  return undefined;
}

/** What came instead; a promise is not waited for, and its rejection must not end the process. */
function wrong(result: unknown): string {
  ignoreRejection(result);
  return `returned ${isPromise(result) ? 'a Promise, which is not awaited' : describeValue(result)}`;
}
