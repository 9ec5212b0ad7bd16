import { describe, expect, test } from 'vitest';
import { ProofNonces } from '../../src/sender/nonce.js';
import { readSecrets } from '../../src/secrets/read-secrets.js';
import { createClock } from '../support/clock.js';

const first = 'the first secret, of 32 bytes or more';
const second = 'the second secret, of 32 bytes or more';
const clock = createClock();
const create = (...secrets: readonly string[]) => new ProofNonces(readSecrets(secrets), clock.now);
const kind = async (nonces: ProofNonces, nonce: unknown, key = 'key-1') =>
  (await nonces.check(nonce, key)).kind;

describe('a nonce that is of no use', () => {
  const nonces = create(first);

  test.each([undefined, null, 7, '', 'a', '.', 'a.b', {}, ['x'], `zzzzzzzzzz.${'A'.repeat(43)}`])(
    '%j',
    async (nonce) => {
      expect(await kind(nonces, nonce)).toBe('unusable');
    },
  );

  test('of another key, also when its own key has used it', async () => {
    const nonce = await nonces.make('key-1');
    expect(await kind(nonces, nonce, 'key-2')).toBe('unusable');
    expect(await kind(nonces, nonce, 'key-1')).toBe('fresh');
    expect(await kind(nonces, nonce, 'key-2')).toBe('unusable');
  });

  test('with another time, another tag or another spelling', async () => {
    const nonce = await nonces.make('key-1');
    const [made = '', tag = ''] = nonce.split('.');
    const later = (Number.parseInt(made, 36) + 1).toString(36);
    expect(await kind(nonces, `${later}.${tag}`)).toBe('unusable');
    expect(await kind(nonces, `${made}.${'A'.repeat(43)}`)).toBe('unusable');
    expect(await kind(nonces, `0${made}.${tag}`)).toBe('unusable');
    expect(await kind(nonces, `${nonce}=`)).toBe('unusable');
  });

  test('with another era, with none or with one that it never had', async () => {
    const nonce = await nonces.make('key-1', 'era-1');
    const [made = '', , tag = ''] = nonce.split('.');
    expect(await kind(nonces, nonce)).toBe('fresh');
    expect(await kind(nonces, `${made}.era-2.${tag}`)).toBe('unusable');
    expect(await kind(nonces, `${made}.${tag}`)).toBe('unusable');
    const [, plain = ''] = (await nonces.make('key-1')).split('.');
    expect(await kind(nonces, `${made}.era-1.${plain}`)).toBe('unusable');
    expect(await kind(nonces, `${made}.${'e'.repeat(65)}.${tag}`)).toBe('unusable');
  });

  test('of a secret that is not in use any more', async () => {
    expect(await kind(create(second), await nonces.make('key-1'))).toBe('unusable');
  });

  test('of a process whose clock is minutes ahead', async () => {
    const ahead = new ProofNonces(readSecrets([first]), () => clock.now() + 120_000);
    expect(await kind(nonces, await ahead.make('key-1'))).toBe('unusable');
  });
});

describe('a nonce that is good', () => {
  test('is so for five minutes, and old after half of them', async () => {
    const nonces = create(first);
    const nonce = await nonces.make('key-1');
    expect(nonce).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/);
    expect(await nonces.check(nonce, 'key-1')).toMatchObject({ kind: 'fresh', isOld: false });
    clock.advance(150);
    expect(await nonces.check(nonce, 'key-1')).toMatchObject({ kind: 'fresh', isOld: true });
    clock.advance(149);
    expect(await kind(nonces, nonce)).toBe('fresh');
    clock.advance(1);
    expect(await kind(nonces, nonce)).toBe('unusable');
  });

  test('is good with every process that has the secret, first or not', async () => {
    const nonce = await create(first).make('key-1');
    expect(await kind(create(first), nonce)).toBe('fresh');
    expect(await kind(create(second, first), nonce)).toBe('fresh');
  });

  test('holds the era that it was made with', async () => {
    const nonces = create(first);
    expect(await nonces.check(await nonces.make('key-1', 'era_1-a'), 'key-1')).toMatchObject({
      era: 'era_1-a',
    });
    expect(await nonces.check(await nonces.make('key-1'), 'key-1')).toMatchObject({ era: '' });
  });

  test('is told at the same moment when it comes again', async () => {
    const nonces = create(first);
    const nonce = await nonces.make('key-1');
    expect(nonces.check(nonce, 'key-1')).toBeInstanceOf(Promise);
    await nonces.check(nonce, 'key-1');
    expect(nonces.check(nonce, 'key-1')).toMatchObject({ kind: 'fresh' });
  });
});
