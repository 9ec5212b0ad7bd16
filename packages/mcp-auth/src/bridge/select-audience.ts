import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';

/**
 * The audiences of a route that names some in both places, as version 0.2 took them: a token needs to have `audience`, and one
 * of those for jose.
 */
export function selectAudience(
  audience: string | undefined,
  forJose: string | string[] | undefined,
): string | readonly string[] | undefined {
  if (audience === undefined || forJose === undefined) return audience ?? forJose;
  if ([forJose].flat().includes(audience)) return audience;
  throw new MCPAuthAuthServerError('invalid_server_config', {
    cause: 'audience and jwtVerify.audience name different audiences. Leave jwtVerify.audience out.',
  });
}
