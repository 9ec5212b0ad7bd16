import type { EventListener, MCPAuthEvent } from './event.js';

/** Hands events to the configured listener; by default warnings and faults go to `console.warn`, refusals nowhere. */
export class EventSink {
  readonly #listener: EventListener;
  readonly #warned = new Set<string>();

  constructor(listener: EventListener = logToConsole) {
    this.#listener = listener;
  }

  emit(event: MCPAuthEvent): void {
    try {
      // An asynchronous listener is allowed by the type, and its rejection must not end the process
      const result = this.#listener(event);
      if (result instanceof Promise) result.catch(() => undefined);
    } catch {
      // A listener must not be able to change a decision.
    }
  }

  /** Says a warning once, however often its reason comes up. */
  warn(message: string): void {
    if (this.#warned.has(message) || this.#warned.size >= maxWarnings) return;
    this.#warned.add(message);
    this.emit({ type: 'warning', message });
  }
}

/** A provider whose document changes with every fetch must not fill the memory. */
const maxWarnings = 1000;

function logToConsole(event: MCPAuthEvent): void {
  switch (event.type) {
    case 'warning':
      console.warn(`[mcp-auth] ${event.message}`);
      break;
    case 'fault':
      console.warn(`[mcp-auth] ${event.issuer}: ${event.error.code}: ${event.error.message}`);
      break;
    case 'refusal':
      break;
  }
}
