import { isJwtShaped, parseJwt } from '../verifier/jwt-syntax.js';
import { readBinding } from '../verifier/binding.js';
import { reject, type RejectedToken, type TokenVerifier, type Verification } from '../token/verification.js';
import type { InactiveHint, LookRules } from './inactive-hint.js';
import type { LazyIntrospector } from './lazy-introspector.js';
import {
  checkTokenPolicy,
  readClientId,
  readGrantedScopes,
  type TrustedIssuer,
} from '../verifier/trusted-issuer.js';
import { rejectUntrusted } from '../verifier/untrusted-issuer.js';
import { checkClaimShapes, checkStatedKind, checkTimes, resolveExpiry } from '../verifier/claim-rules.js';
import type { Confirmation, ConfirmationMethod } from '../token/confirmation.js';
import type { Claims } from '../token/token-policy.js';
import { toStatement } from '../token/token-statement.js';
import type { IntrospectionAnswer } from './introspection-response.js';

/** One whose tokens are verified by asking it. */
export interface IntrospectingIssuer extends TrustedIssuer {
  /** The values its tokens may carry as `iss`; at least one. */
  readonly tokenIssuers: readonly string[];
  readonly introspector: LazyIntrospector;
  /** Looks at what the server calls inactive, for the owner. */
  readonly inactiveHint: InactiveHint;
  /** Whether an opaque token is this server's. */
  readonly selects: (token: string) => boolean;
}

export interface JudgementRules extends LookRules {
  /** Longer tokens are refused, and nobody is asked about them. */
  readonly maxTokenBytes: number;
  readonly lifetimeWithoutExpirySeconds: number | undefined;
  /** How tokens may be bound to who sends them. */
  readonly confirmations: ReadonlySet<ConfirmationMethod>;
}

/**
 * Judges an answer as the claims of a JWT are judged: `active` means that the server issued the token and has not withdrawn
 * it, and nothing more.
 *
 * Checks, in this order: `active`, issuer, kind of token, time, shapes, sender constraint, policy of the authorization server.
 * Does not check: audience and scopes; these belong to the policy of a gate.
 *
 * An absent `iss` is the server that was asked: it is known by its endpoint, and vouches for its own tokens only. An `iss` that
 * is there must be one of this server.
 */
function judgeAnswer(
  token: string,
  answer: IntrospectionAnswer,
  issuer: IntrospectingIssuer,
  rules: JudgementRules,
): Verification {
  if (answer.kind === 'inactive') return reject('inactive_token');
  const { claims, answeredAt } = answer;
  const iss = claims.iss ?? ownIssuer(issuer);
  const vouched = { statement: toStatement({}, { ...claims, iss }), isGenuine: true };
  if (typeof iss !== 'string' || !issuer.tokenIssuers.includes(iss)) {
    const difference = { expected: issuer.tokenIssuers, actual: iss };
    return { ...reject('untrusted_issuer', 'iss', difference), statement: vouched.statement };
  }
  const exp = resolveExpiry(claims.exp, claims.iat, answeredAt, rules.lifetimeWithoutExpirySeconds);
  const confirmation = readBinding(token, [claims], rules.confirmations);
  const rejected =
    checkKind(claims, issuer, rules) ??
    checkTimes({ exp, nbf: claims.nbf, iat: claims.iat }, rules.time) ??
    checkClaimShapes(claims) ??
    (confirmation === 'unusable' ? reject('sender_constrained', 'cnf') : undefined) ??
    checkTokenPolicy(issuer, claims, {});
  if (rejected !== undefined) return { ...rejected, ...vouched };
  // The claim rules have refused all other shapes
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
      verifiedBy: 'introspection',
      confirmation: confirmation as Confirmation | undefined,
    },
  };
}

function ownIssuer({ authorizationServer, tokenIssuers }: IntrospectingIssuer): string | undefined {
  return tokenIssuers.includes(authorizationServer) ? authorizationServer : tokenIssuers[0];
}

function checkKind(
  claims: Claims,
  { policy }: TrustedIssuer,
  { confirmations }: JudgementRules,
): RejectedToken | undefined {
  const { client_id: clientId } = claims;
  if (clientId !== undefined && typeof clientId !== 'string') return reject('invalid_claim', 'client_id');
  return checkStatedKind(claims, confirmations, policy);
}

/**
 * Creates the verifier that asks authorization servers (RFC 7662).
 *
 * A token goes to one server and to no other: a JWT to the one that its `iss` names, any other token to the first that selects
 * it. Sending one server's token to another would give it away.
 *
 * Checks: what {@link judgeAnswer} does. Does not check: audience and scopes.
 */
export function createIntrospectionVerifier(
  issuers: readonly IntrospectingIssuer[],
  rules: JudgementRules,
): TokenVerifier {
  return (token) => {
    if (token.length > rules.maxTokenBytes) return reject('token_too_large');
    const issuer = findIssuer(token, issuers);
    return 'kind' in issuer ? issuer : verifyWith(token, issuer, rules);
  };
}

async function verifyWith(
  token: string,
  issuer: IntrospectingIssuer,
  rules: JudgementRules,
): Promise<Verification> {
  const answer = await issuer.introspector.introspect(token);
  if (answer.kind === 'unavailable') return answer;
  const verdict = judgeAnswer(token, answer, issuer, rules);
  if (answer.kind !== 'inactive') return verdict;
  const hint = await issuer.inactiveHint.find(token, rules);
  return hint === undefined ? verdict : { ...reject('inactive_token'), hint };
}

function findIssuer(
  token: string,
  issuers: readonly IntrospectingIssuer[],
): IntrospectingIssuer | RejectedToken {
  const jwt = parseJwt(token);
  const iss = jwt.kind === 'parsed' ? jwt.claims.iss : undefined;
  const found =
    typeof iss === 'string'
      ? issuers.find(({ tokenIssuers }) => tokenIssuers.includes(iss))
      : issuers.find(({ selects }) => selects(token));
  if (found !== undefined) return found;
  return typeof iss === 'string'
    ? rejectUntrusted(
        iss,
        issuers.flatMap((issuer) => issuer.tokenIssuers.map((name) => [name, issuer] as const)),
      )
    : reject('untrusted_issuer');
}

/**
 * Creates the verifier that takes both kinds: what has the form of a JWT is verified with keys, everything else by asking.
 *
 * @param withoutKeys - issuers whose tokens can only be asked about, JWTs included
 */
export function createAutoVerifier(
  verifyJwt: TokenVerifier,
  introspect: TokenVerifier,
  withoutKeys: ReadonlySet<string>,
): TokenVerifier {
  const verify = (token: string): ReturnType<TokenVerifier> => {
    if (!isJwtShaped(token)) return introspect(token);
    if (withoutKeys.size === 0) return verifyJwt(token);
    const jwt = parseJwt(token);
    const iss = jwt.kind === 'parsed' ? jwt.claims.iss : undefined;
    return typeof iss === 'string' && withoutKeys.has(iss) ? introspect(token) : verifyJwt(token);
  };
  return Object.assign(verify, { recall: verifyJwt.recall });
}
