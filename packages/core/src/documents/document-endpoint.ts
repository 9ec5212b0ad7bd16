import type { Answer, HeaderList } from '../http/answer.js';
import type { RequestHead } from '../http/request-head.js';

/** Public documents: any origin may read them (RFC 9728 §3, RFC 9110 on caching; browsers need the preflight). */
const cors: HeaderList = [['Access-Control-Allow-Origin', '*']];

/** The answer that holds a document. */
export function answerDocument(document: string): Answer {
  const headers: HeaderList = [
    ...cors,
    ['Content-Type', 'application/json'],
    ['Cache-Control', 'public, max-age=3600'],
    ['X-Content-Type-Options', 'nosniff'],
  ];
  return { status: 200, headers, body: document };
}

/** RFC 9110 §15.6.4: the document comes from a server that cannot be reached. */
export function answerUnavailable(retryAfterSeconds: number): Answer {
  const headers: HeaderList = [
    ...cors,
    ['Content-Type', 'application/json'],
    ['Cache-Control', 'no-store'],
    ['Retry-After', String(retryAfterSeconds)],
    ['Access-Control-Expose-Headers', 'Retry-After'],
  ];
  const body = {
    error: 'temporarily_unavailable',
    error_description: 'The authorization server cannot be reached. Try again later.',
  };
  return { status: 503, headers, body: JSON.stringify(body) };
}

const preflight: Answer = {
  status: 204,
  headers: [
    ...cors,
    ['Access-Control-Allow-Methods', 'GET, HEAD, OPTIONS'],
    ['Access-Control-Allow-Headers', '*, Authorization, MCP-Protocol-Version'],
    ['Access-Control-Max-Age', '86400'],
  ],
  body: undefined,
};

const methodNotAllowed: Answer = {
  status: 405,
  headers: [...cors, ['Allow', 'GET, HEAD, OPTIONS'], ['Content-Type', 'application/json']],
  body: JSON.stringify({ message: 'The document is read with GET.' }),
};

/** RFC 8615 §3 */
const wellKnown = '/.well-known/';

/** A public document at a fixed path. */
export interface PublishedDocument {
  /** Path and query say where it is; the host selects among documents that share them, and is never written anywhere. */
  readonly url: URL;
  /** Immediately when the document is there already. Rejects only for an error of this process. */
  read(): Answer | Promise<Answer>;
}

/**
 * Answers requests for documents, and leaves all others alone.
 *
 * @see RFC 8414 §3.2
 * @example
 * ```ts
 * import { runEndpoint, type AdapterBinding, type DocumentEndpoint } from '@mcp-auth/core/adapter';
 *
 * // What mirror of a LegacyServer is; runEndpoint calls endpoint.answer(head)
 * export const mirror = <Exchange>(
 *   endpoint: DocumentEndpoint,
 *   binding: AdapterBinding<Exchange, void>,
 *   exchange: Exchange,
 * ) => runEndpoint(endpoint, binding, exchange, () => undefined);
 * ```
 */
export class DocumentEndpoint {
  /** The paths of the documents, each once. */
  readonly paths: readonly string[];
  readonly #documents = new Map<string, PublishedDocument[]>();
  /** What the path of every document has in it: most have the same. */
  readonly #marks: readonly string[];

  constructor(documents: readonly PublishedDocument[]) {
    for (const document of documents) {
      const path = document.url.pathname;
      this.#documents.set(path, [...(this.#documents.get(path) ?? []), document]);
    }
    this.paths = [...this.#documents.keys()];
    this.#marks = [...new Set(this.paths.map((path) => (path.startsWith(wellKnown) ? wellKnown : path)))];
  }

  /**
   * The answer for a request, or nothing when it is not for one of the documents.
   *
   * The host selects among documents that share a path. Where only one has the path, any host will do: a proxy may have
   * changed it.
   */
  answer(head: RequestHead): Answer | Promise<Answer> | undefined {
    const { target } = head;
    // Nearly every request of an application is for something else, and pays for this look alone
    if (!this.#marks.some((mark) => target.includes(mark))) return undefined;
    const { path, search } = splitTarget(target);
    const documents = this.#documents.get(path);
    const document = documents && select(documents, search, head.host);
    if (document === undefined) return undefined;
    switch (head.method) {
      case 'GET':
        return document.read();
      case 'HEAD':
        return withoutContent(document.read());
      case 'OPTIONS':
        return preflight;
      default:
        return methodNotAllowed;
    }
  }
}

function withoutContent(answer: Answer | Promise<Answer>): Answer | Promise<Answer> {
  return answer instanceof Promise
    ? answer.then((settled) => ({ ...settled, body: undefined }))
    : { ...answer, body: undefined };
}

function select(
  documents: readonly PublishedDocument[],
  search: string,
  host: string | undefined,
): PublishedDocument | undefined {
  const matching = documents.filter(({ url }) => url.search === '' || url.search === search);
  if (matching.length < 2) return matching[0];
  const exact = matching.filter(({ url }) => url.search === search);
  const candidates = exact.length > 0 ? exact : matching;
  const sole = candidates.length === 1 ? candidates[0] : undefined;
  return sole ?? candidates.find(({ url }) => isHost(url, host));
}

/** RFC 9110 §4.2.3: the default port of a scheme may be written or not. */
export function isHost({ protocol, host }: URL, given: string | undefined): boolean {
  const defaultPort = protocol === 'https:' ? /:443$/ : /:80$/;
  return given?.toLowerCase().replace(defaultPort, '') === host;
}

/** Path and query of a request target, origin-form or absolute-form (RFC 9112 §3.2), as written. */
export function splitTarget(target: string): { readonly path: string; readonly search: string } {
  const absolute = /^https?:\/\/[^/?#]*/i.exec(target)?.[0];
  const relative = absolute === undefined ? target : target.slice(absolute.length);
  const query = relative.indexOf('?');
  if (query === -1) return { path: relative, search: '' };
  return { path: relative.slice(0, query), search: relative.slice(query) };
}
