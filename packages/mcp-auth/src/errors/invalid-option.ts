import { MCPAuthAuthServerError } from './auth-server-error.js';
import { MCPAuthConfigError } from './mcp-auth-error.js';

/** An option that cannot work: the message names it, and what to write instead. */
export function invalidOption(path: string, problem: string): MCPAuthAuthServerError {
  return new MCPAuthAuthServerError(
    'invalid_server_config',
    new MCPAuthConfigError('invalid_option', `${path}: ${problem}`),
  );
}
