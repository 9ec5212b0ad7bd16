import type { CorsPolicy } from '../cors/cors-policy.js';
import { isHost, splitTarget } from '../documents/document-endpoint.js';
import { describePath, describeText } from '../errors/describe-value.js';
import type { EventSink } from '../events/event-sink.js';
import type { RequestHead } from '../http/request-head.js';
import type { SetupWatch } from './setup-watch.js';

interface AdviceOptions {
  readonly resource: string;
  /** Absent in legacy mode. */
  readonly resourceMetadataUrl: string | undefined;
  readonly cors: CorsPolicy | undefined;
  readonly events: EventSink;
  readonly setup?: SetupWatch | undefined;
}

/** A client that finds its way needs one challenge; who looks whether the server is alive, often sends no POST. */
const enoughChallenges = 3;

/** Tells the owner, once each, what requests without a token show of a setup with which nobody can log in. */
export class SetupAdvice {
  readonly #options: AdviceOptions;
  readonly #told = new Set<'document' | 'preflight'>();
  #challenges = 0;

  constructor(options: AdviceOptions) {
    this.#options = options;
  }

  /** A request is denied for it has no credentials. */
  onChallenge(head: RequestHead): void {
    if (head.method === 'POST') this.#countChallenge(head);
    else if (head.method === 'OPTIONS') this.#adviseOnPreflight(head);
    else if (head.method === 'GET') this.#adviseOnDocument(head);
  }

  /** Clients ask for the document without a token, and where they are denied it nobody can log in. */
  #adviseOnDocument({ target }: RequestHead): void {
    const { resource, resourceMetadataUrl: url, events } = this.#options;
    if (url === undefined || !target.includes('/.well-known/')) return;
    const { path } = splitTarget(target);
    if (path === new URL(url).pathname) {
      events.advise(
        `bearerAuth denied a request for ${url}, which must be public. Mount protectedResourceMetadataRouter() in front of bearerAuth, or bearerAuth on the path of ${resource} alone.`,
      );
    } else if (path.includes('/.well-known/oauth-protected-resource') && this.#isFirst('document')) {
      events.advise(
        `bearerAuth denied a request for metadata at ${describePath(path, [new URL(url).pathname])}; that of ${resource} is at ${url}. If a proxy changes paths, let it forward that one as it is, or name the address that clients can reach: protectedResources: { metadata, metadataUrl }.`,
      );
    }
  }

  /** Fetch, CORS-preflight request: browsers send no credentials with it. */
  #adviseOnPreflight(head: RequestHead): void {
    const { resource, cors, events } = this.#options;
    if (head.header('access-control-request-method') === undefined || !this.#isFirst('preflight')) return;
    const origin = head.header('origin') ?? '';
    const shown = /^https?:\/\/[\w.-]{1,200}(?::\d{1,5})?$/.test(origin)
      ? `"${origin}"`
      : 'the origin of the page';
    const fix =
      cors === undefined
        ? `Write protectedResources: { metadata, cors: { origins: [${shown}] } } if that page is yours, or have a CORS middleware answer in front of bearerAuth.`
        : `Add ${shown} to cors.origins if the page may call it.`;
    events.advise(
      `bearerAuth denied the preflight (OPTIONS) of a page in a browser for ${resource}; the page sees a network error. ${fix}`,
    );
  }

  #countChallenge(head: RequestHead): void {
    const { resourceMetadataUrl: url, setup } = this.#options;
    if (setup === undefined || url === undefined || ++this.#challenges !== enoughChallenges) return;
    if (!setup.hasRouter) this.#adviseOnRouter(url);
    else if (!setup.isRead) this.#adviseOnUnread(url, head);
    else this.#adviseOnHost(head);
  }

  #adviseOnRouter(url: string): void {
    this.#options.events.advise(
      `${enoughChallenges} requests without a token were told to read ${url}, and protectedResourceMetadataRouter() was never called, so nobody can log in. Mount what it returns at the root of the host, in front of bearerAuth. If another process publishes that document, nothing needs to be done.`,
    );
  }

  #adviseOnUnread(url: string, head: RequestHead): void {
    const host = this.#findOtherHost(head);
    const came =
      host === undefined
        ? ''
        : ` They came for the host ${host}: if that is what clients use, write it in resource.`;
    this.#options.events.advise(
      `${enoughChallenges} requests without a token were told to read ${url}, and nobody has asked for it here.${came} If it is not found from outside, let the proxy in front forward its path as it is, or name the address that clients can reach: protectedResources: { metadata, metadataUrl }.`,
    );
  }

  #adviseOnHost(head: RequestHead): void {
    const { resource, events } = this.#options;
    const host = this.#findOtherHost(head);
    if (host === undefined) return;
    events.advise(
      `Requests come for the host ${host}, and the resource is ${resource}. Clients that use that host refuse the metadata: write the URL that they use as resource. If a proxy in front puts its own host there, nothing needs to be done.`,
    );
  }

  /** The host of a request, where it is not that of the resource and nothing says that a proxy has written it. */
  #findOtherHost(head: RequestHead): string | undefined {
    const forwarded = head.header('x-forwarded-host');
    if (forwarded === undefined && proxyHeaders.some((name) => head.header(name) !== undefined))
      return undefined;
    const host = forwarded ?? head.host;
    return host === undefined || isHost(new URL(this.#options.resource), host)
      ? undefined
      : describeText(host);
  }

  #isFirst(what: 'document' | 'preflight'): boolean {
    if (this.#told.has(what)) return false;
    this.#told.add(what);
    return true;
  }
}

/** RFC 7239, RFC 9110 §7.6.3, and what is written instead. */
const proxyHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-proto', 'x-real-ip'];
