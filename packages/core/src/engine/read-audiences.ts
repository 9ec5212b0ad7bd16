import { MCPAuthConfigError } from '../errors/config-error.js';
import type { AcceptedAudiences } from '../token/audience.js';
import type { GatedResource } from '../resource/trusted-server.js';
import { resolveAudiences } from '../resource/protected-resource.js';
import { readByIssuer } from './verifier-factory.js';

/**
 * The audiences a route accepts, by the value a token may carry as `iss`.
 *
 * @throws {MCPAuthConfigError} `invalid_audience`
 */
export function readAudiences(
  resource: GatedResource,
  option: string | readonly string[] | undefined,
): ReadonlyMap<string, AcceptedAudiences> {
  const audience = typeof option === 'string' ? [option] : option;
  const accepted = readByIssuer(resource.servers, (server) => resolveAudiences(resource, server, audience));
  if ([...accepted.values()].every(({ values }) => values !== 'any' && values.size === 0)) {
    throw new MCPAuthConfigError(
      'invalid_audience',
      'audience',
      resource.defaultAudience === undefined && audience === undefined
        ? 'is required in legacy mode: no resource identifier can stand in for it. Name the audience of your tokens, here or in server.audiences.'
        : 'is accepted from none of the authorization servers of the resource. With several servers, list it in their audiences.',
    );
  }
  return accepted;
}
