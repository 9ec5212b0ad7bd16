import type { EventSink } from '../events/event-sink.js';
import type { GatedResource, TrustedServer } from '../resource/trusted-server.js';
import type { TrustedIssuer } from '../verifier/trusted-issuer.js';

/** A server of a resource, as those see it who judge its tokens. */
export function toTrustedIssuer(
  { server, policy, scopeClaims, path }: TrustedServer,
  resource: GatedResource,
  events: EventSink,
): TrustedIssuer {
  const report = (problem: string) => events.warn(`${path}.${problem}`);
  return {
    authorizationServer: server.issuer,
    resource: resource.identifier,
    policy,
    scopeClaims,
    report,
    accessTokenIssuer: () => server.accessTokenIssuer,
  };
}
