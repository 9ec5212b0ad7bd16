import type { Door } from '../net/door.js';
import { DoorError, type Exchange } from '../net/exchange.js';
import type { Secrets } from '../secrets/secrets.js';
import { CutShort } from './trail.js';
import { readMessage } from './words/mcp-messages.js';

/** A request as a client sends it. */
export interface Question {
  readonly method: 'GET' | 'POST' | 'OPTIONS' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** An access token. It goes to the origin of the walk and nowhere else. */
  readonly token?: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly exchange: Exchange;
}

/** What the steps ask through. */
export interface Line {
  /** @throws {DoorError} */
  ask(question: Question): Promise<Answer>;
  /** Keeps a value out of everything that is written, and out of every request to another origin. */
  conceal(secret: string, ...origins: readonly string[]): void;
}

/** The line of one walk: tokens go to the origin of its target. */
export function createLine(door: Door, secrets: Secrets, target: URL): Line {
  return {
    async ask({ url, token, ...request }) {
      const send = token === undefined ? door.send : door.withToken(target.origin, token);
      const { status, headers, text, exchange } = await send(url, { ...request, isEnough }).catch(
        endWhenCutShort,
      );
      return { status, headers, text, exchange };
    },
    conceal: (secret, ...origins) => {
      secrets.add(secret, ...origins);
    },
  };
}

/** The server that is asked is not at fault for what a walk may send and wait. */
function endWhenCutShort(error: unknown): never {
  if (error instanceof DoorError && error.kind === 'out_of_time') throw new CutShort('time');
  if (error instanceof DoorError && error.kind === 'budget') throw new CutShort('requests');
  throw error;
}

/** A stream of events may stay open after the answer has come. */
function isEnough(text: string): boolean {
  return (
    /\n\r?\n$/.test(text) &&
    /^(?:event|data|id|retry)?:/.test(text) &&
    readMessage('text/event-stream', text).kind !== 'none'
  );
}

export { DoorError };
