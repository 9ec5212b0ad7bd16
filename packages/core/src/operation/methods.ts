import { type MethodFacts, methodTable } from './method-table.js';

/** Groups of rules whose names are targets: tools, resources and prompts. */
export type TargetGroup = 'tools' | 'resources' | 'prompts';

/** What a request acts on, and the group of rules that decides about it. */
export interface Target {
  readonly group: TargetGroup;
  /** Name of the tool or prompt, or URI of the resource. */
  readonly name: string;
}

/** One method of MCP as a server has to see it. */
export interface McpMethod extends MethodFacts {
  /** Whether clients send it; a server need not take the others from anybody. */
  readonly fromClient: boolean;
  /**
   * Reads what a request acts on; nothing where `params` do not say what they must. Absent for methods without a target.
   */
  readonly targets: ((params: unknown) => readonly Target[] | undefined) | undefined;
  /** Whether the method acts on its target alone, so that no rule for the method itself is ever asked. */
  readonly onlyTargets: boolean;
}

/** Most URIs that one request may name. */
export const maxTargets = 100;

type Targets = McpMethod['targets'];

const targetsOf: Readonly<Record<MethodFacts['target'], Targets>> = {
  tool: onTarget('tools', 'name'),
  prompt: onTarget('prompts', 'name'),
  resource: onTarget('resources', 'uri'),
  reference: readReference,
  subscriptions: readSubscriptions,
  none: undefined,
};

const actsOnTargetAlone: ReadonlySet<MethodFacts['target']> = new Set(['tool', 'prompt', 'resource']);

/** What is not in the table is unknown: a request for it passes only where the owner names it. */
const methods: ReadonlyMap<string, McpMethod> = new Map(
  Object.entries(methodTable).map(([name, facts]) => [
    name,
    {
      ...facts,
      fromClient: facts.from !== 'server',
      targets: targetsOf[facts.target],
      onlyTargets: actsOnTargetAlone.has(facts.target),
    },
  ]),
);

/** The method of this name; nothing for one that no revision of MCP has. */
export function findMethod(name: string): McpMethod | undefined {
  return methods.get(name);
}

/** All names, those of servers included. */
export function listMethods(): readonly string[] {
  return [...methods.keys()];
}

function onTarget(group: TargetGroup, member: 'name' | 'uri'): Targets {
  return (params) => {
    const name = readMember(params, member);
    return typeof name === 'string' ? [{ group, name }] : undefined;
  };
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
