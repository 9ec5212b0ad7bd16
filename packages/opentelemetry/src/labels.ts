import type { DecisionEvent, DecisionOperation } from '@mcp-auth/core';
import type { Attributes } from '@opentelemetry/api';

/** Stands for everything that a client may have made up. As semantic conventions call what is outside of a known set. */
export const other = '_other';

/**
 * Which attribute holds the target of a method: https://github.com/open-telemetry/semantic-conventions-genai, docs/gen-ai/mcp.md. A
 * completion is about a prompt or a resource, and its event does not say which.
 */
const targetAttributes: ReadonlyMap<string, string> = new Map([
  ['tools/call', 'gen_ai.tool.name'],
  ['prompts/get', 'gen_ai.prompt.name'],
  ['resources/read', 'mcp.resource.uri'],
  ['resources/subscribe', 'mcp.resource.uri'],
  ['resources/unsubscribe', 'mcp.resource.uri'],
  ['subscriptions/listen', 'mcp.resource.uri'],
]);

/** An operation as it came: for spans alone. */
export function describeOperation({ method, target }: DecisionOperation): Attributes {
  const attribute = target === undefined ? undefined : targetAttributes.get(method);
  return {
    'mcp.method.name': method,
    ...(attribute === undefined ? undefined : { [attribute]: target }),
  };
}

/** An operation as a label may say it: what has a target is a method of MCP, all other names have to be known. */
export function labelOperation({ method, target, isNamed }: DecisionOperation): Attributes {
  if (target === undefined) return { 'mcp.method.name': isNamed === true ? method : other };
  const attribute = targetAttributes.get(method);
  return {
    'mcp.method.name': method,
    ...(attribute === undefined ? undefined : { [attribute]: isNamed === true ? target : other }),
  };
}

/** What was decided, in members that only the configuration and this library write. */
export function labelDecision(event: DecisionEvent): Attributes {
  return {
    'mcp_auth.outcome': event.outcome,
    'mcp_auth.route': event.route,
    ...(event.outcome === 'deny' ? { 'mcp_auth.code': event.code } : undefined),
  };
}
