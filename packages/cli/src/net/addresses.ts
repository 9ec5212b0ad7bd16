import { lookup as lookupName, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Addresses that belong to a machine or a network behind the public internet (IANA's registries of special addresses). */
const special = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  special.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  // RFC 4291 §2.5.5.1, and the translated, carried and discarded addresses of RFC 2765, RFC 3056, RFC 4380 and RFC 6666
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['2001::', 32],
  ['2002::', 16],
  ['100::', 64],
  ['fec0::', 10],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  special.addSubnet(network, bits, 'ipv6');

/** Whether an IP address is none of the public internet. IPv4 inside IPv6 counts as what it is. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '');
  if (!isIPv6(bare)) return special.check(bare, 'ipv4');
  const embedded = /^(?:::ffff:|64:ff9b::)(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (embedded !== undefined) return special.check(embedded, 'ipv4');
  const words = /^(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(bare);
  if (words !== null) {
    const [high, low] = [parseInt(words[1] ?? '0', 16), parseInt(words[2] ?? '0', 16)];
    return special.check([high >> 8, high & 255, low >> 8, low & 255].join('.'), 'ipv4');
  }
  return special.check(bare, 'ipv6');
}

/** Whether a host of a URL is this machine. */
export function isLoopbackHost(hostname: string): boolean {
  const bare = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  return (
    bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1' || /^127(?:\.\d+){3}$/.test(bare)
  );
}

/** Whether the host of a URL is an IP address. */
export function isAddress(hostname: string): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}

/** A name leads to an address that only its own network should reach. */
export class PrivateAddressError extends Error {
  readonly code = 'PRIVATE_ADDRESS';
}

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/**
 * As `dns.lookup`, but a name that leads to a private address is an error, unless it may. One that may, and led to public addresses at
 * first, may not lead to private ones later: its owner is not the user who named it.
 */
export function guardedLookup(
  mayBePrivate: (hostname: string) => boolean,
  lookup: (
    hostname: string,
    options: LookupOptions & { readonly all: true },
    callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ) => void = lookupName,
) {
  const isPublic = new Set<string>();
  return (hostname: string, options: LookupOptions, callback: LookupCallback): void => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const led = error === null ? addresses : [];
      const found = led.find(({ address }) => isPrivateAddress(address));
      if (found === undefined && led.length > 0) isPublic.add(hostname);
      const bad = mayBePrivate(hostname) && !isPublic.has(hostname) ? undefined : found;
      const [first] = error === null ? addresses : [];
      if (error !== null) callback(error, []);
      else if (bad !== undefined)
        callback(new PrivateAddressError(`${hostname} is ${bad.address}, a private address`), []);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first?.address ?? '', first?.family ?? 4);
    });
  };
}
