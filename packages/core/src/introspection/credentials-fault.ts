import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';

/** This resource server cannot even ask; its operator acts. */
export function credentialsFault(problem: string): MCPAuthAuthServerError {
  return new MCPAuthAuthServerError(
    'introspection_unauthorized',
    `This resource server has no credentials for introspection: ${problem}`,
  );
}
