import type { TokenCacheSection } from '../cache/token-cache.js';
import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { MCPAuthBearerAuthError } from '../errors/bearer-auth-error.js';
import type { MCPAuthConfigError } from '../errors/config-error.js';
import { MCPAuthTokenVerificationError } from '../errors/token-error.js';
import { createAcceptedAudiences } from '../token/audience.js';
import { freezeJson } from '../token/freeze-json.js';
import {
  reject,
  type RejectedToken,
  type TokenVerifier,
  type VerifiedVerdict,
} from '../token/verification.js';
import { checkTimes } from './claim-rules.js';
import { createCustomVerifier, type CustomVerifierRules } from './custom-verifier.js';
import type { VerifyKey } from './key-info.js';
import { keyReport } from './report-members.js';
import type { TrustedIssuer } from './trusted-issuer.js';

/** What was found about a key, where it is kept. */
export interface KnownKey {
  readonly token: string;
  readonly verdict: VerifiedVerdict;
  readonly bytes: number;
  readonly storedAt: number;
  readonly expiresAt: number;
}

/** What one verifier of keys decides by. */
export interface KeyRules extends Omit<CustomVerifierRules, 'checks' | 'members' | 'verifiedBy'> {
  /** What its callers carry as issuer. */
  readonly issuer: string;
  readonly trusted: TrustedIssuer;
  /** Identifier of the resource that keys open. */
  readonly resource: string;
  /** Where verdicts are kept; none are without it. */
  readonly known?: TokenCacheSection<KnownKey> | undefined;
  /** Why no key may pass any more, once something has turned up that speaks against the issuer. */
  readonly conflict: () => MCPAuthConfigError | undefined;
  /** The same error, or one that says less where it holds a part of the key. */
  readonly withoutKey: (error: unknown, key: string) => unknown;
  /** Whether a text holds a part of the key. */
  readonly isPartOf: (text: string, key: string) => boolean;
}

/** What is shorter can be guessed, and turns up in logs by chance: nothing could keep it out of them. */
const minKeyLength = 16;

/**
 * Creates the verifier of one kind of keys.
 *
 * Checks: length; what the function reports, with the issuer of the configuration and this resource as the audience.
 * Does not check: audience and scopes; these belong to the policy of a gate.
 *
 * What it reports must not hold the key. An error that does is replaced: whoever handles errors may print it.
 */
export function createKeyTokenVerifier(verify: VerifyKey, rules: KeyRules): TokenVerifier {
  const { issuer, resource, trusted, known, time, conflict, withoutKey } = rules;
  const audiences = createAcceptedAudiences([resource]);
  const ask = async (key: string) => {
    try {
      const report: unknown = await verify(key);
      // Before anything is made of it: what is refused here is not a report
      return checkReport(report, key, rules);
    } catch (error) {
      throw isRefusal(error) ? error : hideKey(error, key, withoutKey);
    }
  };
  const verifyKey = createCustomVerifier(ask as never, new Map([[issuer, trusted]]), {
    ...rules,
    checks: { issuer, audience: resource, audiences, resources: audiences },
    members: keyReport,
    verifiedBy: 'key',
  });
  const judge: TokenVerifier = async (key) => {
    if (key.length < minKeyLength) return tooShort;
    const reason = conflict();
    if (reason !== undefined) throw reason;
    const verdict = await verifyKey(key);
    if (verdict.kind === 'verified' && known !== undefined) remember(known, verdict);
    return verdict.kind === 'rejected' && verdict.code === 'missing_claim' && verdict.claim === 'exp'
      ? { ...verdict, hint: noExpiry }
      : verdict;
  };
  if (known === undefined) return judge;
  const recall = (key: string): VerifiedVerdict | undefined => {
    const now = known.now();
    const entry = known.find(key, now);
    if (entry === undefined || conflict() !== undefined) return undefined;
    const { claims, expiresAt: exp } = entry.verdict.token;
    if (checkTimes({ nbf: claims.nbf, iat: claims.iat, exp }, time, now) === undefined) return entry.verdict;
    known.drop(entry);
    return undefined;
  };
  return Object.assign(judge, { recall });
}

const tooShort: RejectedToken = {
  ...reject('malformed_token'),
  hint: `Keys need at least ${minKeyLength} characters: shorter ones can be guessed, and could not be kept out of logs.`,
};

const noExpiry =
  'The function that verifies keys returned no expiresAt. Return one, or write lifetimeWithoutExpirySeconds next to it.';

function isRefusal(error: unknown): boolean {
  return error instanceof MCPAuthTokenVerificationError || error instanceof MCPAuthBearerAuthError;
}

/** That nobody can tell stays known, no matter what the error says. */
function hideKey(error: unknown, key: string, withoutKey: KeyRules['withoutKey']): unknown {
  const told = withoutKey(error, key);
  return told !== error && error instanceof MCPAuthAuthServerError
    ? new MCPAuthAuthServerError(error.code, 'The function that verifies keys could not tell')
    : told;
}

/** Nothing stands for a key that nobody knows; of all others somebody must be the owner. */
function checkReport(report: unknown, key: string, { isPartOf }: KeyRules): unknown {
  if (typeof report !== 'object' || report === null) {
    throw new MCPAuthTokenVerificationError('rejected_by_verifier');
  }
  const { subject, clientId } = report as { readonly subject?: unknown; readonly clientId?: unknown };
  const names = [subject, clientId].filter((name) => name !== undefined);
  const isNamed = names.length > 0 && names.every((name) => typeof name === 'string' && name !== '');
  if (!isNamed || names.some((name) => isPartOf(name as string, key))) {
    throw new MCPAuthTokenVerificationError('rejected_by_verifier');
  }
  return report;
}

/** What an entry takes in addition to its claims, as for other tokens. */
const entryBytes = 616;
const scopeBytes = 40;

function remember(known: TokenCacheSection<KnownKey>, verdict: VerifiedVerdict): void {
  const { token, scopes, claims, expiresAt } = verdict.token;
  const bytes = entryBytes + token.length + scopes.length * scopeBytes + sizeOf(claims);
  Object.freeze(scopes);
  Object.freeze(verdict.token);
  Object.freeze(verdict);
  known.add({ token, verdict, bytes, storedAt: known.now(), expiresAt: expiresAt * 1000 });
}

/** Claims that are no JSON are too large for any cache. */
function sizeOf(claims: object): number {
  try {
    JSON.stringify(claims);
    return freezeJson(claims);
  } catch {
    return Infinity;
  }
}
