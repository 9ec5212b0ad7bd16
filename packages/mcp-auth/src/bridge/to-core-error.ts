import {
  MCPAuthAuthServerError as CoreAuthServerError,
  MCPAuthTokenVerificationError as CoreTokenError,
} from '@mcp-auth/core';
import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { MCPAuthBearerAuthError } from '../errors/bearer-auth-error.js';
import { MCPAuthConfigError } from '../errors/mcp-auth-error.js';
import { MCPAuthTokenVerificationError } from '../errors/token-verification-error.js';

/** What your own verifier throws, in the classes that the core can tell apart. */
export function toCoreError(error: unknown): unknown {
  if (error instanceof MCPAuthTokenVerificationError) {
    return new CoreTokenError('rejected_by_verifier', undefined, { cause: error });
  }
  if (error instanceof MCPAuthBearerAuthError) {
    return new CoreTokenError(toTokenCode(error.code), undefined, { cause: error });
  }
  return error instanceof MCPAuthAuthServerError || isFailedFetch(error)
    ? new CoreAuthServerError('request_failed', error.message, { cause: error })
    : error;
}

/** For callers without TypeScript: a code may be anything. */
function toTokenCode(code: unknown): CoreTokenError['code'] {
  switch (code) {
    case 'invalid_issuer':
      return 'untrusted_issuer';
    case 'invalid_audience':
      return 'wrong_audience';
    default:
      return 'rejected_by_verifier';
  }
}

/** What `fetchServerConfig` throws when nothing usable comes back: a verifier may call it. */
function isFailedFetch(error: unknown): error is MCPAuthConfigError {
  return error instanceof MCPAuthConfigError && error.code === 'fetch_server_config_error';
}
