import { documentationUrl } from '../errors/documentation.js';
import { describeDenial, type DenialEvent } from './describe-decision.js';
import {
  type CacheEvent,
  type EventListener,
  type EventStamp,
  isEveryday,
  type LimitEvent,
  type MCPAuthEvent,
  type PolicyEvent,
} from './events.js';
import { printable } from './facts.js';
import { environment } from './process-environment.js';
import type { OutageEvent } from './server-events.js';
import { type LogOption, type LogSink, toLogSink } from './log-sink.js';

const minuteMs = 60_000;
/** Different lines at most: an application may fail in ever new ways, and clients can invent names. */
const maxRuleErrors = 1000;
const maxLimits = 100;
/** Each has another issuer, all of them configured. */
const maxCaches = 1000;

/** Denials of one code on one route that were not printed. */
interface Suppressed {
  count: number;
  last: string;
}

/**
 * Lines for an operator: errors and warnings as they come, denied requests at most once for each code and route in a minute. In
 * production denials are summed up, one line in a minute.
 */
export class EventLog {
  readonly listener: EventListener;
  readonly #sink: LogSink;
  readonly #all: boolean;
  readonly #isProduction: boolean;
  /** By code and route: both are written by nobody else, so there are few. */
  readonly #suppressed = new Map<string, Suppressed>();
  readonly #told = { policy: new Set<string>(), limit: new Set<string>(), cache: new Set<string>() };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(option: Exclude<LogOption, false>) {
    this.#sink = toLogSink(option);
    this.#all = option === 'all';
    this.#isProduction = environment('NODE_ENV') === 'production';
    this.listener = (event) => this.#print(event);
  }

  /** Prints the sum of what was not printed. From then on no timer runs, so nothing is summed up any more. */
  close(): void {
    this.#isClosed = true;
    this.#endMinute();
  }

  #endMinute(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const sums = [...this.#suppressed].filter(([, { count }]) => count > 0);
    this.#suppressed.clear();
    if (sums.length === 0) return;
    const parts = sums.map(([name, { count }]) => `${count} × ${name}`);
    const [, { last }] = sums.at(-1) ?? ['', { last: '' }];
    const which = this.#isProduction ? '' : ', more of the same';
    this.#sink.warn(`denied in the last minute${which}: ${parts.join(', ')}. The last: ${last}`);
  }

  #print(event: MCPAuthEvent): void {
    switch (event.type) {
      case 'warning': {
        this.#sink.warn(event.message, event);
        return;
      }
      case 'fault': {
        const { code, message } = event.error;
        this.#sink.error(`${event.issuer}: ${code}: ${message} → ${documentationUrl('errors', code)}`, event);
        return;
      }
      case 'outage':
        if (event.phase === 'end') this.#sink.warn(describeEnd(event), event);
        return;
      case 'keys':
        return;
      case 'policy': {
        this.#printOnce(describeRuleError(event.error), event, maxRuleErrors);
        return;
      }
      case 'limit': {
        const who = event.peer ?? `client "${printable(event.clientId ?? '')}" of ${event.issuer ?? ''}`;
        const fix = event.peer === undefined ? '' : ' If it is a proxy of yours, name it in limits.proxies.';
        this.#printOnce(
          `${who} has failed ${event.failures} times in ${event.windowSeconds} seconds and is told to wait.${fix}`,
          event,
          maxLimits,
        );
        return;
      }
      case 'cache': {
        this.#printOnce(describePressure(event), event, maxCaches);
        return;
      }
      // A failure is a fault as well
      case 'dependency':
        return;
      // Everyday; who revokes knows, and a withdrawn key is told with the keys
      case 'stream':
        return;
      case 'decision':
        if (event.outcome === 'allow' || (isEveryday(event.code) && !this.#all)) return;
        {
          this.#printDenial(event);
          return;
        }
    }
  }

  #printDenial(event: DenialEvent): void {
    const line = describeLine(event);
    const name = `${event.code} on ${event.route}`;
    const known = this.#suppressed.get(name);
    if (known !== undefined) {
      known.count++;
      known.last = line;
      return;
    }
    this.#suppressed.set(name, { count: this.#isProduction ? 1 : 0, last: line });
    if (!this.#isProduction) this.#sink.warn(line, event);
    this.#startMinute();
  }

  /** One for all codes: it ends on its own, and the process may end before. */
  #startMinute(): void {
    if (this.#timer !== undefined || this.#isClosed) return;
    this.#timer = setTimeout(() => this.#endMinute(), minuteMs);
    (this.#timer as { unref?: () => void }).unref?.();
  }

  /** What fails in the same way again and again is told once. */
  #printOnce(line: string, event: (CacheEvent | LimitEvent | PolicyEvent) & EventStamp, limit: number): void {
    const told = this.#told[event.type];
    if (told.has(line) || told.size >= limit) return;
    told.add(line);
    this.#sink.warn(line, event);
  }
}

function describeEnd({ issuer, purpose, durationMs = 0 }: OutageEvent): string {
  return `${issuer}: ${purpose} works again after ${Math.max(1, Math.round(durationMs / 1000))} s`;
}

/** Without numbers that grow: it is told once. */
function describePressure({ cache, issuer, maxEntries, maxBytes }: CacheEvent): string {
  const option = cache === 'tokens' ? 'cache' : 'introspection.keepAnswers';
  const whose = issuer === undefined ? '' : `${issuer}: `;
  return `${whose}more tokens are in use than ${option} may keep (maxEntries ${maxEntries}, maxBytes ${maxBytes}): some are verified anew when they come again. Raise the limit that is reached.`;
}

function describeLine(event: DenialEvent): string {
  const { status, httpMethod = 'verifyAccessToken', route, code } = event;
  const reason = describeDenial(event);
  return `${status} ${httpMethod} ${route} ${code}: ${reason} → ${documentationUrl('errors', code)}`;
}

/** With what the rule threw: its author's own words, in a form that cannot break the line. */
function describeRuleError({
  message,
  cause,
}: {
  readonly message: string;
  readonly cause?: unknown;
}): string {
  return cause instanceof Error ? `${message} (${printable(cause.message, 500)})` : message;
}
