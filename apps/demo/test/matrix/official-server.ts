import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthInfo, Handles } from '@mcp-auth/core';
import type { FetchHandler } from '@mcp-auth/core/fetch';

/** A request as a gate of the Node frameworks leaves it. */
export type NodeRequest = IncomingMessage & { auth?: unknown };

/** A server of an official SDK, in the two forms that adapters call, and what a test sees of it. */
export interface OfficialServer {
  readonly onNode: (request: NodeRequest, response: ServerResponse, body: unknown) => Promise<void>;
  readonly onWeb: FetchHandler['fetch'];
  readonly work: Work;
  close(): Promise<void> | void;
}

export type CreateServer = (handles: Handles, work: Work) => OfficialServer;

/** What the handlers of a server did, and whether they are to wait. */
export class Work {
  /** Callers of the messages that reached the SDK, in order. */
  readonly callers: (string | undefined)[] = [];
  /** Tasks that were looked up, and states that handlers took. */
  readonly taken: unknown[] = [];
  /** Handlers whose signal was aborted. */
  aborted = 0;
  #held: Promise<void> | undefined;
  #release: () => void = () => undefined;

  hold(): void {
    this.#held = new Promise((resolve) => (this.#release = resolve));
  }

  release(): void {
    this.#held = undefined;
    this.#release();
  }

  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  /** Where handlers are held: waits, after it has said something. */
  async pass(signal?: AbortSignal, say?: () => Promise<void>): Promise<void> {
    if (this.#held === undefined) return;
    signal?.addEventListener('abort', () => this.aborted++);
    await say?.();
    await this.#held;
  }
}

export const info = { name: 'matrix', version: '1.0.0' };

/** What handlers answer, so that a test reads whom they have seen. */
export const say = (what: string, caller: AuthInfo | undefined) =>
  `${what} for ${caller?.subject ?? 'nobody'}`;
