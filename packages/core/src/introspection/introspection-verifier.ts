import { maxTokenLength } from '../verifier/jwt-verifier.js';
import { parseJwt } from '../verifier/jwt-syntax.js';
import { reject, type RejectedToken, type TokenVerifier, type Verification } from '../token/verification.js';
import type { LazyIntrospector } from './lazy-introspector.js';
import { judgeAnswer, type AskedIssuer, type JudgementRules } from './judge-answer.js';

/** An authorization server that one resource asks about tokens. */
export interface IntrospectingIssuer extends AskedIssuer {
  readonly introspector: LazyIntrospector;
  /** Whether an opaque token is this server's. */
  readonly selects: (token: string) => boolean;
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
    if (token.length > maxTokenLength) return reject('token_too_large');
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
  return answer.kind === 'unavailable' ? answer : judgeAnswer(token, answer, issuer, rules);
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
  return found ?? reject('untrusted_issuer', typeof iss === 'string' ? 'iss' : undefined);
}
