import { isPlain } from '../errors/plain-object.js';
import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { MCPAuthBearerAuthError } from '../errors/bearer-auth-error.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { MCPAuthError } from '../errors/mcp-auth-error.js';
import { MCPAuthTokenVerificationError } from '../errors/token-error.js';
import type { VerifiedBy } from '../events/decision-event.js';
import { readScopes } from '../scopes/scopes.js';
import { readBinding } from './binding.js';
import {
  checkClaimShapes,
  checkSenderConstraint,
  checkStatedKind,
  checkTimes,
  resolveExpiry,
  type TimeRules,
} from './claim-rules.js';
import type { ConfirmationMethod } from '../token/confirmation.js';
import { deepFreeze } from '../token/freeze.js';
import type { Claims } from '../token/token-policy.js';
import { checkTokenPolicy, readClientId, readGrantedScopes, type TrustedIssuer } from './trusted-issuer.js';
import { rejectUntrusted } from './untrusted-issuer.js';
import { reject, type RejectedToken, type TokenVerifier, type Verification } from '../token/verification.js';
import type { AnyVerifyAccessToken, TokenInfo } from './token-info.js';
import { checkReportMembers, type ReportMembers, tokenReport } from './report-members.js';
import { applyVerifierChecks, type CheckedByVerifier, readExtra, readOutside } from './verifier-checks.js';

export interface CustomVerifierRules {
  /** Longer tokens are refused, and the function is not called. */
  readonly maxTokenBytes: number;
  readonly time: TimeRules;
  readonly lifetimeWithoutExpirySeconds: number | undefined;
  /** How tokens may be bound to who sends them. */
  readonly confirmations: ReadonlySet<ConfirmationMethod>;
  /** What stands for an issuer and an audience that the function does not report. */
  readonly checks?: CheckedByVerifier | undefined;
  /** What a report may have. Default: that of a function that verifies all tokens of a route. */
  readonly members?: ReportMembers | undefined;
  /** Default: `function`. */
  readonly verifiedBy?: VerifiedBy | undefined;
}

/** Wraps a custom verifier: what it throws is classified, what it returns is checked. */
export function createCustomVerifier(
  verify: AnyVerifyAccessToken,
  issuers: ReadonlyMap<string, TrustedIssuer>,
  rules: CustomVerifierRules,
): TokenVerifier {
  return async (token) => {
    if (token.length > rules.maxTokenBytes) return reject('token_too_large');
    try {
      const report: unknown = await verify(token);
      const { members = tokenReport } = rules;
      if (typeof report === 'object' && report !== null) checkReportMembers(report, token, members);
      if (rules.checks === undefined) return readTokenInfo(token, report as TokenInfo, issuers, rules);
      const { info, rejected } = applyVerifierChecks(report, rules.checks);
      return rejected ?? readTokenInfo(token, info, issuers, rules);
    } catch (error) {
      return classify(error);
    }
  };
}

function classify(error: unknown): Verification {
  if (error instanceof MCPAuthTokenVerificationError) return reject(error.code);
  if (error instanceof MCPAuthBearerAuthError || isOAuthInvalidToken(error))
    return reject('rejected_by_verifier');
  if (error instanceof MCPAuthAuthServerError) return { kind: 'unavailable', error, retryAfterSeconds: 5 };
  if (error instanceof Error && !(error instanceof MCPAuthError) && /^MCPAuth\w+Error$/.test(error.name)) {
    throw otherCopy(error);
  }
  throw error;
}

/** Classes of two copies are not the same, no matter how equal they are. */
function otherCopy(cause: Error): MCPAuthConfigError {
  return new MCPAuthConfigError(
    'invalid_option',
    'mode',
    `The function that verifies tokens threw ${cause.name} of another copy of @mcp-auth/core, which is not understood here. Install one version only (npm ls @mcp-auth/core, npm dedupe), and do not mix import and require of it.`,
    { cause, of: '' },
  );
}

/** `OAuthError` of the official SDK, and `InvalidTokenError` of its first version, name the RFC 6750 code. */
function isOAuthInvalidToken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errorCode } = error as { code?: unknown; errorCode?: unknown };
  return code === 'invalid_token' || errorCode === 'invalid_token';
}

function readTokenInfo(
  token: string,
  info: TokenInfo,
  issuers: ReadonlyMap<string, TrustedIssuer>,
  { time, lifetimeWithoutExpirySeconds, checks, confirmations, verifiedBy = 'function' }: CustomVerifierRules,
): Verification {
  if (typeof (info as unknown) !== 'object' || (info as unknown) === null)
    return reject('rejected_by_verifier');
  // Members of anything else would be lost, and with them what speaks against the token
  if (info.claims !== undefined && !isPlain(info.claims)) return reject('rejected_by_verifier', 'claims');
  const issuer = issuers.get(info.issuer);
  if (issuer === undefined) {
    const rejected = rejectUntrusted(info.issuer, issuers);
    return (info.issuer as unknown) === undefined ? { ...rejected, hint: noIssuer } : rejected;
  }
  const claims = deepFreeze(structuredClone({ ...info.claims }));
  const { clientId = readClientId(issuer, claims), subject, audience, scopes } = info;
  if (typeof clientId !== 'string') return reject('invalid_claim', 'client_id');
  const stated = info.expiresAt === undefined ? claims.exp : info.expiresAt;
  const exp = resolveExpiry(stated, claims.iat, time.now(), lifetimeWithoutExpirySeconds);
  const outside = readOutside(info);
  const checkStated = (stated: Claims) =>
    checkClaims(stated, issuer, issuers) ??
    (checks && checkStatedKind(stated, confirmations, issuer.policy)) ??
    checkTimes({ exp, nbf: stated.nbf, iat: stated.iat }, time) ??
    checkTimes({ exp: stated.exp ?? exp }, time) ??
    checkSenderConstraint(stated, confirmations);
  const rejected =
    checkStated(claims) ??
    checkStated(outside) ??
    checkClaimShapes({ aud: audience, sub: subject }) ??
    checkTokenPolicy(issuer, claims, {});
  if (rejected !== undefined) return rejected;
  const confirmation = readBinding(token, [claims, outside, readExtra(info)], confirmations);
  if (confirmation === 'unusable') return reject('sender_constrained', 'cnf');
  return {
    kind: 'verified',
    token: {
      token,
      issuer: info.issuer,
      authorizationServer: issuer.authorizationServer,
      clientId,
      subject,
      audience,
      scopes: scopes === undefined ? readGrantedScopes(issuer, claims) : readScopes({ scope: scopes }),
      expiresAt: Math.min(exp as number, (claims.exp ?? exp) as number, (outside.exp ?? exp) as number),
      claims,
      verifiedBy,
      confirmation,
    },
  };
}

const noIssuer =
  "The function that verifies tokens returned no issuer. If it was written for the official SDK's requireBearerAuth, say on the route what it checks: verifierChecks: { issuer, audience }. Otherwise return the issuer.";

/** Claims that contradict the report speak against the token: a function that hands them on may have forgotten to look. */
function checkClaims(
  claims: Claims,
  issuer: TrustedIssuer,
  issuers: ReadonlyMap<string, TrustedIssuer>,
): RejectedToken | undefined {
  if (claims.active === false) return reject('inactive_token');
  if (claims.iss === undefined) return undefined;
  const stated = typeof claims.iss === 'string' ? issuers.get(claims.iss) : undefined;
  return stated?.authorizationServer === issuer.authorizationServer
    ? undefined
    : reject('untrusted_issuer', 'iss');
}
