import type { Params, Wire } from './messages.js';
import { newestWire, olderWire, type Answer } from './messages.js';
import type { CreateServer } from './official-server.js';
import { createServerV1 } from './server-v1.js';
import { createServerV2 } from './server-v2.js';

/** An official server, on one revision of MCP. */
export interface Subject {
  readonly createServer: CreateServer;
  readonly wire: Wire;
  /** Requests that it answers with "method not found", all others it serves. */
  readonly unserved: readonly string[];
  /** Whether clients can open a stream with a GET. */
  readonly hasGet: boolean;
  /** Params of a call that makes a task, and where its handle is. */
  readonly report: (isDone: boolean) => Params;
  readonly readHandle: (answer: Answer) => string;
}

const ofServers = ['elicitation/create', 'roots/list', 'sampling/createMessage'];

const version2 = {
  createServer: createServerV2,
  hasGet: false,
  report: (isDone: boolean) => ({ name: 'report', arguments: { isDone } }),
  readHandle: ({ message }: Answer) => (message?.result?.content as { text: string }[])[0]?.text ?? '',
};

export const subjects = {
  v1: {
    createServer: createServerV1,
    wire: olderWire,
    unserved: ['server/discover', 'subscriptions/listen', 'tasks/update', ...ofServers],
    hasGet: true,
    report: (isDone) => ({ name: 'report', arguments: { isDone }, task: { ttl: 60_000 } }),
    readHandle: ({ message }) => (message?.result?.task as { taskId: string }).taskId,
  },
  v2: {
    ...version2,
    wire: newestWire,
    unserved: [
      'initialize',
      'logging/setLevel',
      'ping',
      'resources/subscribe',
      'resources/unsubscribe',
      'tasks/list',
      'tasks/result',
      ...ofServers,
    ],
  },
  /** The same server, asked by clients of before. */
  v2Older: {
    ...version2,
    wire: olderWire,
    unserved: ['server/discover', 'subscriptions/listen', 'tasks/list', ...ofServers],
  },
} as const satisfies Readonly<Record<string, Subject>>;
