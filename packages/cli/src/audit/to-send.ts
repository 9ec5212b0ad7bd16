import type { BlackBoxSend } from '@mcp-auth/conformance/black-box';
import type { Door } from '../net/door.js';

/** An event of a stream that may never end. */
const event = /^(?:event|data|id|retry|:)[^]*\n\r?\n/m;

/** The door, as an audit sends through it. */
export function toSend(door: Door): BlackBoxSend {
  return async ({ method, url, headers, body }) => {
    const answer = await door.send(url, {
      method,
      headers,
      ...(body !== undefined && { body }),
      isEnough: (text) => event.test(text),
    });
    return { status: answer.status, headers: answer.headerLines, body: answer.text };
  };
}
