import { MCPAuthConfigError } from '../errors/config-error.js';
import type { EventSink } from '../events/event-sink.js';

/** Tells the owner, once, of an error of the server while a token was verified: not every framework prints one. */
export function warnOfFailure(events: EventSink, resource: string, error: unknown): void {
  // What it says may hold the token
  const what =
    error instanceof MCPAuthConfigError
      ? error.message
      : `Verification of a token threw ${describeThrown(error)}.`;
  events.warn(`${resource}: ${what} The error handler of the framework answers.`);
}

/** By its class and its code; a message may repeat what was thrown about. */
function describeThrown(error: unknown): string {
  try {
    if (!(error instanceof Error)) return 'something other than an Error';
    const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
    const shown = typeof name === 'string' && /^[A-Za-z]{1,40}$/.test(name) ? name : 'an Error';
    return typeof code === 'string' && /^[A-Z][A-Z_]{2,40}$/.test(code) ? `${shown} (${code})` : shown;
  } catch {
    return 'an Error that cannot be looked at';
  }
}
