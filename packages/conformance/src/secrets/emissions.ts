import { inspect } from 'node:util';
import { describeDenial, type EventLogger, type MCPAuthEvent } from '@mcp-auth/core';
import type { RawRequest } from '../http/send-request.js';
import { resourceServer, wrongSecret } from '../issuer/resource-server-client.js';
import { profiles } from '../profiles/profiles.js';
import type { Profile } from '../profiles/profile.js';
import { type Leak, SecretSearch } from './secret-search.js';

/** Headers that hold tokens. */
const tokenHeaders: ReadonlySet<string> = new Set([
  'authorization',
  ...Object.values<Profile>(profiles).flatMap(({ resources }) =>
    resources.flatMap(({ tokenHeader }) => tokenHeader?.toLowerCase() ?? []),
  ),
]);

/**
 * Everything that was sent as a secret, and everything that was emitted, during all runs of one subject: events as JSON and as Node shows
 * them, and lines of the log. In none of it may be sixteen bytes of any token that was sent, or the secret of a client.
 *
 * @see OAuth 2.1 §7.1; {@link ConformanceSubject}
 * @example
 * ```ts
 * import { cases, Emissions, runCase, type ConformanceSubject } from '@mcp-auth/conformance';
 *
 * export async function search(subject: ConformanceSubject) {
 *   const emissions = new Emissions();
 *   for (const each of cases) await runCase({ ...subject, emissions }, each);
 *   // What a test sends and hears by itself
 *   emissions.send({ headers: [['authorization', 'Bearer a-token-of-my-own']], target: '/mcp', body: undefined });
 *   emissions.hear({ version: 1, time: 0, level: 'warn', type: 'warning', message: 'look at this' });
 *   emissions.read('a line of a log of my own');
 *   return emissions.findLeaks();
 * }
 * ```
 */
export class Emissions {
  readonly #search = new SecretSearch();
  /** For the option `log`. */
  readonly logger: EventLogger;

  constructor() {
    const { id, secret } = resourceServer;
    const encode = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);
    for (const each of [secret, wrongSecret]) {
      const pair = Buffer.from(`${encode(id)}:${encode(each)}`).toString('base64');
      for (const form of [each, encode(each), pair]) this.#search.addSecret(form);
    }
    const hear = (_event: object, line: string) => this.read(line);
    this.logger = { warn: hear, error: hear };
  }

  /** Notes the credentials of a request. */
  send({ headers, target, body }: Pick<RawRequest, 'headers' | 'target' | 'body'>): void {
    for (const [name, value] of headers) {
      if (tokenHeaders.has(name.toLowerCase())) this.#addCredentials(value);
    }
    const texts = [target, typeof body === 'string' ? body : ''];
    // RFC 6750 §2.2, §2.3
    for (const [, token = ''] of texts.join('\n').matchAll(/access_token["']?[=:]\s*["']?([^"'&\s]+)/g)) {
      this.#addCredentials(token);
    }
  }

  /** Shorter words are schemes, and names of parameters. */
  #addCredentials(value: string): void {
    for (const word of value.split(/\s+/)) if (word.length >= 16) this.#search.addSecret(word);
  }

  /** Notes an event in every form in which it may be kept. */
  hear(event: MCPAuthEvent): void {
    const place = event.type === 'decision' && event.outcome === 'deny' ? event.code : event.type;
    this.#search.addText(`an event (${place}) as JSON`, JSON.stringify(event));
    this.#search.addText(`an event (${place}) as Node shows it`, inspect(event, everything));
    if (event.type === 'decision' && event.outcome === 'deny') {
      this.#search.addText(`the line about an event (${place})`, describeDenial(event));
    }
  }

  /** Notes a line of the log. */
  read(line: string): void {
    this.#search.addText('a line of the log', line);
  }

  /** Distinct secrets and distinct texts. */
  get counts(): { readonly secrets: number; readonly texts: number } {
    return this.#search.counts;
  }

  /** The places that hold a piece of a secret. */
  findLeaks(): readonly Leak[] {
    return this.#search.find();
  }
}

const everything = { depth: 12, maxArrayLength: null, maxStringLength: null, breakLength: Infinity } as const;
