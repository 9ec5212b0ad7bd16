/** An IP address: 4 bytes, or 16. */
export type IpAddress = readonly number[];

/**
 * Parses an IP address as sockets and proxies write it: IPv4 in four decimal parts, IPv6 in any form of RFC 4291 §2.2. An IPv4 address
 * that is mapped into IPv6 is the IPv4 address: a socket that listens on both shows the same caller in that form. A zone
 * (RFC 4007 §11) is left out.
 *
 * @returns nothing for anything else, such as leading zeros, in which some see octal numbers
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (text.length > longest) return undefined;
  if (!text.includes(':')) return parseV4(text);
  const bytes = parseV6(text.replace(/%[\w.-]+$/, ''));
  return bytes !== undefined && isMapped(bytes) ? bytes.slice(12) : bytes;
}

/** What an address counts to: itself, or its /64 (RFC 6177): a home or a rented machine has at least that many. */
export function toPeer(address: IpAddress): string {
  if (address.length === 4) return address.join('.');
  const groups = [0, 2, 4, 6].map((at) => (256 * (address[at] ?? 0) + (address[at + 1] ?? 0)).toString(16));
  return `${groups.join(':')}::/64`;
}

/** An address of 45 characters, and the name of an interface. */
const longest = 64;

const fourParts = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

function parseV4(text: string): IpAddress | undefined {
  const bytes = fourParts.exec(text)?.slice(1).map(Number);
  return bytes?.every((byte) => byte <= 255) === true ? bytes : undefined;
}

/** RFC 4291 §2.2: `::` stands for one or more groups of zeros, once. */
function parseV6(text: string): IpAddress | undefined {
  const [before = '', after, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const head = parseGroups(before, after === undefined);
  if (after === undefined) return head?.length === 16 ? head : undefined;
  const tail = parseGroups(after, true);
  if (head === undefined || tail === undefined || head.length + tail.length > 14) return undefined;
  return [...head, ...new Array<number>(16 - head.length - tail.length).fill(0), ...tail];
}

/** The bytes of groups between colons; none for an empty text. The last one may be an IPv4 address. */
function parseGroups(text: string, isLast: boolean): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    const dotted = isLast && index === groups.length - 1 ? parseV4(group) : undefined;
    if (dotted !== undefined) bytes.push(...dotted);
    else if (/^[\da-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
    } else return undefined;
  }
  return bytes;
}

/** RFC 4291 §2.5.5.2: `::ffff:0:0/96`. */
function isMapped(bytes: IpAddress): boolean {
  return bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
}
