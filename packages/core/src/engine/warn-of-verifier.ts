import type { EventSink } from '../events/event-sink.js';
import type { GatedResource } from '../resource/trusted-server.js';

/** Warns of what a verifier alone cannot do: nobody tells it who sends its tokens, and from which header they are. */
export function warnOfVerifier(
  { tokenHeader, dpop, clientCertificate }: GatedResource,
  countsAttempts: boolean,
  events: EventSink,
): void {
  if (dpop !== undefined) {
    events.warn(
      'dpop: verifier() is not told who sends a token, so tokens that are bound to a key are denied there. Use bearerAuth() for that route.',
    );
  }
  if (clientCertificate !== undefined) {
    events.warn(
      'mutualTls: verifier() is not told who sends a token, so tokens that are bound to a certificate are denied there. Use bearerAuth() for that route.',
    );
  }
  if (tokenHeader !== undefined) {
    events.warn(
      `tokenHeader: verifier() is not told which header a token is from, and the official SDK's own gate reads Authorization, not ${tokenHeader}. Use bearerAuth() for that route.`,
    );
  }
  if (!countsAttempts) return;
  events.warn(
    'limits: verifier() is not told who sends a token, so failed attempts there are not counted. Use bearerAuth(), or limit requests in front of that route.',
  );
}
