import { MCPAuthConfigError } from '../errors/config-error.js';
import type { AudienceOption } from '../config/audience-option.js';
import type { EventSink } from '../events/event-sink.js';
import type { Clock, ServerEnvironment } from '../net/environment.js';
import { type AcceptedAudiences, type EndingAudience, EndingAudiences } from '../token/audience.js';
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
  option: AudienceOption | undefined,
  { now, events }: Pick<ServerEnvironment, 'now' | 'events'>,
): ReadonlyMap<string, AcceptedAudiences> {
  const audience = typeof option === 'string' ? [option] : option;
  const create = (audiences: readonly EndingAudience[]) =>
    audiences.length === 0 ? undefined : createEnding(audiences, resource.identifier, now, events);
  const accepted = readByIssuer(resource.servers, (server) =>
    resolveAudiences(resource, server, audience, create),
  );
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

/** Its owner hears once of each that is still in use, and of each that is over. */
function createEnding(
  audiences: readonly EndingAudience[],
  resource: string,
  now: Clock,
  events: EventSink,
): EndingAudiences {
  const told = new Set<string>();
  return new EndingAudiences(
    audiences,
    now,
    (value, day) => {
      if (told.has(value)) return;
      told.add(value);
      events.warn(
        `${resource}: tokens for ${JSON.stringify(value)} are still in use. They are accepted until the end of ${day} (UTC).`,
      );
    },
    (value, day) =>
      events.warn(
        `${resource}: tokens for ${JSON.stringify(value)} were accepted until the end of ${day} (UTC), and are denied now. Remove that audience.`,
      ),
  );
}
