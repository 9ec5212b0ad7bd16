import { redactForm, redactHeader, redactJson, redactUrl } from './redact.js';
import type { Exchange, Message, Refusal } from './trace.js';

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
  #refusals: Refusal[] = [];
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

  noteRefusal(refusal: Refusal): void {
    if (this.#watching) this.#refusals.push(refusal);
  }

  /** From now on everybody is alone. */
  leave(): void {
    this.#watching = false;
  }

  /** What was noted since the last call, in the order of sending. */
  async take(): Promise<{ exchanges: Exchange[]; refusals: Refusal[] }> {
    await Promise.all(this.#pending.splice(0));
    const exchanges = this.#exchanges.sort((a, b) => a.sent - b.sent);
    const refusals = this.#refusals;
    this.#exchanges = [];
    this.#refusals = [];
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
