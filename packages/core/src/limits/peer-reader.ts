import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { ignoreRejection } from '../errors/promises.js';
import type { EventSink } from '../events/event-sink.js';
import type { RequestHead } from '../http/request-head.js';
import { parseIpAddress, toPeer, type IpAddress } from './ip-address.js';
import { isInRange, type IpRange } from './ip-range.js';
import { readHops, type ProxyHeader } from './proxy-hops.js';

/** What is shown of a request to whoever tells its peer. */
export interface PeerRequest {
  /** The value of a header by its lower-case name. */
  header(name: string): string | undefined;
}

/** How to find out who a request comes from. */
export interface PeerSettings {
  readonly peer: ((request: PeerRequest) => string | undefined) | undefined;
  readonly proxies: readonly IpRange[];
  readonly proxyHeader: ProxyHeader;
}

/** Who a request counts to; `null` where the connection has gone, and with it whoever could read an answer. */
export type PeerReader = (head: RequestHead) => string | null;

/**
 * Creates what tells who a request comes from: the address that is told, or the one that the socket has; behind declared proxies the
 * last hop that is none of them.
 *
 * The reader throws `MCPAuthConfigError` where nobody knows: a limit must neither be off without a word, nor count all callers as one.
 */
export function createPeerReader(settings: PeerSettings, events: EventSink): PeerReader {
  const { peer } = settings;
  if (peer !== undefined) return (head) => toPeer(askOwner(peer, head));
  return (head) => {
    if (head.peer === null) return null;
    const address = head.peer === undefined ? undefined : parseIpAddress(head.peer);
    if (address === undefined) throw unknownPeer(head.peer);
    return toPeer(followProxies(head, address, settings, events));
  };
}

function askOwner(peer: NonNullable<PeerSettings['peer']>, head: RequestHead): IpAddress {
  const told: unknown = peer(head);
  const address = typeof told === 'string' ? parseIpAddress(told) : undefined;
  if (address !== undefined) return address;
  ignoreRejection(told);
  throw new MCPAuthConfigError(
    'invalid_option',
    'limits.peer',
    `must return the IP address of who sent the request, but what it returned is ${describeValue(told)}.`,
  );
}

function unknownPeer(given: string | undefined): MCPAuthConfigError {
  return new MCPAuthConfigError(
    'unsupported_option',
    'limits',
    `needs to know who a request comes from, and ${given === undefined ? 'this platform does not tell' : `what this platform tells is ${describeValue(given)}`}. Write limits: { …, peer: (request) => request.header('cf-connecting-ip') }, with the header that your platform itself sets.`,
  );
}

function followProxies(
  head: RequestHead,
  socket: IpAddress,
  { proxies, proxyHeader }: PeerSettings,
  events: EventSink,
): IpAddress {
  const isProxy = (address: IpAddress) => proxies.some((range) => isInRange(address, range));
  if (proxies.length === 0 || !isProxy(socket)) return socket;
  const value = head.header(proxyHeader);
  let last = socket;
  for (const hop of value === undefined ? [] : readHops(value, proxyHeader)) {
    // Whoever wrote it, what stands left of it is worth no more
    if (hop === undefined) break;
    last = hop;
    if (!isProxy(hop)) return hop;
  }
  if (last === socket) {
    events.advise(
      `limits: the proxy ${toPeer(socket)} did not say in ${proxyHeader} for whom it asks. Its requests count to the proxy itself, all of them together. Have it set this header, or write another one as limits.proxyHeader.`,
    );
  }
  return last;
}
