import { createApp as createNotes } from '@mcp-auth/app-notes';
import type { Sample, SampleConfig } from '@mcp-auth/app-sample-kit';
import { createApp as createTodoManager } from '@mcp-auth/app-todo-manager';
import { createApp as createWhoami } from '@mcp-auth/app-whoami';
import { knownResourceServer } from './authorization-server/authorization-server.js';

interface Answer {
  readonly subject?: string;
  readonly owner?: string;
  readonly todo?: { readonly owner: string };
}

interface Tool {
  readonly name: string;
  readonly arguments: Record<string, unknown>;
}

/** A sample server and how to show that it knows its caller. */
export interface Role {
  readonly name: string;
  readonly framework: string;
  readonly createApp: (config: SampleConfig) => Sample | Promise<Sample>;
  /** The scopes that exist at this resource. */
  readonly scopes: readonly string[];
  readonly tool: Tool;
  /** A tool that needs scopes which no client asks for until it is told. */
  readonly adminTool: Tool & { readonly scopes: readonly string[]; readonly members: readonly string[] };
  /** Members of the tool's structured answer that are worth showing. */
  readonly members: readonly string[];
  /** Reads from that answer whom the server took the caller for. */
  readonly readCaller: (answer: Answer) => unknown;
}

const whoami: Role = {
  name: 'whoami',
  framework: 'Express',
  createApp: createWhoami,
  scopes: ['profile', 'visitors:read'],
  tool: { name: 'whoami', arguments: {} },
  adminTool: { name: 'list-visitors', arguments: {}, scopes: ['visitors:read'], members: ['visitors'] },
  members: ['subject', 'name', 'issuer', 'audience'],
  readCaller: ({ subject }) => subject,
};

/** The same server again, for tokens that only the authorization server can read. */
export const opaqueRole: Role = {
  ...whoami,
  name: 'opaque whoami',
  createApp: (config) =>
    createWhoami({
      ...config,
      introspection: {
        clientAuthentication: {
          method: 'client_secret_basic',
          clientId: knownResourceServer.id,
          clientSecret: knownResourceServer.secret,
        },
      },
    }),
};

export const cast: readonly [Role, ...Role[]] = [
  whoami,
  {
    name: 'notes',
    framework: 'Hono',
    createApp: createNotes,
    scopes: ['notes', 'notes:statistics'],
    tool: { name: 'add-note', arguments: { text: 'Water the plants' } },
    adminTool: {
      name: 'count-notes',
      arguments: {},
      scopes: ['notes:statistics'],
      members: ['notes', 'owners'],
    },
    members: ['owner', 'note'],
    readCaller: ({ owner }) => owner,
  },
  {
    name: 'todo-manager',
    framework: 'Fastify',
    createApp: createTodoManager,
    scopes: ['todo:read', 'todo:write', 'todo:admin'],
    tool: { name: 'add-todo', arguments: { title: 'Prepare the release' } },
    adminTool: {
      name: 'list-todos',
      arguments: { everybody: true },
      scopes: ['todo:admin'],
      members: ['caller', 'todos'],
    },
    members: ['todo'],
    readCaller: ({ todo }) => todo?.owner,
  },
];
