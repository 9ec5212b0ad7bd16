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
import { Repeats } from './repeats.js';
import type { FaultEvent, OutageEvent } from './server-events.js';
import { type LogOption, type LogSink, toLogSettings, toLogSink } from './log-sink.js';

const minuteMs = 60_000;
/** Different lines at most: an application may fail in ever new ways, and clients can invent names. */
const maxRuleErrors = 1000;
const maxLimits = 100;
/** Each has another issuer, all of them configured. */
const maxCaches = 1000;

/**
 * Lines for an operator: warnings as they come, errors of an authorization server at most once for each code, denied requests at most
 * once for each code and route in a minute. In production denials are summed up, one line in a minute.
 */
export class EventLog {
  readonly listener: EventListener;
  readonly #sink: LogSink;
  readonly #all: boolean;
  readonly #subject: boolean;
  readonly #isProduction: boolean;
  /** By code and route, by code and issuer: all are written by nobody else, so there are few. */
  readonly #denied = new Repeats();
  readonly #failed = new Repeats();
  readonly #told = { policy: new Set<string>(), limit: new Set<string>(), cache: new Set<string>() };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(option: Exclude<LogOption, false>) {
    const settings = toLogSettings(option);
    this.#sink = toLogSink(settings);
    this.#all = settings.all === true;
    this.#subject = settings.subject === true;
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
    const failed = this.#failed.takeSum();
    if (failed !== undefined) this.#sink.error(`failed in the last minute, more of the same: ${failed}`);
    const denied = this.#denied.takeSum();
    const which = this.#isProduction ? '' : ', more of the same';
    if (denied !== undefined) this.#sink.warn(`denied in the last minute${which}: ${denied}`);
  }

  #print(event: MCPAuthEvent): void {
    switch (event.type) {
      case 'warning': {
        this.#sink.warn(event.message, event);
        return;
      }
      case 'fault': {
        this.#printFault(event);
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
      case 'decision':
        if (event.outcome === 'allow' || (isEveryday(event.code) && !this.#all)) return;
        {
          this.#printDenial(event);
          return;
        }
    }
  }

  #printDenial(event: DenialEvent): void {
    const line = describeLine(event, this.#subject);
    const name = `${event.code} on ${event.route}`;
    this.#startMinute();
    if (this.#isProduction) this.#denied.add(name, line);
    else if (this.#denied.isFirst(name, line)) this.#sink.warn(line, event);
  }

  /** Told immediately in production too: somebody has to act. */
  #printFault(event: FaultEvent & EventStamp): void {
    const { code, message } = event.error;
    const fix = event.hint === undefined ? '' : `. ${event.hint}`;
    const line = `${event.issuer}: ${code}: ${message}${fix} → ${documentationUrl('errors', code)}`;
    this.#startMinute();
    if (this.#failed.isFirst(`${code} of ${event.issuer}`, line)) this.#sink.error(line, event);
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
    this.#sink[event.type === 'policy' ? 'error' : 'warn'](line, event);
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

function describeLine(event: DenialEvent, subject: boolean): string {
  const { status, httpMethod = 'verifyAccessToken', route, code } = event;
  const reason = describeDenial(event, { subject });
  return `${status} ${httpMethod} ${route} ${code}: ${reason} → ${documentationUrl('errors', code)}`;
}

/** With what the rule threw: its author's own words, in a form that cannot break the line. */
function describeRuleError({ code, message, cause }: PolicyEvent['error']): string {
  const thrown = cause instanceof Error ? ` (${printable(cause.message, 500)})` : '';
  return `${code}: ${message}${thrown} → ${documentationUrl('errors', code)}`;
}
