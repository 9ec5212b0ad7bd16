import { documentationUrl } from '../errors/documentation.js';
import type { AllowedDecision } from './decision-event.js';
import { describeDenial, type DenialEvent, describeObserved } from './describe-decision.js';
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
import { MinuteLines } from './minute-lines.js';
import { environment } from './process-environment.js';
import type { FaultEvent, OutageEvent } from './server-events.js';
import { describeStore } from './describe-store.js';
import type { StoreEvent } from './store-event.js';
import { type LogOption, type LogSink, toLogSettings, toLogSink } from './log-sink.js';

const minuteMs = 60_000;
/** An application may fail in ever new ways, and clients can invent names and addresses. */
const maxReports = 3;

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
  /** By code and route. */
  readonly #denials: MinuteLines;
  /** By code and issuer. */
  readonly #faults = new MinuteLines(1);
  /** By rule, and by who is told to wait. */
  readonly #reports = new MinuteLines(maxReports);
  /** Full caches that were told, once each: all their members are configured. */
  readonly #caches = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(option: Exclude<LogOption, false>) {
    const settings = toLogSettings(option);
    this.#sink = toLogSink(settings);
    this.#all = settings.all === true;
    this.#subject = settings.subject === true;
    this.#isProduction = environment('NODE_ENV') === 'production';
    this.#denials = new MinuteLines(this.#isProduction ? 0 : 1);
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
    const faults = this.#faults.sum();
    if (faults !== undefined) this.#sink.error(`failed in the last minute, more of the same: ${faults}`);
    const which = this.#isProduction ? '' : ', more of the same';
    const denials = this.#denials.sum();
    if (denials !== undefined) this.#sink.warn(`denied in the last minute${which}: ${denials}`);
    const reports = this.#reports.sum();
    if (reports !== undefined) this.#sink.warn(`in the last minute, more of the same: ${reports}`);
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
        this.#printReport(nameRule(event.error), describeRuleError(event.error), event);
        return;
      }
      case 'limit': {
        const { peer, clientId = '', issuer = '', failures, windowSeconds } = event;
        const who = peer ?? `client "${printable(clientId)}" of ${issuer}`;
        const fix = peer === undefined ? '' : ' If it is a proxy of yours, name it in limits.proxies.';
        const name = peer === undefined ? `clients of ${issuer} told to wait` : 'peers told to wait';
        const line = `${who} has failed ${failures} times in ${windowSeconds} seconds and is told to wait.${fix}`;
        this.#printReport(name, line, event);
        return;
      }
      case 'cache': {
        const line = describePressure(event);
        if (this.#caches.has(line)) return;
        this.#caches.add(line);
        this.#sink.warn(line, event);
        return;
      }
      case 'store': {
        this.#printStore(event);
        return;
      }
      // A failure is a fault as well
      case 'dependency':
        return;
      // Everyday; who revokes knows, and a withdrawn key is told with the keys
      case 'stream':
        return;
      case 'decision':
        if (event.outcome === 'allow') this.#printObserved(event);
        else if (!isEveryday(event.code) || this.#all) this.#printDenial(event);
        return;
    }
  }

  #printDenial(event: DenialEvent): void {
    const line = describeLine(event, this.#subject);
    if (this.#denials.admit(`${event.code} on ${event.route}`, line)) this.#sink.warn(line, event);
    this.#startMinute();
  }

  /** As a denial is, for that is what it will be. */
  #printObserved(event: AllowedDecision & EventStamp): void {
    if (event.observed === undefined) return;
    const line = describeObserved(event, event.observed);
    if (this.#denials.admit(`observed ${event.observed.code} on ${event.route}`, line))
      this.#sink.warn(line, event);
    this.#startMinute();
  }

  /** Told immediately in production too: somebody has to act. */
  #printFault(event: FaultEvent & EventStamp): void {
    const { code, message } = event.error;
    const fix = event.hint === undefined ? '' : `. ${event.hint}`;
    const line = `${event.issuer}: ${code}: ${message}${fix} → ${documentationUrl('errors', code)}`;
    this.#startMinute();
    if (this.#faults.admit(`${code} of ${event.issuer}`, line)) this.#sink.error(line, event);
  }

  #printStore(event: StoreEvent & EventStamp): void {
    const line = describeStore(event);
    this.#startMinute();
    if (event.phase === 'end') this.#sink.warn(line, event);
    else if (this.#faults.admit(`stores.${event.store}`, line)) this.#sink.error(line, event);
  }

  /** One for all codes: it ends on its own, and the process may end before. */
  #startMinute(): void {
    if (this.#timer !== undefined || this.#isClosed) return;
    this.#timer = setTimeout(() => this.#endMinute(), minuteMs);
    (this.#timer as { unref?: () => void }).unref?.();
  }

  #printReport(name: string, line: string, event: (LimitEvent | PolicyEvent) & EventStamp): void {
    if (this.#reports.admit(name, line)) this.#sink[event.type === 'policy' ? 'error' : 'warn'](line, event);
    this.#startMinute();
  }
}

function describeEnd({ issuer, purpose, durationMs = 0 }: OutageEvent): string {
  return `${issuer}: ${purpose} works again after ${Math.max(1, Math.round(durationMs / 1000))} s`;
}

const cacheOptions: Readonly<Record<CacheEvent['cache'], string>> = {
  tokens: 'cache',
  introspection: 'introspection.keepAnswers',
  keys: 'verifiers.keepVerdicts',
};

/** Without numbers that grow: it is told once. */
function describePressure({ cache, issuer, maxEntries, maxBytes }: CacheEvent): string {
  const option = cacheOptions[cache];
  const whose = issuer === undefined ? '' : `${issuer}: `;
  return `${whose}more tokens are in use than ${option} may keep (maxEntries ${maxEntries}, maxBytes ${maxBytes}): some are verified anew when they come again. Raise the limit that is reached.`;
}

function describeLine(event: DenialEvent, subject: boolean): string {
  const { status, httpMethod = 'verifyAccessToken', route, code } = event;
  const reason = describeDenial(event, { subject });
  return `${status} ${httpMethod} ${route} ${code}: ${reason} → ${documentationUrl('errors', code)}`;
}

/** By its path: what clients write is left out. */
function nameRule({ details }: PolicyEvent['error']): string {
  const path = details?.['path'];
  return typeof path === 'string' ? `errors of ${path}` : 'errors of rules';
}

/** With what the rule threw: its author's own words, in a form that cannot break the line. */
function describeRuleError({ code, message, cause }: PolicyEvent['error']): string {
  const thrown = cause instanceof Error ? ` (${printable(cause.message, 500)})` : '';
  return `${code}: ${message}${thrown} → ${documentationUrl('errors', code)}`;
}
