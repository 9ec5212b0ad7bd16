import type { Answer, HeaderList } from '../adapter/answer.js';
import type { RequestHead } from '../adapter/request-head.js';
import type { CorsPolicy } from '../cors/cors-policy.js';
import type { ProtectedResource } from './protected-resource.js';
import { getResourceMetadataTarget } from './metadata-url.js';

/** Public documents: any origin may read them (RFC 9728 §3, RFC 9110 on caching; browsers need the preflight). */
const cors: HeaderList = [['Access-Control-Allow-Origin', '*']];

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
  body: JSON.stringify({ message: 'The metadata of a protected resource is read with GET.' }),
};

interface Entry {
  readonly origin: URL;
  readonly search: string;
  readonly answer: Answer;
}

/** Answers requests for the metadata documents of all configured resources (RFC 9728 §3). */
export class MetadataEndpoint {
  /** The paths of metadata documents, each once. */
  readonly paths: readonly string[];
  /** The paths of resources whose preflights are answered here, each once: mount OPTIONS on them, before anything else. */
  readonly preflightPaths: readonly string[];
  readonly #preflights = new Map<string, { readonly origin: URL; readonly cors: CorsPolicy }[]>();
  readonly #entries = new Map<string, Entry[]>();

  constructor(resources: readonly ProtectedResource[]) {
    for (const resource of resources) {
      const url = new URL(resource.identifier);
      const path = splitTarget(getResourceMetadataTarget(url)).path;
      const entries = this.#entries.get(path) ?? [];
      entries.push({ origin: url, search: url.search, answer: createAnswer(resource.document) });
      this.#entries.set(path, entries);
      if (resource.cors === undefined) continue;
      const preflights = this.#preflights.get(url.pathname) ?? [];
      preflights.push({ origin: url, cors: resource.cors });
      this.#preflights.set(url.pathname, preflights);
    }
    this.preflightPaths = [...this.#preflights.keys()];
    this.paths = [...this.#entries.keys()];
  }

  /**
   * The answer for a request, or nothing when it is neither for a metadata document nor a preflight of a resource.
   *
   * The host selects among resources that share a path; it is never written anywhere. Where only one resource has the
   * path, any host will do: a proxy may have changed it.
   */
  answer(head: RequestHead): Answer | undefined {
    const { path, search } = splitTarget(head.target);
    const entries = this.#entries.get(path);
    if (entries === undefined) return this.#preflight(path, head);
    const entry = select(entries, search, head.host);
    if (entry === undefined) return undefined;
    switch (head.method) {
      case 'GET':
        return entry.answer;
      case 'HEAD':
        return { ...entry.answer, body: undefined };
      case 'OPTIONS':
        return preflight;
      default:
        return methodNotAllowed;
    }
  }

  #preflight(path: string, head: RequestHead): Answer | undefined {
    const preflights = this.#preflights.get(path);
    const preflight = preflights?.find(({ origin }) => preflights.length === 1 || isHost(origin, head.host));
    return preflight?.cors.preflight(head);
  }
}

function createAnswer(document: string): Answer {
  const headers: HeaderList = [
    ...cors,
    ['Content-Type', 'application/json'],
    ['Cache-Control', 'public, max-age=3600'],
    ['X-Content-Type-Options', 'nosniff'],
  ];
  return { status: 200, headers, body: document };
}

function select(entries: readonly Entry[], search: string, host: string | undefined): Entry | undefined {
  const matching = entries.filter((entry) => entry.search === '' || entry.search === search);
  if (matching.length < 2) return matching[0];
  const exact = matching.filter((entry) => entry.search === search);
  const candidates = exact.length > 0 ? exact : matching;
  const sole = candidates.length === 1 ? candidates[0] : undefined;
  return sole ?? candidates.find((entry) => isHost(entry.origin, host));
}

/** RFC 9110 §4.2.3: the default port of a scheme may be written or not. */
function isHost({ protocol, host }: URL, given: string | undefined): boolean {
  const defaultPort = protocol === 'https:' ? /:443$/ : /:80$/;
  return given?.toLowerCase().replace(defaultPort, '') === host;
}

/** Path and query of a request target, origin-form or absolute-form (RFC 9112 §3.2), as written. */
function splitTarget(target: string): { readonly path: string; readonly search: string } {
  const absolute = /^https?:\/\/[^/?#]*/i.exec(target)?.[0];
  const relative = absolute === undefined ? target : target.slice(absolute.length);
  const query = relative.indexOf('?');
  if (query === -1) return { path: relative, search: '' };
  return { path: relative.slice(0, query), search: relative.slice(query) };
}
