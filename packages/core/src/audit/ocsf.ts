import type { DecisionCaller, DecisionEvent, DecisionOperation } from '../events/decision-event.js';
import type { EventStamp } from '../events/events.js';

/** A decision as listeners get it. */
export type AuditedDecision = DecisionEvent & EventStamp;

/** An event of the Open Cybersecurity Schema Framework, version 1.8.0. */
export type OcsfEvent = Readonly<Record<string, unknown>>;

/**
 * A decision as an event of OCSF 1.8.0: `api_activity` (6003) where a caller was judged by what it may do, `authentication` (3002) where
 * no token was accepted. What OCSF has no member for is under `unmapped`, by our own names.
 *
 * *Checks*: nobody is an actor or a user whose token was not verified. What such a token says is `unmapped.claimed`.
 *
 * *Does not check*: where the request came from, which events do not tell: `src_endpoint`, which OCSF demands, is `unknown`.
 *
 * @see {@link DecisionEvent}; https://schema.ocsf.io/1.8.0
 * @example
 * ```ts
 * import type { MCPAuthEvent } from '@mcp-auth/core';
 * import { toOcsf } from '@mcp-auth/core/audit';
 *
 * export const onEvent = (event: MCPAuthEvent) => {
 *   if (event.type === 'decision') console.info(JSON.stringify(toOcsf(event)));
 * };
 * ```
 */
export function toOcsf(decision: AuditedDecision): OcsfEvent {
  return decision.outcome === 'allow' || (decision.caller !== undefined && judged.has(decision.code))
    ? toApiActivity(decision)
    : toAuthentication(decision);
}

/** How many decisions are missing, in the same schema. */
export function describeDroppedAsOcsf(count: number): OcsfEvent {
  return {
    ...stamp(6, 6003, 99, { time: Date.now() }),
    activity_name: 'audit log',
    severity_id: 4,
    message: `${count} decisions are missing here`,
    count,
    status_id: 2,
    actor: { app_name: product.name },
    api: { operation: 'audit log' },
    src_endpoint: unknownEndpoint,
  };
}

/** Denials of what somebody asks for whose token was accepted. */
const judged: ReadonlySet<string> = new Set([
  'insufficient_scope',
  'refused_operation',
  'unknown_operation',
  'unreadable_body',
  'policy_denied',
  'policy_unavailable',
  'insufficient_user_authentication',
  'operation_failed',
]);

const product = { name: 'MCP Auth', vendor_name: 'MCP Auth' } as const;
const unknownEndpoint = { name: 'unknown' } as const;

function toApiActivity(decision: AuditedDecision): OcsfEvent {
  const { caller, operations = [], httpMethod, requestId, resource, route, outcome } = decision;
  const [first] = operations;
  const operation = first?.method ?? httpMethod ?? 'request';
  const isRead = operations.length > 0 && operations.every(({ method }) => reads.has(method));
  const resources = operations.flatMap(toResource);
  return {
    ...stamp(6, 6003, isRead ? 2 : 99, decision),
    ...(isRead ? undefined : { activity_name: operation }),
    ...describe(decision),
    actor: { ...toActor(caller), authorizations: [{ decision: outcome }] },
    api: {
      operation,
      service: { name: route, uid: resource },
      ...(requestId === undefined ? undefined : { request: { uid: requestId } }),
    },
    src_endpoint: unknownEndpoint,
    ...(resources.length === 0 ? undefined : { resources }),
    unmapped: toUnmapped(decision),
  };
}

function toAuthentication(decision: AuditedDecision): OcsfEvent {
  const { caller, resource, route } = decision;
  return {
    ...stamp(3, 3002, 99, decision),
    activity_name: 'access token',
    ...describe(decision),
    auth_protocol_id: 6,
    user: (caller && toUser(caller)) ?? { name: 'unknown', type_id: 0 },
    service: { name: route, uid: resource },
    ...(caller === undefined ? undefined : { session: toSession(caller) }),
    unmapped: toUnmapped(decision),
  };
}

/** What is required of all events. */
function stamp(
  category: number,
  eventClass: number,
  activity: number,
  { time, requestId }: { readonly time: number; readonly requestId?: string },
): OcsfEvent {
  return {
    time,
    category_uid: category,
    class_uid: eventClass,
    activity_id: activity,
    type_uid: eventClass * 100 + activity,
    metadata: {
      version: '1.8.0',
      profiles: ['security_control'],
      product,
      ...(requestId === undefined ? undefined : { correlation_uid: requestId }),
    },
  };
}

/** How it ended. */
function describe(decision: AuditedDecision): OcsfEvent {
  const { httpMethod = 'verifyAccessToken', route, level } = decision;
  const request = `${httpMethod} ${route}`;
  if (decision.outcome === 'allow') {
    return { severity_id: 1, message: `allowed ${request}`, status_id: 1, action_id: 1, disposition_id: 1 };
  }
  const { status, code } = decision;
  return {
    severity_id: level === 'info' ? 1 : 2,
    message: `denied ${request}: ${code}`,
    status_id: 2,
    status_code: code,
    http_response: { code: status },
    action_id: 2,
    // Error where nobody is at fault who called, else Unauthorized
    disposition_id: status >= 500 ? 27 : 26,
  };
}

function toActor(caller: DecisionCaller | undefined): OcsfEvent {
  if (caller === undefined) return { user: { name: 'anonymous', type_id: 0 } };
  const { issuer, clientId } = caller;
  const user = toUser(caller);
  return {
    ...(user === undefined ? undefined : { user }),
    ...(clientId === undefined ? undefined : { app_uid: clientId }),
    idp: { uid: issuer, issuer },
    session: toSession(caller),
  };
}

/** A client that calls for itself is a service. */
function toUser({ subject, clientId }: DecisionCaller): OcsfEvent | undefined {
  if (subject !== undefined) return { uid: subject, type_id: subject === clientId ? 4 : 1 };
  return clientId === undefined ? undefined : { uid: clientId, type_id: 4 };
}

function toSession({ issuer, expiresAt, tokenId }: DecisionCaller): OcsfEvent {
  return {
    issuer,
    expiration_time: Math.trunc(expiresAt * 1000),
    ...(tokenId === undefined ? undefined : { uid: tokenId }),
  };
}

/** Methods that change nothing. */
const reads: ReadonlySet<string> = new Set([
  'tools/list',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'prompts/list',
  'prompts/get',
]);

const types: Readonly<Record<string, string>> = {
  'tools/call': 'mcp_tool',
  'resources/read': 'mcp_resource',
  'prompts/get': 'mcp_prompt',
};

function toResource({ method, target }: DecisionOperation): OcsfEvent | readonly [] {
  return target === undefined ? [] : { type: types[method] ?? 'mcp_target', name: target };
}

/** Members that have a place in the schema. */
const mapped: ReadonlySet<string> = new Set([
  'version',
  'type',
  'time',
  'level',
  'resource',
  'caller',
  'requestId',
]);

/** All others, with `claimed` among them: what is not verified is nobody. */
function toUnmapped(decision: AuditedDecision): OcsfEvent {
  return Object.fromEntries(Object.entries(decision).filter(([name]) => !mapped.has(name)));
}
