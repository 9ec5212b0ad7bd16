import { Agent, EnvHttpProxyAgent, request as send, type Dispatcher } from 'undici';
import { Secrets } from '../secrets/secrets.js';
import { guardedLookup, isAddress, isLoopbackHost, isPrivateAddress } from './addresses.js';
import { CertificateDemands } from './certificate-demands.js';
import { DoorError, type DoorFailure, type Exchange, type HeaderLine } from './exchange.js';
import { describeFailure } from './failures.js';
import { pairUp, toHeaders, toLines, type GivenHeaders } from './header-lines.js';
import { readBody } from './read-body.js';
import { recordHeaders, recordText } from './record.js';

/** What the door lets through. */
export interface DoorOptions {
  /** URLs that the user named: their hosts may have private addresses, and this machine may be asked when one of them is on it. */
  readonly named: readonly (string | URL)[];
  /** Requests in all. Default: 200. */
  readonly maxRequests?: number;
  /** Of one body. Default: 1 MiB. */
  readonly maxBytes?: number;
  /** Of one request with its answer. Default: 10000. */
  readonly timeoutMs?: number;
  /** Of all requests together. Default: no end. */
  readonly maxSeconds?: number;
  readonly secrets?: Secrets;
  /** Where `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` are read. Default: no proxy. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Hears of every request, answered or not, once it is over. */
  readonly onExchange?: (exchange: Exchange) => void;
}

/** One request. */
export interface DoorRequest {
  readonly method?: string;
  readonly headers?: GivenHeaders;
  readonly body?: string | Uint8Array;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /** Ends the reading of a body that stays open, such as an event stream, when what came is enough. */
  readonly isEnough?: (text: string) => boolean;
  /** An answer whose body is too long or cannot be read is one with an empty body: its status says enough. */
  readonly headIsEnough?: boolean;
}

/** One answer. Redirects are answers: nobody follows them unasked. */
export interface DoorResponse {
  readonly url: URL;
  readonly status: number;
  /** Repeated names are joined by a comma, as `Headers` does. */
  readonly headers: Headers;
  /** As they came. */
  readonly headerLines: readonly HeaderLine[];
  readonly text: string;
  readonly exchange: Exchange;
}

/** Sends a request, or fails with a {@link DoorError}. */
export type Send = (url: string | URL, request?: DoorRequest) => Promise<DoorResponse>;

/** The only way to the network. */
export interface Door {
  readonly send: Send;
  /** The same with a token, for one origin: any other is refused before anything is sent. */
  withToken(origin: string, token: string, scheme?: string): Send;
  /** Every exchange so far. */
  readonly exchanges: readonly Exchange[];
  /** Requests so far, refused ones not counted. */
  readonly requests: number;
  close(): Promise<void>;
}

/** Opens the door: every request is counted and bounded, none follows a redirect, a secret goes only where it belongs. */
export function createDoor(options: DoorOptions): Door {
  const { maxRequests = 200, maxSeconds = Infinity, secrets = new Secrets(), onExchange } = options;
  const named = options.named.map((url) => new URL(url).hostname);
  const mayBePrivate = (hostname: string) =>
    named.includes(hostname) || (isLoopbackHost(hostname) && named.some(isLoopbackHost));
  const demands = new CertificateDemands();
  const dispatchers = createDispatchers(options, mayBePrivate, demands);
  const exchanges: Exchange[] = [];
  let requests = 0;
  let leftMs = maxSeconds * 1000;

  const pass: Send = async (target, request = {}) => {
    const url = new URL(target);
    const sent = {
      method: request.method ?? 'GET',
      url: recordText(url.href, secrets),
      headers: recordHeaders(toLines(request.headers), secrets),
      ...(typeof request.body === 'string' && { body: recordText(request.body, secrets) }),
    };
    const record = (rest: Pick<Exchange, 'response' | 'failure'>): Exchange => {
      const exchange: Exchange = { number: exchanges.length + 1, request: sent, ...rest };
      exchanges.push(exchange);
      onExchange?.(exchange);
      return exchange;
    };
    const fail = (kind: DoorFailure, message: string, cause?: unknown) =>
      new DoorError(kind, message, record({ failure: { kind, message } }), { cause });

    const refusal = judge(url, request, secrets, mayBePrivate);
    if (refusal !== undefined) throw fail(refusal.kind, refusal.message);
    if (requests >= maxRequests) throw fail('budget', `All ${maxRequests} requests of this run were sent.`);
    const late = `All ${maxSeconds} seconds of this run are over.`;
    if (leftMs <= 0) throw fail('out_of_time', late);
    requests++;

    const maxBytes = request.maxBytes ?? options.maxBytes ?? 1024 * 1024;
    const timeoutMs = request.timeoutMs ?? options.timeoutMs ?? 10_000;
    const signal = AbortSignal.timeout(Math.ceil(Math.min(timeoutMs, leftMs)));
    const startedAt = performance.now();
    const isLast = leftMs <= timeoutMs;
    try {
      const answer = send(url, {
        dispatcher: dispatchers.for(url),
        signal,
        method: sent.method,
        headers: toLines(request.headers).flat(),
        body: request.body ?? null,
        responseHeaders: 'raw',
      });
      const response = await orAborted(answer, signal);
      const headerLines = pairUp(response.headers as unknown as readonly string[]);
      const headers = toHeaders(headerLines);
      const body = await readBody(response.body, headers, maxBytes, request.isEnough).catch(
        (error: unknown) => {
          if (request.headIsEnough === true && error instanceof DoorError) return { text: '', bytes: 0 };
          throw error;
        },
      );
      const exchange = record({
        response: {
          status: response.statusCode,
          headers: recordHeaders(headerLines, secrets),
          body: recordText(body.text, secrets),
          bytes: body.bytes,
        },
      });
      return { url, status: response.statusCode, headers, headerLines, text: body.text, exchange };
    } catch (error) {
      if (signal.aborted && isLast) throw fail('out_of_time', late, error);
      if (error instanceof DoorError) throw fail(error.kind, `${url.origin}: ${error.message}`);
      const { kind, message } = signal.aborted
        ? describeFailure(signal.reason, url.origin)
        : describeFailure(error, url.origin, demands.takeCode(url.origin));
      throw fail(kind, message, error);
    } finally {
      leftMs -= performance.now() - startedAt;
    }
  };

  return {
    send: pass,
    withToken(origin, token, scheme = 'Bearer') {
      secrets.add(token, origin);
      return (target, request = {}) =>
        pass(target, {
          ...request,
          headers: [...toLines(request.headers), ['Authorization', `${scheme} ${token}`]],
        });
    },
    exchanges,
    get requests() {
      return requests;
    },
    close: () => dispatchers.destroy(),
  };
}

/** What must not be sent: told before a connection is made. */
function judge(
  url: URL,
  request: DoorRequest,
  secrets: Secrets,
  mayBePrivate: (hostname: string) => boolean,
): { kind: DoorFailure; message: string } | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return { kind: 'unsupported_url', message: `Only http and https are asked, not ${url.protocol}` };
  const content = [url.href, ...toLines(request.headers).flat(), bodyText(request.body)].join('\n');
  if (secrets.findForeign(content, url.origin) !== undefined)
    return {
      kind: 'foreign_secret',
      message: `A secret would have been sent to ${url.origin}, which it is not for.`,
    };
  const isPrivate =
    isLoopbackHost(url.hostname) || (isAddress(url.hostname) && isPrivateAddress(url.hostname));
  return isPrivate && !mayBePrivate(url.hostname)
    ? {
        kind: 'private_address',
        message: `${url.origin} is a private address, and it was not named on the command line.`,
      }
    : undefined;
}

/** A proxy that closes the connection instead of opening a tunnel leaves undici waiting, and its signal does not end that. */
function orAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    answer.then(resolve, reject);
  });
}

function bodyText(body: string | Uint8Array | undefined): string {
  return typeof body === 'string' ? body : Buffer.from(body ?? []).toString('latin1');
}

/** Of all header lines of one answer; servers send less than half of it. */
const maxHeaderBytes = 32 * 1024;

function createDispatchers(
  { env = {} }: DoorOptions,
  mayBePrivate: (hostname: string) => boolean,
  demands: CertificateDemands,
): { readonly for: (url: URL) => Dispatcher; readonly destroy: () => Promise<void> } {
  const settings = {
    // What has a name only at the proxy cannot be judged here: the proxy of a user is trusted by that user
    connect: { lookup: guardedLookup(mayBePrivate) },
    maxResponseSize: -1,
    maxHeaderSize: maxHeaderBytes,
  };
  const read = (name: string) => env[name.toLowerCase()] || env[name] || undefined;
  const [httpProxy, httpsProxy, noProxy] = [read('HTTP_PROXY'), read('HTTPS_PROXY'), read('NO_PROXY')];
  const direct = new Agent({ ...settings, connect: demands.createConnector(settings.connect) });
  if (httpProxy === undefined && httpsProxy === undefined)
    return { for: () => direct, destroy: () => direct.destroy() };
  const proxied = new EnvHttpProxyAgent({
    ...settings,
    ...(httpProxy !== undefined && { httpProxy }),
    ...(httpsProxy !== undefined && { httpsProxy }),
    ...(noProxy !== undefined && { noProxy }),
  });
  // A proxy elsewhere would ask its own machine, and hear the token
  return {
    for: ({ hostname }) => (isLoopbackHost(hostname) ? direct : proxied),
    destroy: async () => {
      await Promise.all([direct.destroy(), proxied.destroy()]);
    },
  };
}
