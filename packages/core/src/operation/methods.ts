/** Groups of rules whose names are targets: tools, resources and prompts. */
export type TargetGroup = 'tools' | 'resources' | 'prompts';

/** What a request acts on, and the group of rules that decides about it. */
export interface Target {
  readonly group: TargetGroup;
  /** Name of the tool or prompt, or URI of the resource. */
  readonly name: string;
}

/** One method of MCP as a server has to see it. */
export interface McpMethod {
  readonly kind: 'request' | 'notification';
  /** Whether clients send it; a server need not take the others from anybody. */
  readonly fromClient: boolean;
  /**
   * Reads what a request acts on; nothing where `params` do not say what they must. Absent for methods without a target.
   */
  readonly targets?: ((params: unknown) => readonly Target[] | undefined) | undefined;
  /** Whether the method acts on its target alone, so that no rule for the method itself is ever asked. */
  readonly onlyTargets?: boolean | undefined;
}

/** Most URIs that one request may name. */
export const maxTargets = 100;

const request: McpMethod = { kind: 'request', fromClient: true };
const notification: McpMethod = { kind: 'notification', fromClient: true };
const serverRequest: McpMethod = { kind: 'request', fromClient: false };
const serverNotification: McpMethod = { kind: 'notification', fromClient: false };

/**
 * All methods of MCP 2025-03-26, 2025-06-18, 2025-11-25 and 2026-07-28 and of the official tasks extension. What is not
 * here is unknown: a request for it passes only where the owner names it.
 */
const methods: ReadonlyMap<string, McpMethod> = new Map([
  ['completion/complete', { ...request, targets: readReference }],
  ['initialize', request],
  ['logging/setLevel', request],
  ['ping', request],
  ['prompts/get', onTarget('prompts', 'name')],
  ['prompts/list', request],
  ['resources/list', request],
  ['resources/read', onTarget('resources', 'uri')],
  ['resources/subscribe', onTarget('resources', 'uri')],
  ['resources/templates/list', request],
  ['resources/unsubscribe', onTarget('resources', 'uri')],
  ['server/discover', request],
  ['subscriptions/listen', { ...request, targets: readSubscriptions }],
  ['tasks/cancel', request],
  ['tasks/get', request],
  ['tasks/list', request],
  ['tasks/result', request],
  ['tasks/update', request],
  ['tools/call', onTarget('tools', 'name')],
  ['tools/list', request],
  ['notifications/cancelled', notification],
  ['notifications/initialized', notification],
  ['notifications/progress', notification],
  ['notifications/roots/list_changed', notification],
  ['notifications/tasks/status', notification],
  ['elicitation/create', serverRequest],
  ['roots/list', serverRequest],
  ['sampling/createMessage', serverRequest],
  ['notifications/elicitation/complete', serverNotification],
  ['notifications/message', serverNotification],
  ['notifications/prompts/list_changed', serverNotification],
  ['notifications/resources/list_changed', serverNotification],
  ['notifications/resources/updated', serverNotification],
  ['notifications/subscriptions/acknowledged', serverNotification],
  ['notifications/tasks', serverNotification],
  ['notifications/tools/list_changed', serverNotification],
]);

/** The method of this name; nothing for one that no revision of MCP has. */
export function findMethod(name: string): McpMethod | undefined {
  return methods.get(name);
}

/** All names, those of servers included. */
export function listMethods(): readonly string[] {
  return [...methods.keys()];
}

function onTarget(group: TargetGroup, member: 'name' | 'uri'): McpMethod {
  const targets = (params: unknown) => {
    const name = readMember(params, member);
    return typeof name === 'string' ? [{ group, name }] : undefined;
  };
  return { ...request, targets, onlyTargets: true };
}

/** `completion/complete`: the prompt, or the resource or resource template, whose arguments are completed. */
function readReference(params: unknown): readonly Target[] | undefined {
  const ref = readMember(params, 'ref');
  const group = references.get(readMember(ref, 'type'));
  const name = readMember(ref, group === 'resources' ? 'uri' : 'name');
  return group !== undefined && typeof name === 'string' ? [{ group, name }] : undefined;
}

const references: ReadonlyMap<unknown, TargetGroup> = new Map([
  ['ref/prompt', 'prompts'],
  ['ref/resource', 'resources'],
]);

/** `subscriptions/listen` (MCP 2026-07-28): each resource whose updates are asked for. */
function readSubscriptions(params: unknown): readonly Target[] | undefined {
  const uris = readMember(readMember(params, 'notifications'), 'resourceSubscriptions') ?? [];
  const isList = Array.isArray(uris) && uris.length <= maxTargets;
  if (!isList || !uris.every((uri): uri is string => typeof uri === 'string')) return undefined;
  return uris.map((name) => ({ group: 'resources', name }));
}

function readMember(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
