import {
  MCPAuthAuthServerError as CoreAuthServerError,
  MCPAuthConfigError as CoreConfigError,
} from '@mcp-auth/core';
import { linkTo } from '../upgrade-page.js';
import { MCPAuthAuthServerError } from './auth-server-error.js';
import { MCPAuthConfigError } from './mcp-auth-error.js';

/** The error of version 0.2 for one of the core; anything else stays what it is. */
export function fromCoreError(error: unknown): unknown {
  if (error instanceof CoreConfigError) return fromConfigError(error);
  return error instanceof CoreAuthServerError ? fromAuthServerError(error) : error;
}

function fromConfigError(error: CoreConfigError): unknown {
  const code: string = error.code;
  switch (code) {
    case 'unknown_option':
      return new MCPAuthConfigError('unknown_option', error.message);
    case 'missing_key_source':
      return new MCPAuthAuthServerError('missing_jwks_uri', error);
    case 'invalid_audience':
      return new MCPAuthAuthServerError('invalid_server_config', explainAudience(error));
    default:
      return new MCPAuthAuthServerError('invalid_server_config', error);
  }
}

/** The one error that most servers of version 0.2 in `server` mode start with: what to do is on the page. */
function explainAudience({ code, path, message }: CoreConfigError): CoreConfigError {
  const problem = message.slice(`${path}: `.length);
  return new CoreConfigError(code, path, `${problem} See ${linkTo('audience-required')}`);
}

function fromAuthServerError(error: CoreAuthServerError): unknown {
  switch (error.code) {
    case 'transpile_failed':
      return error.cause;
    case 'missing_jwks_uri':
      return new MCPAuthAuthServerError('missing_jwks_uri', error);
    case 'invalid_metadata':
    case 'issuer_mismatch':
    case 'invalid_json':
    case 'unexpected_content_type':
      return new MCPAuthAuthServerError('invalid_server_metadata', error);
    default:
      return new MCPAuthConfigError('fetch_server_config_error', error.message);
  }
}

/** Runs something of the core whose errors people catch by the classes of this package. */
export function withErrorsOfOld<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw fromCoreError(error);
  }
}
