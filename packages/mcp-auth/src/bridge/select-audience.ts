import { describeValue } from '@mcp-auth/core/adapter';
import { invalidOption } from '../errors/invalid-option.js';

/**
 * The audiences of a route that names some in both places, as version 0.2 took them: a token needs to have `audience`, and one
 * of those for jose.
 *
 * @throws {MCPAuthAuthServerError} `invalid_server_config` when no token could have both, or for what is not an audience
 */
export function selectAudience(
  audience: string | undefined,
  forJose: string | string[] | undefined,
): string | readonly string[] | undefined {
  checkAudience(audience, 'audience');
  checkAudience(forJose, 'jwtVerify.audience');
  if (audience === undefined || forJose === undefined) return audience ?? forJose;
  if ([forJose].flat().includes(audience)) return audience;
  throw invalidOption('jwtVerify.audience', 'names other audiences than audience does. Leave it out.');
}

/** For callers without TypeScript. */
function checkAudience(audience: unknown, path: string): void {
  if (audience === undefined || typeof audience === 'string' || Array.isArray(audience)) return;
  throw invalidOption(path, `must be a string, or be left out, but is ${describeValue(audience)}.`);
}
