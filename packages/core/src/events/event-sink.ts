import type { EventListener, MCPAuthEvent } from './event.js';

/** Hands events to the configured listener; by default all but refusals go to `console.warn`. */
export class EventSink {
  readonly #listener: EventListener;
  readonly #warned = new Set<string>();
  readonly #advised = new Set<string>();

  constructor(listener: EventListener = createConsoleLog()) {
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
    this.#once(message, this.#warned, maxWarnings);
  }

  /** The same for what clients can cause: they must not be able to use up the warnings. */
  advise(message: string): void {
    this.#once(message, this.#advised, maxAdvice);
  }

  #once(message: string, said: Set<string>, limit: number): void {
    if (said.has(message) || said.size >= limit) return;
    said.add(message);
    this.emit({ type: 'warning', message });
  }
}

/** A provider whose document changes with every fetch must not fill the memory. */
const maxWarnings = 1000;
const maxAdvice = 100;

/** Lines for an operator. A rule that fails on every request is told once for each way in which it fails. */
function createConsoleLog(): EventListener {
  const told = new Set<string>();
  return (event) => {
    switch (event.type) {
      case 'warning':
        console.warn(`[mcp-auth] ${event.message}`);
        break;
      case 'fault':
        console.warn(`[mcp-auth] ${event.issuer}: ${event.error.code}: ${event.error.message}`);
        break;
      case 'policy': {
        const { cause } = event.error;
        const line =
          cause instanceof Error ? `${event.error.message} (${toLine(cause.message)})` : event.error.message;
        if (told.has(line) || told.size >= maxWarnings) break;
        told.add(line);
        console.warn(`[mcp-auth] ${line}`);
        break;
      }
      case 'refusal':
        break;
    }
  };
}

/** What somebody else wrote, in a form that cannot break a line. */
function toLine(text: string): string {
  return text.slice(0, 500).replaceAll(/[\p{Cc}\s]+/gu, ' ');
}
