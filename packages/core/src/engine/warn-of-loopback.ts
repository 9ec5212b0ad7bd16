import type { EventSink } from '../events/event-sink.js';
import { environment } from '../events/process-environment.js';
import { isLoopbackHost, parseUrl } from '../net/secure-url.js';
import type { TrustedServer } from '../resource/trusted-server.js';

/**
 * Warns of an issuer on the own machine in production: it is usually the practice issuer, whose address was left in the configuration, and
 * everybody who gets a process to listen there makes tokens that pass.
 */
export function warnOfLoopback(servers: readonly TrustedServer[], events: EventSink): void {
  if (environment('NODE_ENV') !== 'production') return;
  for (const { tokenIssuers, path } of servers) {
    for (const issuer of tokenIssuers) {
      if (!isLoopbackHost(parseUrl(issuer)?.hostname ?? '')) continue;
      events.warn(
        `${path}: the issuer ${issuer} is on this machine, and NODE_ENV is production. A practice issuer asks nobody for a password: name the authorization server of your users.`,
      );
    }
  }
}
