import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifySignature as onNode } from '../../src/signatures/node-signatures.js';
import { findSigner } from '../../src/signatures/find-signer.js';
import { hasSignatureLength } from '../../src/signatures/signature-length.js';
import { verifySignature as withWebCrypto } from '../../src/signatures/web-signatures.js';
import { supportedAlgorithms } from '../../src/token/algorithms.js';
import { encodeJson } from '../support/jwt.js';
import { propertyRuns } from '../support/property.js';
import { malformations } from './malformations.js';
import { assemble, createSigner, type Signer, signInput } from './signer.js';

const pairs = new Map<string, readonly [signer: Signer, stranger: Signer]>();

beforeAll(() => {
  for (const alg of supportedAlgorithms) pairs.set(alg, [createSigner(alg), createSigner(alg)]);
  pairs.set('RS256, 3072 bits', [createSigner('RS256', 3072), createSigner('RS256', 3072)]);
});

async function judgeTwice({ jwk, alg }: Signer, jws: string): Promise<readonly [string, string]> {
  return [await onNode(jws, jwk, alg), await withWebCrypto(jws, jwk, alg)];
}

describe('[RFC8725-3.3-01] node:crypto and WebCrypto say the same', () => {
  // Two tokens in each run
  test('of generated tokens, well signed and malformed in every way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...supportedAlgorithms, 'RS256, 3072 bits'),
        fc.constantFrom(...Object.entries(malformations)),
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        async (name, [, malform], random) => {
          const [signer, stranger] = pairs.get(name) ?? [];
          if (signer === undefined || stranger === undefined) throw new Error(name);
          const input = `${encodeJson({ alg: signer.alg })}.${Buffer.from(random).toString('base64url')}`;
          const signature = signInput(signer, input);
          expect(await judgeTwice(signer, assemble(input, signature))).toEqual(['signed', 'signed']);
          const malformed = malform({ signer, stranger, input, signature, random });
          if (malformed === undefined) return;
          const token = assemble(input, malformed);
          const [node, web] = await judgeTwice(signer, token);
          expect(node).toBe(web);
          if (hasSignatureLength(token, signer.jwk, signer.alg)) expect(node).toBe('not-signed');
          expect(await findSigner(token, [signer.jwk], signer.alg)).toBeUndefined();
        },
      ),
      { numRuns: propertyRuns },
    );
  });

  test.each(supportedAlgorithms)('of every malformation of %s', async (alg) => {
    const [signer, stranger] = pairs.get(alg) ?? [];
    if (signer === undefined || stranger === undefined) throw new Error(alg);
    const input = `${encodeJson({ alg })}.e30`;
    const signature = signInput(signer, input);
    const random = Uint8Array.from({ length: 64 }, (_, index) => 7 * index + 1);
    for (const [how, malform] of Object.entries(malformations)) {
      const malformed = malform({ signer, stranger, input, signature, random });
      if (malformed === undefined) continue;
      const verdicts = await judgeTwice(signer, assemble(input, malformed));
      expect([how, ...verdicts]).toEqual([how, 'not-signed', 'not-signed']);
    }
  });

  test.each(['PS256', 'RS256'])('of a signature without the zero that it begins with: %s', async (alg) => {
    const [signer] = pairs.get(alg) ?? [];
    if (signer === undefined) throw new Error(alg);
    for (let tries = 0; tries < 20_000; tries++) {
      const input = `${encodeJson({ alg })}.${encodeJson({ tries })}`;
      const signature = signInput(signer, input);
      if (signature[0] !== 0) continue;
      const whole = assemble(input, signature);
      const short = assemble(input, signature.subarray(1));
      const [node, web] = await judgeTwice(signer, short);
      expect(node).toBe(web);
      expect(await findSigner(whole, [signer.jwk], alg)).toBe(signer.jwk);
      expect(await findSigner(short, [signer.jwk], alg)).toBeUndefined();
      return;
    }
    expect.unreachable('no signature of 20,000 begins with a zero');
  });

  test('of keys that are of another type, of another curve, or none', async () => {
    const jws = 'eyJhbGciOiJFUzI1NiJ9.e30.AAAA';
    const offCurve = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } as const;
    for (const alg of supportedAlgorithms) {
      const others = [...pairs.values()]
        .map(([{ jwk }]) => jwk)
        .filter(({ kty, crv }) => crv !== pairs.get(alg)?.[0].jwk.crv || kty !== pairs.get(alg)?.[0].jwk.kty);
      for (const jwk of [...others, offCurve, { kty: 'RSA' } as const]) {
        const verdicts = [await onNode(jws, jwk, alg), await withWebCrypto(jws, jwk, alg)];
        expect([alg, jwk.kty, ...verdicts]).toEqual([alg, jwk.kty, 'unusable-key', 'unusable-key']);
      }
    }
  });
});
