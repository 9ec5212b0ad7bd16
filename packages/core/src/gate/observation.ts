import type { ObservedDenial, ObservedPart } from '../events/decision-event.js';
import type { EventSink } from '../events/event-sink.js';
import { Deadline } from '../token/deadline.js';

/** The days until which each part is observed. */
export type ObservedUntil = Readonly<Partial<Record<ObservedPart, string | undefined>>>;

/** What an observation needs of its surroundings. */
export interface ObservationSettings {
  readonly resource: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly events: EventSink;
}

/** Clients that are counted each under its name: others can make up as many as they like. */
const maxClients = 1000;
/** Of what a token says in a key. */
const maxTextLength = 500;

interface Client {
  readonly issuer: string;
  readonly clientId?: string | undefined;
}

/** What one route tells and does not enforce yet, with how often each client would have been denied. */
export class Observation {
  readonly #deadlines: ReadonlyMap<ObservedPart, Deadline>;
  readonly #counts = new Map<string, number>();
  #others = 0;

  constructor(until: ObservedUntil, settings: ObservationSettings) {
    this.#deadlines = new Map(
      (['scopes', 'operations'] as const).flatMap((part) => {
        const day = until[part];
        return day === undefined ? [] : [[part, createDeadline(part, day, settings)] as const];
      }),
    );
    // Told at the start, not by the first request
    for (const [part, deadline] of this.#deadlines) {
      if (!deadline.hasEnded()) settings.events.warn(describeStart(settings.resource, part, deadline.day));
    }
  }

  /** Whether what is missing of a part is told and not enforced. */
  covers(part: ObservedPart): boolean {
    return this.#deadlines.get(part)?.hasEnded() === false;
  }

  /**
   * Counts a request that passes because of this.
   *
   * @param parts - what is missing, all of it covered
   */
  note(client: Client, parts: readonly ObservedPart[]): ObservedDenial {
    const days = parts.flatMap((part) => this.#deadlines.get(part)?.day ?? []);
    const until = days.sort()[0] ?? '';
    return { code: 'insufficient_scope', parts, until, ...this.#count(client) };
  }

  #count({ issuer, clientId = '' }: Client): Pick<ObservedDenial, 'count' | 'countedAs'> {
    const key = JSON.stringify([issuer, clientId.slice(0, maxTextLength)]);
    const before = this.#counts.get(key);
    if (before === undefined && this.#counts.size >= maxClients) {
      this.#others += 1;
      return { count: this.#others, countedAs: 'others' };
    }
    const count = (before ?? 0) + 1;
    this.#counts.set(key, count);
    return { count, countedAs: 'client' };
  }
}

function createDeadline(part: ObservedPart, day: string, settings: ObservationSettings): Deadline {
  const { resource, now, events } = settings;
  return new Deadline(day, now, () =>
    events.warn(
      `observe.${part}: ${day} is over, so what ${resource} demands is enforced. Remove the option.`,
    ),
  );
}

function describeStart(resource: string, part: ObservedPart, day: string): string {
  const what = part === 'scopes' ? 'requiredScopes' : 'the rules of operations';
  return `observe.${part}: until the end of ${day} (UTC), ${resource} lets tokens pass without the scopes that ${what} demand, and tells of each.`;
}
