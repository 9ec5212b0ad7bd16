/**
 * Whether a media type is that of Server-Sent Events, with whichever parameters.
 *
 * @see {@link https://html.spec.whatwg.org/multipage/server-sent-events.html | HTML, Server-sent events}
 * @example
 * ```ts
 * import { isEventStreamType } from '@mcp-auth/core/web';
 *
 * export const isStream = ({ headers }: Response) => isEventStreamType(headers.get('content-type'));
 * ```
 */
export function isEventStreamType(type: unknown): boolean {
  const value: unknown = Array.isArray(type) ? type[0] : type;
  return typeof value === 'string' && /^\s*text\/event-stream\s*(?:;|$)/i.test(value);
}

/** Whether a content coding keeps anybody from seeing where events end. */
export function isEncoded(coding: unknown): boolean {
  return typeof coding === 'string' && coding !== '' && coding.toLowerCase() !== 'identity';
}
