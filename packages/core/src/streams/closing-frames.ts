import type { StreamEndReason } from '../events/events.js';

export type RequestId = string | number;

const lost = 'The access token of this stream is no longer valid. Send the request again with a new one.';

const messages: Readonly<Record<StreamEndReason, string>> = {
  token_expired: 'The access token of this stream has expired. Send the request again with a new one.',
  // RFC 9068 §4: what happened exactly is for the operator
  key_withdrawn: lost,
  revoked: lost,
  session_ended: 'The session of this stream has ended.',
  closed: 'The server is closing.',
};

/** What official SDKs call a connection that was closed. */
const connectionClosed = -32_000;

/**
 * What a stream ends with: how long the client is to wait before it comes back, and an error for each request that has no answer,
 * without which the official clients would wait for one until their time is over (JSON-RPC 2.0 §5.1; SSE, `retry`).
 */
export function formatClosing(
  reason: StreamEndReason,
  unanswered: Iterable<RequestId>,
  random: () => number,
): string {
  const retry = `retry: ${Math.round(1000 + random() * 4000)}\n`;
  const error = { code: connectionClosed, message: messages[reason] };
  const frames = [...unanswered].map(
    (id) => `event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', id, error })}\n\n`,
  );
  return frames.length === 0 ? `${retry}\n` : `${retry}${frames.join('')}`;
}
