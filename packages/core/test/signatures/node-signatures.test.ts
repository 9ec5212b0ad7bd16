import type * as crypto from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { verifySignature } from '../../src/signatures/node-signatures.js';
import { encodeJson } from '../support/jwt.js';
import { assemble, createSigner, type Signer, signInput } from './signer.js';

function createToken(signer: Signer): string {
  const input = `${encodeJson({ alg: signer.alg })}.e30`;
  return assemble(input, signInput(signer, input));
}

describe('what takes some hundred microseconds is verified in the same turn, all else waits: by algorithm and size of the key', () => {
  test.each([
    ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'EdDSA', 'Ed25519'].map(
      (alg) => [alg, 2048] as const,
    ),
    ['RS256', 4096] as const,
  ])('%s of %i bits is not waited for', (alg, bits) => {
    const signer = createSigner(alg, bits);
    expect(verifySignature(createToken(signer), signer.jwk, alg)).toBe('signed');
  });

  test.each([
    ['ES384', 2048],
    ['ES512', 2048],
    ['RS256', 4104],
  ])('%s of %i bits is', async (alg, bits) => {
    const signer = createSigner(alg, bits);
    const verdict = verifySignature(createToken(signer), signer.jwk, alg);
    expect(verdict).toBeInstanceOf(Promise);
    expect(await verdict).toBe('signed');
  });
});

describe('what Node throws', () => {
  const faults = { createPublicKey: false, verify: false };

  /** The module as it is loaded by a process whose Node has some of these functions fail at times. */
  async function loadWithFaults(): Promise<typeof verifySignature> {
    vi.doMock('node:crypto', async (importOriginal) => {
      const real = await importOriginal<typeof crypto>();
      const failing =
        (name: keyof typeof faults) =>
        (...args: readonly unknown[]): unknown => {
          if (faults[name]) throw new Error('error:0308010C:digital envelope routines::unsupported');
          return (real[name] as (...args: readonly unknown[]) => unknown)(...args);
        };
      return { ...real, createPublicKey: failing('createPublicKey'), verify: failing('verify') };
    });
    vi.resetModules();
    return (await import('../../src/signatures/node-signatures.js')).verifySignature;
  }

  afterEach(() => {
    vi.doUnmock('node:crypto');
    vi.resetModules();
  });

  test('[RFC8725-3.3-01] while it verifies is nobody’s signature, neither an error nor a good token', async () => {
    const verify = await loadWithFaults();
    const signer = createSigner('ES256');
    const token = createToken(signer);
    expect(verify(token, signer.jwk, 'ES256')).toBe('signed');
    faults.verify = true;
    expect(verify(token, signer.jwk, 'ES256')).toBe('not-signed');
    faults.verify = false;
    expect(verify(token, signer.jwk, 'ES256')).toBe('signed');
  });

  test('[RFC9068-4-07] while it imports a key makes it one that this platform cannot use, and it is not tried again', async () => {
    const verify = await loadWithFaults();
    const signer = createSigner('ES256');
    faults.createPublicKey = true;
    expect(verify(createToken(signer), signer.jwk, 'ES256')).toBe('unusable-key');
    faults.createPublicKey = false;
    expect(verify(createToken(signer), signer.jwk, 'ES256')).toBe('unusable-key');
  });
});
