import { escapeUnprintable } from '../errors/describe-value.js';
import { ignoreRejection } from '../errors/promises.js';
import { hideUrlSecrets } from '../errors/shown-text.js';
import { type EventListener, type Happening, levelOf, type MCPAuthEvent } from './events.js';
import { EventLog } from './event-log.js';
import type { LogOption } from './log-sink.js';
import { startTiming, type Timing } from './timing.js';

/** Who hears of events. */
export interface Listeners {
  readonly onEvent?: EventListener | undefined;
  /** Default: `true` where there is no `onEvent`. */
  readonly log?: LogOption | undefined;
}

/**
 * Hands events to the configured listener and to the log.
 *
 * @see {@link MCPAuthEvent}
 * @example
 * ```ts
 * import { EventSink } from '@mcp-auth/core/adapter';
 *
 * const events = new EventSink({ onEvent: (event) => console.info(event.type) });
 * events.warn('Told once, however often it is said.');
 * events.advise('The same, for what clients can cause.');
 * events.advise('The same, once about this topic.', 'topic', 1);
 * events.emit({ type: 'warning', message: 'Told each time.' });
 * const time = events.time();
 * if (time !== undefined) events.tell({ version: 1, time, level: 'warn', type: 'warning', message: 'The same.' });
 * console.info(events.hasTold(new Error('of an authorization server')));
 * // Nothing where nobody hears how long things take
 * const stop = events.startTiming();
 * console.info(stop?.().durationMs);
 * events.close();
 * ```
 */
export class EventSink {
  /** Whether anybody hears of allowed requests; where nobody does, their events need not be made. */
  readonly hearsOfAllowed: boolean;
  readonly #listeners: readonly EventListener[];
  readonly #log: EventLog | undefined;
  readonly #now: () => number;
  readonly #warned = new Set<string>();
  readonly #advised = new Map<string, Set<string>>();
  /** Errors of authorization servers that were told. */
  readonly #faults = new WeakSet<object>();
  #isClosed = false;

  /** @param now - milliseconds since the epoch */
  constructor({ onEvent, log = onEvent === undefined }: Listeners = {}, now: () => number = Date.now) {
    this.#now = now;
    this.#log = log === false ? undefined : new EventLog(log);
    const logged = this.#log?.listener;
    // The log first: what a listener makes of an event must not show in it
    this.#listeners = [logged, onEvent].filter((listener) => listener !== undefined);
    this.hearsOfAllowed = onEvent !== undefined;
  }

  /** Starts a clock where somebody hears how long things take. */
  startTiming(): (() => Timing) | undefined {
    return this.hearsOfAllowed ? startTiming() : undefined;
  }

  emit(happening: Happening): void {
    if (happening.type === 'fault') this.#faults.add(happening.error);
    // What is ended fails, which is nobody's fault
    if (this.#isClosed && isOfServer(happening)) return;
    const time = this.time();
    if (time !== undefined) this.tell({ version: 1, time, level: levelOf(happening), ...happening });
  }

  /** The time for an event; nothing where nobody hears of any. */
  time(): number | undefined {
    if (this.#listeners.length === 0) return undefined;
    try {
      return this.#now();
    } catch {
      // A clock that does not tell the time must not keep that from the owner too
      return Date.now();
    }
  }

  /** Hands on an event that is complete: to copy it takes longer than to make it. */
  tell(event: MCPAuthEvent): void {
    for (const listener of this.#listeners) tell(listener, event);
  }

  /** Says a warning once, however often its reason comes up. */
  warn(message: string): void {
    this.#once(message, this.#warned, maxWarnings);
  }

  /**
   * The same for what clients can cause: they must not be able to use up the warnings.
   *
   * @param topic - what it is about, where clients can cause sentences that differ: they must not use up the advice about all else
   * @param most - sentences about the topic
   */
  advise(message: string, topic = '', most = maxAdvice): void {
    const said = this.#advised.get(topic) ?? new Set();
    this.#advised.set(topic, said);
    this.#once(message, said, most);
  }

  /** Whether an error of an authorization server was told as it happened. */
  hasTold(error: object): boolean {
    return this.#faults.has(error);
  }

  /** Prints what waits to be summed up, and ends the timer for it. */
  close(): void {
    this.#isClosed = true;
    this.#log?.close();
  }

  #once(message: string, said: Set<string>, limit: number): void {
    if (said.has(message) || said.size >= limit) return;
    said.add(message);
    this.emit({ type: 'warning', message: escapeUnprintable(hideUrlSecrets(message)) });
  }
}

/** A provider whose document changes with every fetch must not fill the memory. */
const maxWarnings = 1000;
const maxAdvice = 100;

function isOfServer({ type }: Happening): boolean {
  return type === 'fault' || type === 'outage' || type === 'dependency' || type === 'store';
}

function tell(listener: EventListener, event: MCPAuthEvent): void {
  try {
    // An asynchronous listener is allowed by the type, and its rejection must not end the process
    ignoreRejection(listener(event));
  } catch {
    // A listener must not be able to change a decision.
  }
}
