import type { TrustedIssuer } from '../verifier/trusted-issuer.js';
import { checkTokenPolicy, readClientId, readGrantedScopes } from '../verifier/trusted-issuer.js';
import { checkClaimShapes, checkSenderConstraint } from '../verifier/claim-rules.js';
import { checkTimes, type TimeRules } from '../verifier/time-rules.js';
import { resolveExpiry } from '../verifier/expiry.js';
import { checkTokenKind } from '../verifier/token-kind.js';
import { reject, type RejectedToken, type Verification } from '../token/verification.js';
import type { Claims } from '../token/token-policy.js';
import type { IntrospectionAnswer } from './introspection-answer.js';

/** An authorization server that is asked, as one resource trusts it. */
export interface AskedIssuer extends TrustedIssuer {
  /** The values its tokens may carry as `iss`; at least one. */
  readonly tokenIssuers: readonly string[];
}

export interface JudgementRules {
  readonly time: TimeRules;
  readonly maxAgeSeconds: number | undefined;
}

/**
 * Judges an answer as the claims of a JWT are judged: `active` means that the server issued the token and has not withdrawn
 * it, and nothing more.
 *
 * Checks, in this order: `active`, issuer, kind of token, time, shapes, sender constraint, policy of the authorization server.
 * Does not check: audience and scopes; these belong to the policy of a gate.
 *
 * An absent `iss` is the server that was asked: it is known by its endpoint, and vouches for its own tokens only. An `iss` that
 * is there must be one of its own.
 */
export function judgeAnswer(
  token: string,
  answer: IntrospectionAnswer,
  issuer: AskedIssuer,
  rules: JudgementRules,
): Verification {
  if (answer.kind === 'inactive') return reject('inactive_token');
  const { claims, answeredAt } = answer;
  const iss = claims.iss ?? ownIssuer(issuer);
  if (typeof iss !== 'string' || !issuer.tokenIssuers.includes(iss)) return reject('untrusted_issuer', 'iss');
  const exp = resolveExpiry(claims.exp, claims.iat, answeredAt, rules.maxAgeSeconds);
  const rejected =
    checkKind(claims) ??
    checkTimes({ exp, nbf: claims.nbf, iat: claims.iat }, rules.time) ??
    checkClaimShapes(claims) ??
    checkSenderConstraint(claims) ??
    checkTokenPolicy(issuer, claims, {});
  if (rejected !== undefined) return rejected;
  return {
    kind: 'verified',
    token: {
      token,
      issuer: iss,
      authorizationServer: issuer.authorizationServer,
      clientId: readClientId(issuer, claims),
      subject: claims.sub as string | undefined,
      audience: claims.aud as string | readonly string[] | undefined,
      scopes: readGrantedScopes(issuer, claims),
      expiresAt: exp as number,
      claims,
    },
  };
}

function ownIssuer({ authorizationServer, tokenIssuers }: AskedIssuer): string | undefined {
  return tokenIssuers.includes(authorizationServer) ? authorizationServer : tokenIssuers[0];
}

/** RFC 7662 §2.2 `token_type` is that of RFC 6749 §5.1; some servers also say which of their own kinds a token is. */
function checkKind(claims: Claims): RejectedToken | undefined {
  const { token_type: type, token_use: use, client_id: clientId } = claims;
  if (clientId !== undefined && typeof clientId !== 'string') return reject('invalid_claim', 'client_id');
  const kind = typeof type === 'string' ? type.toLowerCase() : type;
  if (kind === 'dpop') return reject('sender_constrained', 'token_type');
  if (kind !== undefined && kind !== 'bearer' && kind !== 'access_token') {
    return reject('not_an_access_token', 'token_type');
  }
  // Ory Hydra says access_token where others say access
  const named = use === 'access_token' ? { ...claims, token_use: 'access' } : claims;
  return checkTokenKind(kind === undefined ? {} : { typ: 'at+jwt' }, named);
}
