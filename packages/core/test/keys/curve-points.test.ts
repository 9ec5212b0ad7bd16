import { expect, test } from 'vitest';
import { getCoordinateSize, isOnCurve } from '../../src/keys/curve-points.js';
import { readBytes } from '../../src/keys/jwk-numbers.js';
import { createKey } from '../support/keys.js';

const curves = [
  ['ES256', 'P-256', 32],
  ['ES384', 'P-384', 48],
  ['ES512', 'P-521', 66],
] as const;

test.each(curves)(
  '[RFC8725-3.4-01] %s: a changed coordinate is not on the curve, a real key is',
  async (alg, curve, size) => {
    for (let round = 0; round < 20; round++) {
      const { x, y } = (await createKey({ alg })).publicJwk as { readonly x: string; readonly y: string };
      const point = [readBytes(x) ?? new Uint8Array(), readBytes(y) ?? new Uint8Array()] as const;
      expect(isOnCurve(curve, ...point)).toBe(true);
      for (const [index, bytes] of point.entries()) {
        const changed = Uint8Array.from(bytes, (byte, at) => (at === round + 8 ? byte ^ 1 : byte));
        expect(
          isOnCurve(
            curve,
            ...((index === 0 ? [changed, point[1]] : [point[0], changed]) as [Uint8Array, Uint8Array]),
          ),
        ).toBe(false);
      }
      expect(isOnCurve(curve, point[1], point[0])).toBe(false);
      for (const [, other] of curves) expect(isOnCurve(other, ...point)).toBe(other === curve);
    }
    expect(getCoordinateSize(curve)).toBe(size);
  },
);

test('[RFC8725-3.4-01] the point at infinity, numbers beyond the field, and other curves are on none', () => {
  const beyond = new Uint8Array(66).fill(255);
  for (const [, curve, size] of curves) {
    expect(isOnCurve(curve, new Uint8Array(size), new Uint8Array(size))).toBe(false);
    expect(isOnCurve(curve, beyond.subarray(0, size), beyond.subarray(0, size))).toBe(false);
  }
  expect(isOnCurve('secp256k1', new Uint8Array(32), new Uint8Array(32))).toBe(false);
  expect(getCoordinateSize('secp256k1')).toBeUndefined();
});
