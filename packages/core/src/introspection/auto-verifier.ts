import { isJwtShaped, parseJwt } from '../verifier/jwt-syntax.js';
import type { TokenVerifier } from '../token/verification.js';

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
