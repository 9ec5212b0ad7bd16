/**
 * The methods of each revision of MCP and of the official tasks extension, as their schemas have them. A copy: the revisions are
 * final, and a test compares it with the schemas of the official packages.
 */
export const methodsByRevision = {
  '2025-03-26': [
    'completion/complete',
    'initialize',
    'logging/setLevel',
    'ping',
    'prompts/get',
    'prompts/list',
    'resources/list',
    'resources/read',
    'resources/subscribe',
    'resources/templates/list',
    'resources/unsubscribe',
    'tools/call',
    'tools/list',
    'notifications/cancelled',
    'notifications/initialized',
    'notifications/progress',
    'notifications/roots/list_changed',
    'roots/list',
    'sampling/createMessage',
    'notifications/message',
    'notifications/prompts/list_changed',
    'notifications/resources/list_changed',
    'notifications/resources/updated',
    'notifications/tools/list_changed',
  ],
  /** In addition to 2025-03-26. */
  '2025-06-18': ['elicitation/create'],
  /** In addition to 2025-06-18. */
  '2025-11-25': [
    'notifications/elicitation/complete',
    'notifications/tasks/status',
    'tasks/cancel',
    'tasks/get',
    'tasks/list',
    'tasks/result',
  ],
  /** In addition to 2025-11-25; much of which it does not have any more. */
  '2026-07-28': ['server/discover', 'subscriptions/listen', 'notifications/subscriptions/acknowledged'],
  /** SEP-2663, in addition to 2025-11-25. */
  tasks: ['tasks/update', 'notifications/tasks'],
} as const;

/** A method of MCP. */
export type MethodName = (typeof methodsByRevision)[keyof typeof methodsByRevision][number];

/** What a method is to a resource server. Every member is there, so that nobody can forget to think of it. */
export interface MethodFacts {
  readonly kind: 'request' | 'notification';
  /** Who sends it. What only servers send, a server need not take from anybody. */
  readonly from: 'client' | 'server' | 'both';
  /** Which member of `params` names what it acts on, and so which group of rules decides. */
  readonly target: 'tool' | 'prompt' | 'resource' | 'reference' | 'subscriptions' | 'none';
  /**
   * What it carries of an earlier answer, which must have been given to the same caller: the identifier of a task (`taskId`), or the
   * state of a request that takes several rounds (`requestState`, MCP 2026-07-28).
   */
  readonly handle: 'task' | 'state' | 'none';
  /**
   * How long its answer may stay open: until somebody ends it, as long as the work takes, or no longer than to look something up.
   */
  readonly stream: 'open' | 'work' | 'none';
}

const plain = { kind: 'request', from: 'client', target: 'none', handle: 'none', stream: 'none' } as const;
const told = { ...plain, kind: 'notification' } as const;
const asked = { ...plain, from: 'server' } as const;
const announced = { ...told, from: 'server' } as const;
const onTask = { ...plain, from: 'both', handle: 'task' } as const;

/** A method that is in one list and not in the other does not compile. */
export const methodTable: Readonly<Record<MethodName, MethodFacts>> = {
  'completion/complete': { ...plain, target: 'reference', stream: 'work' },
  initialize: plain,
  'logging/setLevel': plain,
  ping: { ...plain, from: 'both' },
  'prompts/get': { ...plain, target: 'prompt', handle: 'state', stream: 'work' },
  'prompts/list': plain,
  'resources/list': plain,
  'resources/read': { ...plain, target: 'resource', handle: 'state', stream: 'work' },
  'resources/subscribe': { ...plain, target: 'resource' },
  'resources/templates/list': plain,
  'resources/unsubscribe': { ...plain, target: 'resource' },
  'server/discover': plain,
  'subscriptions/listen': { ...plain, target: 'subscriptions', stream: 'open' },
  'tasks/cancel': onTask,
  'tasks/get': onTask,
  'tasks/list': { ...plain, from: 'both' },
  // MCP 2025-11-25: answered when the task is done
  'tasks/result': { ...onTask, stream: 'work' },
  'tasks/update': { ...onTask, from: 'client' },
  'tools/call': { ...plain, target: 'tool', handle: 'state', stream: 'work' },
  'tools/list': plain,
  'notifications/cancelled': { ...told, from: 'both' },
  'notifications/initialized': told,
  'notifications/progress': { ...told, from: 'both' },
  'notifications/roots/list_changed': told,
  // From a client it is about a task of the client's own
  'notifications/tasks/status': { ...told, from: 'both', handle: 'task' },
  'elicitation/create': asked,
  'roots/list': asked,
  'sampling/createMessage': asked,
  'notifications/elicitation/complete': announced,
  'notifications/message': announced,
  'notifications/prompts/list_changed': announced,
  'notifications/resources/list_changed': announced,
  'notifications/resources/updated': announced,
  'notifications/subscriptions/acknowledged': announced,
  'notifications/tasks': { ...announced, handle: 'task' },
  'notifications/tools/list_changed': announced,
};

/** The group of rules that decides about a method, by its target. */
export type RuleGroup = 'tools' | 'prompts' | 'resources' | 'methods';

/** One row of the table, as tools read it. */
export interface ListedMethod extends MethodFacts {
  readonly name: string;
  /** The groups of rules that can decide about it. */
  readonly groups: readonly RuleGroup[];
}

const groups: Readonly<Record<MethodFacts['target'], readonly RuleGroup[]>> = {
  tool: ['tools'],
  prompt: ['prompts'],
  resource: ['resources'],
  reference: ['prompts', 'resources', 'methods'],
  subscriptions: ['resources', 'methods'],
  none: ['methods'],
};

/**
 * All methods of MCP 2025-03-26, 2025-06-18, 2025-11-25 and 2026-07-28 and of the official tasks extension: what each acts on, which
 * handle it carries, how long its answer stays open. Conformance cases and the documentation are made of it.
 *
 * @see MCP 2026-07-28, Schema Reference
 * @example
 * ```ts
 * import { describeMethods } from '@mcp-auth/core/adapter';
 *
 * const withHandle = describeMethods().filter(({ handle }) => handle !== 'none');
 * console.info(withHandle.map(({ name, groups }) => `${name}: ${groups.join(', ')}`));
 * ```
 */
export function describeMethods(): readonly ListedMethod[] {
  return Object.entries(methodTable).map(([name, facts]) => ({
    name,
    ...facts,
    groups: groups[facts.target],
  }));
}
