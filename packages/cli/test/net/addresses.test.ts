import { describe, expect, test } from 'vitest';
import { guardedLookup, isLoopbackHost, isPrivateAddress } from '../../src/net/addresses.js';

describe('an address', () => {
  test.each([
    ['127.0.0.1', true],
    ['10.1.2.3', true],
    ['172.31.255.255', true],
    ['172.32.0.1', false],
    ['192.168.1.1', true],
    ['169.254.169.254', true],
    ['100.64.0.1', true],
    ['0.0.0.0', true],
    ['::1', true],
    ['[::1]', true],
    ['fd00::1', true],
    ['fe80::1', true],
    ['::ffff:10.0.0.1', true],
    ['::ffff:a00:1', true],
    ['64:ff9b::7f00:1', true],
    ['::7f00:1', true],
    ['::ffff:0:7f00:1', true],
    ['2002:7f00:1::', true],
    ['2001:0:7f00:1::', true],
    ['fec0::1', true],
    ['::ffff:8.8.8.8', false],
    ['93.184.215.14', false],
    ['2606:4700::1111', false],
  ])('%s is private: %s', (address, isPrivate) => {
    expect(isPrivateAddress(address)).toBe(isPrivate);
  });

  test.each([
    ['localhost', true],
    ['LOCALHOST.', true],
    ['a.localhost', true],
    ['127.1.2.3', true],
    ['[::1]', true],
    ['localhost.example.com', false],
    ['10.0.0.1', false],
  ])('%s is this machine: %s', (hostname, isLoopback) => {
    expect(isLoopbackHost(hostname)).toBe(isLoopback);
  });
});

test('a name that leads to a private address is not connected to, unless it was named', async () => {
  const look = (mayBePrivate: boolean) =>
    new Promise((resolve) => {
      guardedLookup(() => mayBePrivate)('localhost', {}, (error, address) => {
        resolve(error === null ? address : error.code);
      });
    });
  expect(await look(false)).toBe('PRIVATE_ADDRESS');
  expect(['127.0.0.1', '::1']).toContain(await look(true));
});

test('a name that was public at first does not become private later, even one that was named', async () => {
  const answers = ['93.184.215.14', '169.254.169.254', '93.184.215.14'];
  const lookup = guardedLookup(
    () => true,
    (_name, _options, callback) => callback(null, [{ address: answers.shift() ?? '', family: 4 }]),
  );
  const look = () =>
    new Promise((resolve) => {
      lookup('mcp.example.com', {}, (error, address) => {
        resolve(error === null ? address : error.code);
      });
    });
  expect([await look(), await look(), await look()]).toEqual([
    '93.184.215.14',
    'PRIVATE_ADDRESS',
    '93.184.215.14',
  ]);
});
