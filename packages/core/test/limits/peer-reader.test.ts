import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { EventSink } from '../../src/events/event-sink.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { parseIpRange } from '../../src/limits/ip-range.js';
import { createPeerReader, type PeerSettings } from '../../src/limits/peer-reader.js';
import { createHead } from '../support/head.js';
import { propertyRuns, propertyTest } from '../support/property.js';

const events: MCPAuthEvent[] = [];

function read(
  peer: string | null | undefined,
  headers: Readonly<Record<string, string>> = {},
  {
    proxies = [],
    ...more
  }: Partial<Omit<PeerSettings, 'proxies'>> & { readonly proxies?: readonly string[] } = {},
) {
  events.length = 0;
  const settings: PeerSettings = {
    peer: undefined,
    proxyHeader: 'x-forwarded-for',
    ...more,
    proxies: proxies.map((text) => parseIpRange(text)!),
  };
  const reader = createPeerReader(settings, new EventSink({ onEvent: (event) => events.push(event) }));
  return reader(createHead({ headers, ...(peer === undefined ? {} : { peer }) }));
}

const proxies = ['10.0.0.0/8', '127.0.0.1'];
const xff = (value: string) => ({ 'x-forwarded-for': value });

describe('nobody knows who it is', () => {
  test.each([undefined, '', 'unix', '1.2.3.4:80'])(
    'from a socket without an address (%j): an error of the server',
    (peer) => {
      expect(() => read(peer)).toThrow(MCPAuthConfigError);
      expect(() => read(peer)).toThrow(/limits: needs to know who a request comes from.*peer: \(request\)/);
    },
  );

  test.each([undefined, '', 'me', null, 7, Promise.resolve('192.0.2.1')])(
    'from a function of the owner that returns %j',
    (told) => {
      const peer = (() => told) as unknown as () => string;
      expect(() => read('192.0.2.1', {}, { peer })).toThrow(/limits\.peer: must return the IP address/);
    },
  );

  test('but where the connection has gone, nobody reads the answer either', () => {
    expect(read(null)).toBeNull();
  });
});

describe('without declared proxies', () => {
  test('no header is read', () => {
    const head = createHead({ peer: '192.0.2.1' });
    const strict = {
      ...head,
      header: (name: string) => {
        throw new Error(name);
      },
    };
    const settings = { peer: undefined, proxies: [], proxyHeader: 'x-forwarded-for' } as const;
    expect(createPeerReader(settings, new EventSink({ onEvent: () => undefined }))(strict)).toBe('192.0.2.1');
  });

  test('a client that is no proxy cannot name another address', () => {
    expect(read('192.0.2.1', xff('192.0.2.9'), { proxies })).toBe('192.0.2.1');
  });
});

describe('behind declared proxies', () => {
  test.each([
    ['one hop', '192.0.2.1', '192.0.2.1'],
    ['what a client wrote before', '198.51.100.1, 192.0.2.1', '192.0.2.1'],
    ['several proxies', '192.0.2.1, 10.1.1.1,10.2.2.2', '192.0.2.1'],
    ['a proxy that a client claims to have', '10.9.9.9, 192.0.2.1, 10.1.1.1', '192.0.2.1'],
    ['a port', '192.0.2.1:4711', '192.0.2.1'],
    ['IPv6', '2001:db8::1', '2001:db8:0:0::/64'],
    ['IPv6 in brackets', '[2001:db8::1]:4711', '2001:db8:0:0::/64'],
    ['mapped IPv4', '192.0.2.1, ::ffff:10.0.0.1', '192.0.2.1'],
    ['none but proxies', '10.3.3.3, 10.1.1.1', '10.3.3.3'],
    ['something malformed further left', 'what?, 192.0.2.1', '192.0.2.1'],
    ['something malformed: the last good hop counts', '192.0.2.1, what?, 10.1.1.1', '10.1.1.1'],
    ['an address in a list that ends early', '192.0.2.1,, 10.1.1.1', '10.1.1.1'],
    ['brackets around IPv4', '[192.0.2.1], 10.1.1.1', '10.1.1.1'],
  ])('%s: %s is %s', (_what, value, peer) => {
    expect(read('127.0.0.1', xff(value), { proxies })).toBe(peer);
    expect(events).toEqual([]);
  });

  test.each([
    ['for=192.0.2.1', '192.0.2.1'],
    ['For="192.0.2.1:80";proto=https;by=10.0.0.9', '192.0.2.1'],
    ['by=198.51.100.1;for="[2001:db8::1]:4711"', '2001:db8:0:0::/64'],
    ['for=198.51.100.1, for=192.0.2.1, for=10.1.1.1', '192.0.2.1'],
    ['for=192.0.2.1, for=_hidden, for=10.1.1.1', '10.1.1.1'],
    ['for=192.0.2.1;for=192.0.2.2, for=10.1.1.1', '10.1.1.1'],
    ['for=192.0.2.1, proto=https, for=10.1.1.1', '10.1.1.1'],
    // A Host that a proxy repeats in quotes names nobody
    ['for=192.0.2.1;host="a, for=198.51.100.1;"', '127.0.0.1'],
    ['for=192.0.2.1;host="a\\", for=198.51.100.1;\\""', '127.0.0.1'],
    ['for="192.0.2.1";host="a"', '192.0.2.1'],
  ])('Forwarded %s is %s', (value, peer) => {
    expect(read('127.0.0.1', { forwarded: value }, { proxies, proxyHeader: 'forwarded' })).toBe(peer);
  });

  test.each([[{}], [xff('')], [xff('unknown')]])(
    'a proxy that does not say for whom it asks (%j) stands for itself, and the owner is told',
    (headers) => {
      expect(read('10.0.0.1', headers, { proxies })).toBe('10.0.0.1');
      expect(events).toMatchObject([
        {
          type: 'warning',
          message: expect.stringMatching(/10\.0\.0\.1 did not say in x-forwarded-for/) as string,
        },
      ]);
    },
  );

  test('a long list that a client made up costs no more than a short one: the walk ends after 32 hops', () => {
    const value = `192.0.2.1${', 10.0.0.1'.repeat(100_000)}`;
    expect(read('127.0.0.1', xff(value), { proxies })).toBe('10.0.0.1');
  });

  test('whatever stands left of what the proxy added, it changes nothing', propertyTest, () => {
    const parts = fc.array(
      fc.oneof(fc.string(), fc.constantFrom(',', ', ', '"', '[', '192.0.2.9', '10.0.0.1', 'for=', '\t')),
    );
    fc.assert(
      fc.property(parts, fc.ipV4(), (before, real) => {
        fc.pre(!/^(10|127)\./.test(real));
        const forged = before.join('');
        expect(read('127.0.0.1', xff(`${forged}, ${real}`), { proxies })).toBe(real);
        const forwarded = { forwarded: `${forged}, for=${real}` };
        expect(read('127.0.0.1', forwarded, { proxies, proxyHeader: 'forwarded' })).toBe(real);
      }),
      { numRuns: propertyRuns },
    );
  });
});

test('a function of the owner takes the place of the socket', () => {
  const peer = (request: { header(name: string): string | undefined }) => request.header('cf-connecting-ip');
  expect(read(undefined, { 'cf-connecting-ip': '2001:db8:1:2:3::' }, { peer })).toBe('2001:db8:1:2::/64');
});
