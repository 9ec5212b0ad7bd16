import { bearerAuthHints } from '../config/bearer-auth-hints.js';
import { bearerAuthMembers, type AnyBearerAuthOptions } from '../config/bearer-auth-options.js';
import { checkOptions, object } from '../config/check-options.js';
import { kind } from '../config/kinds.js';
import { describePath } from '../errors/describe-value.js';
import type { EventSink } from '../events/event-sink.js';
import type { Answer } from '../http/answer.js';
import { splitTarget } from '../documents/document-endpoint.js';
import { toResponse } from '../web/to-response.js';

/** Where a protected handler is served. */
export interface PlaceOptions {
  /**
   * The path at which, and below which, requests for this handler arrive; elsewhere the answer is 404. Default: the path of the
   * resource identifier, because that is what clients are given.
   *
   * Set it where the two differ: behind a proxy that rewrites paths, or where one resource is served at several paths. `'/'`
   * stands for every path.
   */
  readonly path?: string | undefined;
}

const path = kind<string>(
  'a path, which begins with a slash and has no query',
  (value) => typeof value === 'string' && /^\/[^?#]*$/.test(value),
  { shown: true },
);

const protectOptions = object<AnyBearerAuthOptions & PlaceOptions>(
  { ...bearerAuthMembers, path },
  bearerAuthHints,
);

/**
 * The path, and the options of the gate.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, or for a wrong value
 */
export function splitPlace<Options extends object>(
  options: Options & PlaceOptions,
): { readonly path: string | undefined; readonly others: Options } {
  checkOptions(options, protectOptions, '');
  // By name: a copy would lose what an instance of a class says through getters
  const given = options as Readonly<Record<string, unknown>>;
  const others = Object.fromEntries(Object.keys(bearerAuthMembers).map((name) => [name, given[name]]));
  return { path: options.path, others: others as Options };
}

/** Tells requests for a handler from others, as a router would. */
export class Place {
  readonly #base: string;
  readonly #events: EventSink;

  constructor(resource: string, path: string | undefined, events: EventSink) {
    const url = path === undefined ? resource : `https://host${path}`;
    this.#base = withoutFinalSlashes(new URL(url).pathname);
    this.#events = events;
  }

  /** The answer for a request that is not for here, or nothing. */
  answerElsewhere({ url, headers }: Request): Response | undefined {
    const base = this.#base;
    const { path } = splitTarget(url);
    if (path === base || path.startsWith(`${base}/`)) return undefined;
    if (headers.has('authorization')) {
      this.#events.advise(
        `A request with credentials came to ${describePath(path, [base])} and was answered with 404: protect() serves ${base} and what is below. If that is where a proxy sends requests for the resource, write protect(handler, mode, { …, path: '/where/they/arrive' }).`,
        `elsewhere than ${base}`,
        1,
      );
    }
    return toResponse(notFound);
  }
}

function withoutFinalSlashes(path: string): string {
  let end = path.length;
  while (path.charAt(end - 1) === '/') end--;
  return path.slice(0, end);
}

const notFound: Answer = Object.freeze({
  status: 404,
  headers: [
    ['Content-Type', 'application/json'],
    ['Cache-Control', 'no-store'],
  ],
  body: JSON.stringify({ message: 'There is nothing at this path.' }),
} as const);
