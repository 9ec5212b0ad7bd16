import type { BlackBoxSend } from '@mcp-auth/conformance/black-box';
import type { Door } from '../net/door.js';

/** So many characters of an answer show what it is: whoever answers with more is judged by these. */
const enoughCharacters = 256 * 1024;

/** An event of a stream that may never end, whole. Searched from its end: a pattern for all of it takes minutes on a hostile body. */
function hasEvent(text: string): boolean {
  const end = Math.max(text.lastIndexOf('\n\n'), text.lastIndexOf('\n\r\n'));
  return end !== -1 && /^(?:event|data|id|retry|:)/m.test(text.slice(0, end));
}

/** The door, as an audit sends through it. */
export function toSend(door: Door): BlackBoxSend {
  return async ({ method, url, headers, body }) => {
    const answer = await door.send(url, {
      method,
      headers,
      ...(body !== undefined && { body }),
      headIsEnough: true,
      isEnough: (text) => text.length > enoughCharacters || hasEvent(text),
    });
    return { status: answer.status, headers: answer.headerLines, body: answer.text };
  };
}
