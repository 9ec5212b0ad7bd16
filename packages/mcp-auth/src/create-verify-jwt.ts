import { readScopes } from '@mcp-auth/core';
import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import type { VerifyAccessTokenFunction } from './bearer-auth-config.js';
import { noteAudience, noteClock } from './bridge/jwt-judgements.js';
import { MCPAuthTokenVerificationError } from './errors/token-verification-error.js';
import { checkOptions } from './options/check-options.js';
import { jwtVerifyOptions } from './options/jwt-verify.js';

/**
 * A function that verifies JWTs with keys of your own choosing, for `bearerAuth` and `handleBearerAuth`.
 *
 * Checks: the signature, what `options` ask for, and that `iss` and `sub` are there. Does not check: issuer, audience, expiry
 * and scopes of the result; the middleware does, by the clock of `options`. `bearerAuth('jwt')` checks more and keeps keys
 * fresh.
 *
 * @param options - those of jose, which it is handed; `audience` is that of the route as well, where the route names none, and
 * `clockTolerance` counts up to 300 seconds (RFC 9068 §4)
 * @throws {MCPAuthConfigError} `unknown_option` for an option that jose does not have
 * @throws {MCPAuthTokenVerificationError} `invalid_token`, from the returned function
 * @see RFC 9068 §4
 * @example
 * ```ts
 * import { createRemoteJWKSet } from 'jose';
 * import { createVerifyJwt } from 'mcp-auth';
 *
 * const verify = createVerifyJwt(createRemoteJWKSet(new URL('https://auth.example.com/jwks')));
 * ```
 */
export const createVerifyJwt = (
  getKey: JWTVerifyGetKey,
  options: JWTVerifyOptions = {},
): VerifyAccessTokenFunction => {
  checkOptions(options, 'options', jwtVerifyOptions);
  const verify: VerifyAccessTokenFunction = async (token) => {
    const payload = await verifyWithJose(token, getKey, options);
    const issuer = readText(payload, 'iss');
    const subject = readText(payload, 'sub');
    noteClock(payload, options);
    return {
      token,
      issuer,
      subject,
      clientId: readClientId(payload),
      scopes: [...readScopes(payload)],
      claims: payload,
      ...(payload.aud === undefined ? {} : { audience: payload.aud }),
      ...(payload.exp === undefined ? {} : { expiresAt: payload.exp }),
    };
  };
  noteAudience(verify, options.audience);
  return verify;
};

async function verifyWithJose(
  token: string,
  getKey: JWTVerifyGetKey,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, getKey, options)).payload;
  } catch (cause) {
    const code = cause instanceof errors.JOSEError ? cause.code : 'JWT_VERIFICATION_FAILED';
    throw new MCPAuthTokenVerificationError('invalid_token', { code, cause });
  }
}

function readText(payload: JWTPayload, claim: 'iss' | 'sub'): string {
  const value = payload[claim];
  if (typeof value === 'string' && value !== '') return value;
  throw new MCPAuthTokenVerificationError('invalid_token', { cause: `The token has no ${claim}.` });
}

/** RFC 9068 §2.2 `client_id`; OpenID Connect Core §2 `azp`; Okta writes `cid`. */
function readClientId({ client_id: clientId, azp, cid }: JWTPayload): string {
  const value = clientId ?? azp ?? cid;
  return typeof value === 'string' ? value : '';
}
