import type { Answer } from '../http/answer.js';
import type { RequestHead } from '../http/request-head.js';
import type { CorsPolicy } from '../cors/cors-policy.js';
import {
  DocumentEndpoint,
  isHost,
  type PublishedDocument,
  splitTarget,
} from '../documents/document-endpoint.js';
import { describePath } from '../errors/describe-value.js';
import type { SetupWatch } from '../gate/setup-watch.js';
import { collectMetadataDocuments } from './metadata-documents.js';
import type { ProtectedResource } from './protected-resource.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { LocalDocuments } from '../authorization-server/local-server.js';

const segment = '/.well-known/oauth-protected-resource';

/** Who hears what the endpoint has to say to others than clients. */
export interface EndpointNotes {
  /** Tells the owner what works only in part. */
  readonly warn?: (message: string) => void;
  /** The same for what clients can cause. */
  readonly advise?: (message: string) => void;
  readonly setup?: SetupWatch;
}

/**
 * Answers requests for the metadata documents of all configured resources (RFC 9728 §3), and preflights of resources.
 *
 * @see RFC 9728 §3.2
 * @example
 * ```ts
 * import type { MetadataEndpoint, RequestHead } from '@mcp-auth/core/adapter';
 *
 * // What metadataEndpoint of a ResourceServer is
 * export const answer = (endpoint: MetadataEndpoint, head: RequestHead) => endpoint.answer(head);
 * ```
 */
export class MetadataEndpoint {
  /** The paths of documents, each once. */
  readonly paths: readonly string[];
  /** The paths of resources whose preflights are answered here, each once: mount OPTIONS on them, before anything else. */
  readonly preflightPaths: readonly string[];
  readonly #preflights = new Map<string, { readonly origin: URL; readonly cors: CorsPolicy }[]>();
  readonly #documents: DocumentEndpoint;

  readonly #advertised: readonly URL[];
  readonly #warn: (message: string) => void;
  readonly #advise: (message: string) => void;
  readonly #setup: SetupWatch | undefined;
  #isPlaced = false;
  #isAdvised = false;

  /**
   * @param others - documents that are published in addition to those of the resources
   * @param notes - what the owner is told, and what is seen of the setup
   * @throws {MCPAuthConfigError} `invalid_metadata` where two documents are at one URL, or one is where a resource is
   */
  constructor(
    resources: readonly ProtectedResource[],
    others: readonly PublishedDocument[] = [],
    { warn, advise, setup }: EndpointNotes = {},
  ) {
    this.#warn = warn ?? (() => undefined);
    this.#advise = advise ?? (() => undefined);
    this.#setup = setup;
    this.#documents = new DocumentEndpoint(collectMetadataDocuments(resources, others, this.#warn));
    this.#advertised = resources.map(({ metadataUrl }) => new URL(metadataUrl));
    for (const { identifier, cors } of resources) {
      if (cors === undefined) continue;
      const origin = new URL(identifier);
      const preflights = this.#preflights.get(origin.pathname) ?? [];
      preflights.push({ origin, cors });
      this.#preflights.set(origin.pathname, preflights);
    }
    this.preflightPaths = [...this.#preflights.keys()];
    this.paths = this.#documents.paths;
  }

  /** The answer for a request, or nothing when it is neither for a document nor a preflight of a resource. */
  answer(head: RequestHead): Answer | Promise<Answer> | undefined {
    const document = this.#documents.answer(head);
    if (document !== undefined) {
      if (head.method === 'GET') this.#setup?.noteDocument();
      return document;
    }
    switch (head.method) {
      case 'OPTIONS':
        return this.#preflight(head);
      case 'GET':
        this.#adviseOnPath(head.target);
    }
    return undefined;
  }

  /** Some clients look at wrong places first; where none has found the document, that is worth a word. */
  #adviseOnPath(target: string): void {
    if (!target.includes(segment)) return;
    if (this.#setup === undefined || this.#setup.isRead || this.#isAdvised) return;
    const { path } = splitTarget(target);
    const [first] = this.#advertised;
    if (!path.includes(segment) || first === undefined || this.paths.includes(path)) return;
    this.#isAdvised = true;
    this.#advise(
      `Metadata was asked for at ${describePath(path, [segment, ...this.paths])}, where there is none: clients are told to read ${first.href}. If a proxy in front changes paths, let it forward that one as it is, or name the address that clients can reach: protectedResources: { metadata, metadataUrl }.`,
    );
  }

  /**
   * For adapters: to be told where in an application the documents are answered for, with what to write instead of another place than
   * its root. Warns where a document is not found there; looks at the first call only.
   *
   * @param prefix - the path below which all requests are that get here; empty for the root
   */
  mountedBelow(prefix: string, fix: string): void {
    if (this.#isPlaced) return;
    this.#isPlaced = true;
    const isBelow = ({ pathname }: URL) => pathname === prefix || pathname.startsWith(`${prefix}/`);
    const missed = this.#advertised.find((url) => !isBelow(url));
    if (prefix === '' || missed === undefined) return;
    this.#warn(
      `protectedResourceMetadataRouter() answers below ${JSON.stringify(prefix.slice(0, 200))} only, so no client finds ${missed.href}. Mount it at the root of the host: ${fix}. Where a gateway forwards nothing but that path, name the address there: protectedResources: { metadata, metadataUrl }.`,
    );
  }

  #preflight(head: RequestHead): Answer | undefined {
    const preflights = this.#preflights.get(splitTarget(head.target).path);
    const preflight = preflights?.find(({ origin }) => preflights.length === 1 || isHost(origin, head.host));
    return preflight?.cors.preflight(head);
  }
}

/**
 * The documents of all local authorization servers.
 *
 * Checks: each is at the origin of a resource that trusts it, where clients look for it; none replaces another.
 *
 * @throws {MCPAuthConfigError} `invalid_metadata`, `duplicate_authorization_server`
 */
export function collectLocalDocuments(resources: readonly ProtectedResource[]): readonly PublishedDocument[] {
  const servers = new Map<string, LocalDocuments>();
  const origins = new Map<LocalDocuments, Set<string>>();
  for (const { identifier, servers: trusted } of resources) {
    for (const { local } of trusted.map(({ server }) => server)) {
      if (local === undefined) continue;
      const other = addServer(servers, local);
      origins.set(other, (origins.get(other) ?? new Set()).add(new URL(identifier).origin));
    }
  }
  return [...servers.values()].flatMap((local) => {
    checkOrigin(local, origins.get(local) ?? new Set());
    return local.documents;
  });
}

/** The server that speaks for these documents: the first of several that publish the same. */
function addServer(servers: Map<string, LocalDocuments>, local: LocalDocuments): LocalDocuments {
  const place = local.documents[0]?.url.href ?? '';
  const known = servers.get(place);
  if (known === undefined) {
    servers.set(place, local);
    return local;
  }
  if (known.id === local.id) return known;
  throw new MCPAuthConfigError(
    'duplicate_authorization_server',
    `${local.path}.publish`,
    `replaces the documents of ${known.path}. Publish an issuer once, with all its keys.`,
  );
}

function checkOrigin({ path, documents }: LocalDocuments, origins: ReadonlySet<string>): void {
  const origin = documents[0]?.url.origin ?? '';
  if (origins.has(origin)) return;
  throw new MCPAuthConfigError(
    'invalid_metadata',
    `${path}.metadata.issuer`,
    `is at ${origin}, where this process is not known to be. With publish it must be at the origin of a resource that trusts it: ${[...origins].join(', ')}.`,
  );
}
