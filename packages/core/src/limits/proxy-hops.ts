import { parseIpAddress, type IpAddress } from './ip-address.js';

/** The header in which proxies say for whom they ask. */
export type ProxyHeader = 'x-forwarded-for' | 'forwarded';

/** No chain of proxies is longer; a client must not make work with its own long list. */
const maxHops = 32;

/**
 * The hops that a list of proxies names, the one that was added last first: what stands left of it was written by somebody before. A hop
 * that is not an address is `undefined`.
 *
 * @see RFC 7239 §4
 */
export function* readHops(value: string, header: ProxyHeader): Generator<IpAddress | undefined> {
  let end = value.length;
  for (let count = 0; count < maxHops; count++) {
    const comma = value.lastIndexOf(',', end - 1);
    const element = value.slice(comma + 1, end);
    const node = header === 'forwarded' ? readForwardedFor(element) : element.trim();
    yield node === undefined ? undefined : parseNode(node);
    if (comma <= 0) return;
    end = comma;
  }
}

/**
 * RFC 7239 §4: parameters between semicolons, names without regard to case, each once, values perhaps in quotes. An element that holds one
 * end of a quoted string alone was cut out of its middle: a proxy repeats there what a client wrote, such as its Host.
 */
function readForwardedFor(element: string): string | undefined {
  if (element.replace(/\\./g, '').split('"').length % 2 === 0) return undefined;
  const found: string[] = [];
  for (const pair of element.split(';')) {
    const equals = Math.max(0, pair.indexOf('='));
    if (pair.slice(0, equals).trim().toLowerCase() === 'for') found.push(pair.slice(equals + 1).trim());
  }
  const [value] = found;
  return found.length === 1 ? value?.replace(/^"(.*)"$/, '$1') : undefined;
}

/** RFC 7239 §6: an address, IPv6 in brackets, with a port or without. Proxies write the same into `X-Forwarded-For`, without brackets too. */
function parseNode(node: string): IpAddress | undefined {
  const [, bracketed] = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(node) ?? [];
  if (bracketed !== undefined) return bracketed.includes(':') ? parseIpAddress(bracketed) : undefined;
  const [, withPort] = /^([\d.]+):\d{1,5}$/.exec(node) ?? [];
  return parseIpAddress(withPort ?? node);
}
