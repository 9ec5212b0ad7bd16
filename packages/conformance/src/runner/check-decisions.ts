import { isDeepStrictEqual } from 'node:util';
import type { MCPAuthEvent } from '@mcp-auth/core';
import type { Expectation } from '../expectation.js';
import { fillValue } from '../issuer/placeholders.js';
import type { Exchange } from './exchange.js';

type Told = Extract<MCPAuthEvent, { readonly type: 'decision' }>;

/** Compares whole events, so that one request is told alike on every adapter. */
export function checkDecisions(expected: Expectation['decisions'], exchange: Exchange): string[] {
  if (expected === undefined) return [];
  const { placeholders, nowSeconds } = exchange;
  // What is compared is what a log would keep
  const seen: unknown = JSON.parse(JSON.stringify(decisionsOf(exchange).map(withoutTime)));
  const wanted = fillValue(expected, placeholders, nowSeconds);
  return isDeepStrictEqual(seen, wanted)
    ? []
    : [`the decisions are ${JSON.stringify(seen)}, expected ${JSON.stringify(wanted)}`];
}

/** A request that a gate answered or let through is one decision, and says what became of it. */
export function checkOneDecision(exchange: Exchange): string[] {
  const { handlerRuns, response } = exchange;
  const decisions = decisionsOf(exchange);
  const last = decisions.at(-1);
  if (handlerRuns > 0) {
    if (decisions[0]?.outcome !== 'allow') return ['the handler ran, and no event tells that it might'];
    // A handler that asks for more scopes is a second decision
    return decisions.length > 2 ? [`${decisions.length} decisions about one request`] : [];
  }
  if (last === undefined) return isRefusal(exchange) ? ['a denied request that no event tells of'] : [];
  if (decisions.length > 1) return [`${decisions.length} decisions about one request`];
  return last.outcome === 'deny' && last.status !== response.status
    ? [`the event says status ${last.status}, the answer ${response.status}`]
    : [];
}

/** Whether it was a gate that answered: 401, 403 and 429 come from nobody else here. */
function isRefusal({ response, metadataUrl }: Exchange): boolean {
  return metadataUrl !== undefined && [401, 403, 429].includes(response.status);
}

function decisionsOf({ newEvents }: Exchange): Told[] {
  return newEvents.filter((event) => event.type === 'decision');
}

/** Durations differ; what helps metrics is compared by the tests of metrics. */
function withoutTime({ operations, ...event }: Told): object {
  const named = operations?.map(({ method, target }) => ({ method, target }));
  const left = { time: undefined, verification: undefined, rules: undefined, configuredIssuer: undefined };
  return { ...event, ...left, operations: named };
}
