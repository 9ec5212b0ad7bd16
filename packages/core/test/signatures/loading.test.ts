import { expect, test, vi } from 'vitest';
import { createInlineKeySource } from '../../src/keys/inline-keys.js';
import { readPublicJwk } from '../../src/keys/public-jwk.js';
import { importVerificationKey } from '../../src/signatures/web-signatures.js';
import { createKey } from '../support/keys.js';
import { generatePem } from '../support/generate-pem.js';

// A process that has no file to open left cannot load a module, which cannot be had on command
let hasFiles = false;
vi.mock('jose/key/import', async (importOriginal) => {
  if (!hasFiles) throw new Error('EMFILE: too many open files');
  return importOriginal();
});

// First of the file: a module that was loaded is never loaded again
test('[RFC9068-4-07] keys, JWK or PEM, that could not be imported in a moment without files are imported in the next', async () => {
  const jwk = readPublicJwk((await createKey()).publicJwk);
  if (typeof jwk === 'string') throw new Error(jwk);
  const source = createInlineKeySource([{ pem: generatePem('ES256').publicKey, alg: 'ES256' }], 'jwks');
  await expect(importVerificationKey(jwk, 'ES256')).rejects.toThrow();
  await expect(source.ready()).rejects.toThrow();
  hasFiles = true;
  expect(await importVerificationKey(jwk, 'ES256')).toMatchObject({ type: 'public' });
  expect(await source.lookup({ kid: undefined, alg: 'ES256' })).toMatchObject({ kind: 'found' });
});

test('[RFC9068-4-07] a key is imported once for each algorithm, and one that the platform refuses is not tried again', async () => {
  const jwk = readPublicJwk((await createKey({ alg: 'RS256', published: { alg: undefined } })).publicJwk);
  if (typeof jwk === 'string') throw new Error(jwk);
  const key = await importVerificationKey(jwk, 'RS256');
  expect(key).toMatchObject({ type: 'public' });
  expect(importVerificationKey(jwk, 'RS256')).toBe(key);
  expect(await importVerificationKey(jwk, 'RS512')).not.toBe(key);
  const offCurve = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } as const;
  const refused = importVerificationKey(offCurve, 'ES256');
  expect(await refused).toBeUndefined();
  expect(importVerificationKey(offCurve, 'ES256')).toBe(refused);
});
