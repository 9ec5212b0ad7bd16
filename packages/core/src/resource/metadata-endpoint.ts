import type { Answer } from '../http/answer.js';
import type { RequestHead } from '../http/request-head.js';
import type { CorsPolicy } from '../cors/cors-policy.js';
import { answerDocument } from '../documents/document-answers.js';
import {
  DocumentEndpoint,
  isHost,
  splitTarget,
  type PublishedDocument,
} from '../documents/document-endpoint.js';
import type { ProtectedResource } from './protected-resource.js';

/** Answers requests for the metadata documents of all configured resources (RFC 9728 §3), and preflights of resources. */
export class MetadataEndpoint {
  /** The paths of documents, each once. */
  readonly paths: readonly string[];
  /** The paths of resources whose preflights are answered here, each once: mount OPTIONS on them, before anything else. */
  readonly preflightPaths: readonly string[];
  readonly #preflights = new Map<string, { readonly origin: URL; readonly cors: CorsPolicy }[]>();
  readonly #documents: DocumentEndpoint;

  /** @param others - documents that are published beside those of the resources */
  constructor(resources: readonly ProtectedResource[], others: readonly PublishedDocument[] = []) {
    this.#documents = new DocumentEndpoint([...resources.map(publish), ...others]);
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
    return this.#documents.answer(head) ?? this.#preflight(head);
  }

  #preflight(head: RequestHead): Answer | undefined {
    const preflights = this.#preflights.get(splitTarget(head.target).path);
    const preflight = preflights?.find(({ origin }) => preflights.length === 1 || isHost(origin, head.host));
    return preflight?.cors.preflight(head);
  }
}

function publish({ metadataUrl, document }: ProtectedResource): PublishedDocument {
  const answer = answerDocument(document);
  return { url: new URL(metadataUrl), read: () => answer };
}
