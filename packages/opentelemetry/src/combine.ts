import type { EventListener, MCPAuthEvent } from '@mcp-auth/core';

/**
 * One listener that hands each event to several, in their order.
 *
 * Checks: nothing. What one of them throws or rejects with is ignored, as it is by MCP Auth, and the others hear of the event all the
 * same.
 *
 * @see {@link EventListener}
 * @example
 * ```ts
 * import { combine, telemetry } from '@mcp-auth/opentelemetry';
 *
 * export const onEvent = combine(telemetry(), (event) => {
 *   if (event.level === 'error') console.error(event);
 * });
 * ```
 */
export function combine(...listeners: readonly EventListener[]): EventListener {
  return (event) => {
    for (const listener of listeners) tell(listener, event);
  };
}

function tell(listener: EventListener, event: MCPAuthEvent): void {
  try {
    const result = listener(event);
    // Of any realm or library
    if (isThenable(result)) Promise.resolve(result).catch(ignore);
  } catch {
    // The next one has done nothing wrong
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

function ignore(): void {
  // As MCP Auth does with the rejection of a listener
}
