import type { KeySource } from '../keys/key-source.js';
import { mapScopes, readScopes, type ScopeMapping } from '../policy/scopes.js';
import type { Claims, TokenPolicy } from '../policy/token-policy.js';
import { reject, type RejectedToken } from './verification.js';

/** An authorization server as one resource trusts it. */
export interface TrustedIssuer {
  /** Identifier of the authorization server. */
  readonly authorizationServer: string;
  /** Identifier of the protected resource; absent in legacy mode. */
  readonly resource: string | undefined;
  readonly policy: TokenPolicy | undefined;
  readonly scopes: ScopeMapping | undefined;
}

/** One whose tokens are verified with its keys. */
export interface KeyedIssuer extends TrustedIssuer {
  readonly keys: KeySource;
}

/** Asks the policy of the server. A policy that throws refuses: claims must not be able to open a door that way. */
export function checkTokenPolicy(
  issuer: TrustedIssuer,
  claims: Claims,
  header: Readonly<Record<string, unknown>>,
): RejectedToken | undefined {
  const { policy, resource } = issuer;
  if (policy?.check === undefined) return undefined;
  try {
    const claim = policy.check(claims, { resource, header });
    return claim === undefined ? undefined : reject('policy_refused', claim);
  } catch {
    return reject('policy_refused');
  }
}

/** The granted scopes: by the configured mapping, else by the policy, else by the usual claims. */
export function readGrantedScopes(issuer: TrustedIssuer, claims: Claims): readonly string[] {
  const mapping = issuer.scopes ?? issuer.policy?.scopes;
  if (mapping === undefined) return readScopes(claims);
  try {
    return mapScopes(claims, mapping);
  } catch {
    return [];
  }
}

/** RFC 9068 §2.2 `client_id`; OpenID Connect Core §2 `azp`; Okta writes `cid`. */
export function readClientId(issuer: TrustedIssuer, claims: Claims): string {
  const named = readNamedClientId(issuer, claims);
  if (named !== undefined) return named;
  for (const name of ['client_id', 'azp', 'cid']) {
    const value = claims[name];
    if (typeof value === 'string') return value;
  }
  return '';
}

function readNamedClientId({ policy }: TrustedIssuer, claims: Claims): string | undefined {
  try {
    return policy?.clientId?.(claims);
  } catch {
    return undefined;
  }
}
