import { readScopes } from '@mcp-auth/core';
import { errors, jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import { MCPAuthTokenVerificationError } from './errors/token-verification-error.js';
import type { VerifyAccessTokenFunction } from './bearer-auth-config.js';

/**
 * A function that verifies JWTs with keys of your own choosing, for `bearerAuth` and `handleBearerAuth`.
 *
 * Checks: the signature, what `options` ask for, and that `iss` and `sub` are there. Does not check: issuer, audience, expiry
 * and scopes of the result; the middleware does. `bearerAuth('jwt')` checks more and keeps keys fresh.
 *
 * @param options - handed on to jose
 * @throws {MCPAuthTokenVerificationError} `invalid_token`, from the returned function
 */
export const createVerifyJwt =
  (getKey: JWTVerifyGetKey, options?: JWTVerifyOptions): VerifyAccessTokenFunction =>
  async (token) => {
    const payload = await verify(token, getKey, options);
    const issuer = readText(payload, 'iss');
    const subject = readText(payload, 'sub');
    const clientId = payload.client_id ?? payload.azp;
    return {
      token,
      issuer,
      subject,
      clientId: typeof clientId === 'string' ? clientId : '',
      scopes: [...readScopes(payload)],
      claims: payload,
      ...(payload.aud === undefined ? {} : { audience: payload.aud }),
      ...(payload.exp === undefined ? {} : { expiresAt: payload.exp }),
    };
  };

async function verify(token: string, getKey: JWTVerifyGetKey, options: JWTVerifyOptions = {}) {
  try {
    return (await jwtVerify(token, getKey, options)).payload;
  } catch (cause) {
    const code = cause instanceof errors.JOSEError ? cause.code : 'JWT_VERIFICATION_FAILED';
    throw new MCPAuthTokenVerificationError('invalid_token', { code, cause });
  }
}

function readText(payload: Readonly<Record<string, unknown>>, claim: 'iss' | 'sub'): string {
  const value = payload[claim];
  if (typeof value === 'string' && value !== '') return value;
  throw new MCPAuthTokenVerificationError('invalid_token', { cause: `The token has no ${claim}.` });
}
