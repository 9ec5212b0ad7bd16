import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseIpAddress, toPeer } from '../../src/limits/ip-address.js';
import { isInRange, parseIpRange } from '../../src/limits/ip-range.js';
import { characterOf, propertyRuns, propertyTest } from '../support/property.js';

const options = { numRuns: 4 * propertyRuns };

/** Texts that are addresses, or nearly. */
const nearly = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.ipV4Extended(),
  fc.array(characterOf('0123456789abcdefF:.%/'), { maxLength: 46 }).map((parts) => parts.join('')),
  fc
    .array(fc.constantFrom('::', ':', '0', '1', 'ffff', '1.2.3.4', '255.255.255.256', 'g', '00001', '01'), {
      maxLength: 17,
    })
    .map((parts) => parts.join('')),
);

/** The bytes of an address as the URL standard reads it, which knows another parser. */
function bytesByUrl(text: string): number[] {
  if (isIP(text) === 4) return text.split('.').map(Number);
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const last = tail === undefined ? [] : groups(tail);
  const first = groups(head);
  const zeros = tail === undefined ? [] : new Array<number>(8 - first.length - last.length).fill(0);
  return [...first, ...zeros, ...last].flatMap((group) => [group >> 8, group & 255]);
}

const mapped = [...new Array<number>(10).fill(0), 255, 255];

describe('the address parser', () => {
  test('takes what Node takes for an address, and nothing else', propertyTest, () => {
    fc.assert(
      fc.property(nearly, (text) => {
        // What a zone may be called, Node's versions do not agree about
        fc.pre(!text.includes('%'));
        const node = isIP(text) !== 0;
        expect([text, parseIpAddress(text) !== undefined]).toEqual([text, node]);
      }),
      options,
    );
  });

  test(
    'reads the bytes that the URL standard reads; a mapped IPv4 address is the IPv4 address',
    propertyTest,
    () => {
      fc.assert(
        fc.property(nearly, (text) => {
          fc.pre(isIP(text) !== 0 && !text.includes('%'));
          const bytes = bytesByUrl(text);
          const isMapped = mapped.every((byte, index) => bytes[index] === byte) && bytes.length === 16;
          expect(parseIpAddress(text)).toEqual(isMapped ? bytes.slice(12) : bytes);
        }),
        options,
      );
    },
  );

  test('never throws, and takes no time for what is long', propertyTest, () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (text) => {
        parseIpAddress(text);
        parseIpRange(text);
      }),
    );
    expect(parseIpAddress(':'.repeat(1e6))).toBeUndefined();
    expect(parseIpRange(`1.2.3.4/${'1'.repeat(1e6)}`)).toBeUndefined();
  });

  test.each([
    '',
    '1.2.3',
    '01.2.3.4',
    '0x7f.0.0.1',
    '2130706433',
    '1.2.3.4 ',
    '::1::',
    ':1:2:3:4:5:6:7',
    '[::1]',
    '::1%',
  ])('is not taken in by %j', (text) => expect(parseIpAddress(text)).toBeUndefined());
});

describe('who an address counts to', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s is %s', (text, peer) => expect(toPeer(parseIpAddress(text)!)).toBe(peer));
});

describe('ranges', () => {
  test('hold what the block list of Node holds', propertyTest, () => {
    const address = fc.oneof(
      fc.ipV4(),
      fc.ipV6().filter((text) => !text.startsWith('::')),
    );
    fc.assert(
      fc.property(
        address,
        fc.integer({ min: 1, max: 128 }),
        address,
        fc.boolean(),
        (network, bits, other, near) => {
          const version = isIP(network) === 4 ? 'ipv4' : 'ipv6';
          const prefix = version === 'ipv4' ? 1 + (bits % 32) : bits;
          const range = parseIpRange(`${network}/${prefix}`);
          // Node's list takes IPv4 for a part of IPv6
          fc.pre((range !== undefined || near) && isIP(network) === isIP(other));
          // A range that may be written down: without the bits behind its prefix
          const bytes = parseIpAddress(network)!;
          const kept = bytes.map(
            (byte, index) => byte & ((255 << (8 - Math.min(8, Math.max(0, prefix - 8 * index)))) & 255),
          );
          const list = new BlockList();
          list.addSubnet(network, prefix, version);
          const candidate = near ? network : other;
          const expected = list.check(candidate, isIP(candidate) === 4 ? 'ipv4' : 'ipv6');
          expect(isInRange(parseIpAddress(candidate)!, { address: kept, bits: prefix })).toBe(expected);
        },
      ),
      options,
    );
  });

  test.each([
    '0.0.0.0/0',
    '::/0',
    '10.0.0.1/8',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10/8',
    '/8',
    'localhost',
  ])('%j is none', (text) => expect(parseIpRange(text)).toBeUndefined());

  test.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', '127.0.0.2', false],
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['::ffff:10.0.0.0/104', '10.1.2.3', true],
    ['fc00::/7', 'fd12::1', true],
    ['fc00::/7', '10.0.0.1', false],
    ['10.0.0.0/8', '::a00:1', false],
  ])('of %s, %s is one: %s', (range, address, expected) => {
    expect(isInRange(parseIpAddress(address)!, parseIpRange(range)!)).toBe(expected);
  });
});
