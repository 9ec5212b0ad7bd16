import { describe, expect, test } from 'vitest';
import { Keyring } from '../../src/secrets/keyring.js';
import { Sealer } from '../../src/secrets/sealer.js';

const secret = (text: string) => () => new TextEncoder().encode(text.padEnd(32, '.'));
const sealer = (secrets: readonly string[], purpose = 'test') =>
  new Sealer(new Keyring(secrets.map((each) => secret(each))), purpose);

describe('what was sealed', () => {
  test('opens at its place, with its secret, for its purpose', async () => {
    const sealed = await sealer(['a']).seal('text with ü', 'here');
    expect(await sealer(['a']).open(sealed, 'here')).toBe('text with ü');
    expect(await sealer(['a']).open(sealed, 'there')).toBeUndefined();
    expect(await sealer(['b']).open(sealed, 'here')).toBeUndefined();
    expect(await sealer(['a'], 'another').open(sealed, 'here')).toBeUndefined();
  });

  test('by the first secret opens with all of them', async () => {
    const sealed = await sealer(['new', 'old']).seal('text', '');
    expect(await sealer(['old', 'new']).open(sealed, '')).toBe('text');
    expect(await sealer(['new']).open(sealed, '')).toBe('text');
    expect(await sealer(['old']).open(sealed, '')).toBeUndefined();
  });

  test('is another text each time', async () => {
    const one = sealer(['a']);
    expect(await one.seal('text', '')).not.toBe(await one.seal('text', ''));
  });

  test('does not open where a single character differs', async () => {
    const one = sealer(['a']);
    const sealed = await one.seal('text', '');
    for (let index = 0; index < sealed.length; index++) {
      const other = sealed[index] === 'A' ? 'B' : 'A';
      expect(await one.open(sealed.slice(0, index) + other + sealed.slice(index + 1), '')).toBeUndefined();
    }
  });

  test.each(['', 'A', '!', 'AAAA', 'A'.repeat(36), 'A'.repeat(40)])(
    'does not open where it is %j',
    async (text) => {
      expect(await sealer(['a']).open(text, '')).toBeUndefined();
    },
  );

  test('needs a secret', async () => {
    await expect(sealer([]).seal('text', '')).rejects.toThrow('no secret');
  });
});
