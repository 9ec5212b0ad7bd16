import { describeDenial } from '@mcp-auth/core';
import { documentationUrl } from '@mcp-auth/core/adapter';
import { redactEvent, redactForm, redactHeader, redactJson, redactUrl } from './redact.js';
import type { Decision, DecisionEvent, Exchange, Message, Refusal } from './trace.js';

type Fetch = (input: string | URL, init?: RequestInit) => Promise<Response>;

const keptHeaders = [
  'accept',
  'access-control-allow-origin',
  'authorization',
  'cache-control',
  'content-type',
  'location',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'retry-after',
  'www-authenticate',
];

/** Looks over everybody's shoulder: each participant gets a `fetch` that notes what passes. */
export class Recorder {
  readonly #participants = new Map<string, string>();
  readonly #pending: Promise<void>[] = [];
  #exchanges: Exchange[] = [];
  #decisions: Decision[] = [];
  #messages = 0;
  #watching = true;

  /** Gives the server at an origin the name it has in the trace. */
  introduce(origin: string, name: string): void {
    this.#participants.set(origin, name);
  }

  /** A `fetch` whose exchanges are noted as sent by a participant. */
  fetchAs(from: string): Fetch {
    return async (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const sent = ++this.#messages;
      // A decision's event repeats it, and is known by it
      request.headers.set('x-request-id', requestIdOf(sent));
      const requestBody = request.body === null ? undefined : await request.clone().text();
      const response = await fetch(request);
      if (!this.#watching) return response;
      const answered = ++this.#messages;
      const exchange = {
        from,
        to: this.#participants.get(url.origin) ?? url.origin,
        sent,
        answered,
        request: {
          method: request.method,
          url: redactUrl(request.url),
          ...toMessage(request.headers, requestBody),
        },
      };
      this.#pending.push(this.#note(exchange, response.clone()));
      return response;
    };
  }

  /** What a resource server concluded. */
  noteDecision(server: string, event: DecisionEvent): void {
    if (this.#watching) this.#decisions.push(toDecision(server, redactEvent(event)));
  }

  /** From now on everybody is alone. */
  leave(): void {
    this.#watching = false;
  }

  /** What was noted since the last call, in the order of sending. */
  async take(): Promise<{ exchanges: Exchange[]; refusals: Refusal[] }> {
    await Promise.all(this.#pending.splice(0));
    const decisions = this.#decisions;
    const exchanges = this.#exchanges
      .sort((a, b) => a.sent - b.sent)
      .map((exchange) => {
        const decision = decisions.find(({ event }) => event.requestId === requestIdOf(exchange.sent));
        return { ...exchange, ...(decision && { decision }) };
      });
    const refusals = decisions.flatMap(({ server, event }) =>
      event.outcome === 'deny' ? [{ server, code: event.code }] : [],
    );
    this.#exchanges = [];
    this.#decisions = [];
    return { exchanges, refusals };
  }

  async #note(exchange: Omit<Exchange, 'response'>, response: Response): Promise<void> {
    // A stream to a GET request stays open for as long as the client listens
    const endless = exchange.request.method === 'GET' && isEventStream(response.headers);
    const body = endless ? undefined : await response.text();
    if (endless) await response.body?.cancel();
    this.#exchanges.push({
      ...exchange,
      response: { status: response.status, ...toMessage(response.headers, body) },
    });
  }
}

function requestIdOf(sent: number): string {
  return `message-${sent}`;
}

function toDecision(server: string, event: DecisionEvent): Decision {
  if (event.outcome === 'allow') return { server, event };
  const refusal = { sentence: describeDenial(event), link: documentationUrl('errors', event.code) };
  return { server, event, refusal };
}

function toMessage(headers: Headers, text: string | undefined): Message {
  const kept = keptHeaders.flatMap((name): [string, string][] => {
    const value = headers.get(name);
    return value === null ? [] : [[name, redactHeader(name, value)]];
  });
  const body = text === undefined || text === '' ? undefined : readBody(headers, text);
  return { headers: Object.fromEntries(kept), ...(body !== undefined && { body }) };
}

function readBody(headers: Headers, text: string): unknown {
  const type = headers.get('content-type') ?? '';
  if (type.includes('json')) return redactJson(parse(text));
  if (isEventStream(headers)) return redactJson(parse(/^data: (.+)$/m.exec(text)?.[1] ?? 'null'));
  if (type.startsWith('application/x-www-form-urlencoded')) return redactForm(text);
  // Pages are for people, and some repeat what their head says
  return undefined;
}

function isEventStream(headers: Headers): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
