import { describe, expect, test } from 'vitest';
import { createKeyVerifier, hashKey, matchKeyHash } from '../../src/index.js';
import { configError } from '../support/config-error.js';

const keys = ['sk_one-0000-1111-2222', 'sk_two-0000-1111-2222', 'sk_three-0000-1111-222'];
const digests = await Promise.all(keys.map(hashKey));

describe('a key that nobody issued', () => {
  test.each([
    ['another one', 'sk_four-0000-1111-2222'],
    ['the digest itself', digests[0] ?? ''],
    ['nothing', ''],
    ['one with a character more', `${keys[0] ?? ''}x`],
    ['one with a character less', (keys[0] ?? '').slice(0, -1)],
  ])('matches no digest: %s', async (_title, key) => {
    expect(await matchKeyHash(key, digests)).toBeUndefined();
  });

  test('matches none of no digests', async () => {
    expect(await matchKeyHash(keys[0] ?? '', [])).toBeUndefined();
  });

  test('matches no digest that differs in a single bit, wherever it stands', async () => {
    const [own = ''] = digests;
    for (let at = 0; at < 64; at++) {
      const digit = (Number.parseInt(own[at] ?? '0', 16) ^ 1).toString(16);
      const flipped = own.slice(0, at) + digit + own.slice(at + 1);
      expect(await matchKeyHash(keys[0] ?? '', [flipped])).toBeUndefined();
    }
  });
});

describe('a list of digests is refused', () => {
  test.each([
    ['the key instead of its digest', keys[0]],
    ['a digest of another length', 'ab'.repeat(31)],
    ['digits that are none', 'zz'.repeat(32)],
    ['base64', 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg='],
    ['nothing', undefined],
  ])('for %s, and what came is not shown', async (_title, sha256) => {
    const error = configError(() => createKeyVerifier([{ sha256: sha256 as string, subject: 'a' }]));
    expect(error).toMatchObject({ code: 'invalid_option', path: 'keys[0].sha256' });
    expect(error.message).toContain('as hashKey() returns it');
    if (sha256 !== undefined) expect(error.message).not.toContain(sha256);
    await expect(matchKeyHash('x', [sha256 as string])).rejects.toThrow('64 hexadecimal digits');
  });

  test('for one digest under two owners', () => {
    const sha256 = digests[0] ?? '';
    const twice = [
      { sha256, subject: 'a' },
      { sha256: sha256.toUpperCase(), subject: 'b' },
    ];
    expect(configError(() => createKeyVerifier(twice)).message).toContain(
      'nobody could say whose the key is',
    );
  });

  test.each([[undefined], [{}], ['keys']])('for %j instead of a list', (list) => {
    expect(configError(() => createKeyVerifier(list as never)).path).toBe('keys');
  });

  test.each([
    [{ key: 'sk_the-plain-key-itself' }, 'keys[0].key', 'Write sha256'],
    [{ scope: 'a' }, 'keys[0].scope', 'Write scopes'],
    [{ subject: '' }, 'keys[0].subject', 'non-empty'],
    [{ subject: undefined }, 'keys[0].subject', 'whose key it is'],
    [{ clientId: 7 }, 'keys[0].clientId', 'non-empty'],
    [{ scopes: 'a b' }, 'keys[0].scopes', 'write ["notes:read"'],
    [{ scopes: ['a b'] }, 'keys[0].scopes', 'without spaces'],
    [{ expiresAt: '2027' }, 'keys[0].expiresAt', 'seconds'],
    [{ audience: [''] }, 'keys[0].audience', 'non-empty'],
    [{ claims: 'x' }, 'keys[0].claims', 'object'],
  ])('for %j in an entry, which would open too little or too much', (wrong, path, words) => {
    const entry = { sha256: digests[0], subject: 'a', ...wrong };
    const error = configError(() => createKeyVerifier([entry] as never));
    expect(error.path).toBe(path);
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('sk_the');
  });

  test('for an entry that is no object', () => {
    expect(configError(() => createKeyVerifier(['x'] as never)).path).toBe('keys[0]');
  });
});

describe('a key that was issued', () => {
  test('is found by its digest, wherever it stands, in any case of the digits', async () => {
    for (const [index, key] of keys.entries()) {
      expect(await matchKeyHash(key, digests)).toBe(index);
      expect(
        await matchKeyHash(
          key,
          digests.map((digest) => digest.toUpperCase()),
        ),
      ).toBe(index);
    }
  });

  test('tells whose it is, without its digest', async () => {
    const verify = createKeyVerifier(
      digests.map((sha256, index) => ({ sha256, subject: `owner-${index}`, scopes: ['a'] })),
    );
    expect(await verify(keys[1] ?? '')).toEqual({ subject: 'owner-1', scopes: ['a'] });
    expect(await verify('sk_four-0000-1111-2222')).toBeUndefined();
  });

  test('is hashed as FIPS 180-4 says', async () => {
    expect(await hashKey('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
