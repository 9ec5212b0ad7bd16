// More and more live claims of proofs in one process: node --expose-gc claims-child.mjs <steps as JSON>.
// The class is no part of the package's interface, so it is compiled from its source here.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { measureEach } from './memory.mjs';

const source = fileURLToPath(new URL('../../../packages/core/src/sender/proof-claims.ts', import.meta.url));
const { outputFiles } = await build({
  entryPoints: [source],
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
  logLevel: 'error',
});
const { ProofClaims } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`
);

const digest = (text) => createHash('sha256').update(text).digest('base64url');
const longestMs = 600_000;
/** Clients use a key for a while. */
const proofsOfKey = 20;
const measured = 20_000;
const now = Date.now();
const bounds = { maxPerHolder: 1000, maxEntries: 10_000_000, longestMs };
const claimOf = (index) => ({
  holder: digest(`key ${Math.floor(index / proofsOfKey)}`),
  id: digest(`proof ${index}`),
  expiresAt: now + longestMs / 2,
});

/** As many claims as it takes, then some more that are timed; digests are made before. */
async function measure(step) {
  const claims = new ProofClaims(bounds, () => now);
  for (let index = 0; index < step; index++) claims.claim(claimOf(index));
  const count = Math.min(measured, Math.max(2000, step / 10));
  const some = Array.from({ length: count }, (_, index) => claimOf(step + index));
  const nanoseconds = await measureEach(count, (index) => {
    if (claims.claim(some[index]) !== 'claimed') throw new Error('refused');
  });
  return { step, nanoseconds, bytes: claims.bytes / claims.size };
}

for (let warmUp = 0; warmUp < 5; warmUp++) await measure(20_000);
for (const step of JSON.parse(process.argv[2])) process.send(await measure(step));
