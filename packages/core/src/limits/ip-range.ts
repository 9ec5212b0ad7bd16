import { parseIpAddress, type IpAddress } from './ip-address.js';

/** Addresses that begin with the same bits. */
export interface IpRange {
  readonly address: IpAddress;
  readonly bits: number;
}

/**
 * Parses an address, or a range in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3).
 *
 * @returns nothing for anything else, for a range of every address, and for one whose address has bits behind the prefix: it may have
 *   been meant as that address alone
 */
export function parseIpRange(text: string): IpRange | undefined {
  const [host = '', prefix, ...more] = text.split('/');
  const address = parseIpAddress(host);
  if (address === undefined || more.length > 0) return undefined;
  const all = address.length * 8;
  if (prefix === undefined) return { address, bits: all };
  if (!/^(0|[1-9]\d{0,2})$/.test(prefix)) return undefined;
  // A mapped IPv4 address counts its bits from the beginning of IPv6
  const bits = Number(prefix) - (host.includes(':') && all === 32 ? 96 : 0);
  if (bits < 1 || bits > all) return undefined;
  return address.every((byte, index) => (byte & ~maskOf(bits, index) & 255) === 0)
    ? { address, bits }
    : undefined;
}

/** Whether an address is in a range. */
export function isInRange(address: IpAddress, range: IpRange): boolean {
  return (
    address.length === range.address.length &&
    address.every((byte, index) => (byte & maskOf(range.bits, index)) === range.address[index])
  );
}

/** The bits of one byte that belong to a prefix. */
function maskOf(bits: number, index: number): number {
  const inByte = Math.min(8, Math.max(0, bits - 8 * index));
  return (255 << (8 - inByte)) & 255;
}
