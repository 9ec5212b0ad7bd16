import { describe, expect, test } from 'vitest';
import { readPublicJwk } from '../../src/keys/public-jwk.js';
import { remoteKeys } from '../support/remote-keys.js';

/** Encodings of points whose order divides 8, canonical and not. */
const smallPoints = [
  `01${'00'.repeat(31)}`,
  '00'.repeat(32),
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
];

test.each(smallPoints)(
  '[RFC8725-3.4-01] a point of small order is no key, whatever its sign: %s',
  (point) => {
    for (const sign of [0x00, 0x80]) {
      const bytes = Buffer.from(point, 'hex');
      bytes[31] = (bytes[31] ?? 0) | sign;
      const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') };
      expect(readPublicJwk(jwk)).toBe('weak-okp');
    }
  },
);

describe('[RFC9068-4-07] a key that was rotated while the key set was being fetched again', () => {
  test('is found by a fetch of its own, and nobody is told before that it is unknown', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    const former = issuer.key;
    await ask(former);
    let answer: (response: Response) => void = () => undefined;
    issuer.overrides.set('/jwks', () => new Promise((resolve) => (answer = resolve)));
    const stranger = ask('nobody’s');
    await new Promise((resolve) => setImmediate(resolve));
    issuer.overrides.delete('/jwks');
    const key = await issuer.rotate();
    const late = ask(key);
    answer(Response.json({ keys: [former.publicJwk] }));
    expect(await Promise.all([stranger, late])).toEqual(['unknown', 'unavailable']);
    clock.advance(5);
    expect(await ask(key)).toBe('found');
    expect(issuer.keySetRequests).toBe(3);
  });
});
