// Shows one subject more and more distinct tokens: node --expose-gc tokens-child.mjs <subject> <steps as JSON>.
// Tells for each step what a request costs that bears any of them, and what is kept in memory.
import { createSigningKey } from '../issuer/signing-key.mjs';
import { startIssuer } from '../issuer/start-issuer.mjs';
import { createClaims, resource, scope } from '../issuer/tokens.mjs';
import { shuffled } from '../rounds.mjs';
import { inProcessSubjects } from '../subjects/in-process.mjs';
import { measureEach, measureMemory } from './memory.mjs';
import { TokenStore } from './token-store.mjs';

console.warn = () => undefined;
const [name, stepsText] = process.argv.slice(2);
const { create, takes } = inProcessSubjects[name];

// ES256, because a million tokens have to be signed; claims that make them 1 kB
const key = createSigningKey('ES256', 'bench-1');
const issuer = await startIssuer([key]);
const { issuer: identifier, jwksUri } = issuer;
const setup = { issuer: identifier, jwksUri, jwks: [key.jwk], pem: key.pem, alg: key.alg, resource, scope };
const mint = () => key.sign(createClaims(identifier, { entitlements: 'abcdefghij'.repeat(17) }));
const inputOf = (token) => (takes === 'header' ? `Bearer ${token}` : token);

const sampleSize = 10_000;
const sample = new TokenStore(sampleSize, 1400);
const length = mint().length;

// What happens once, whatever the number of tokens: code that gets compiled, keys that get fetched
const other = create(setup);
for (let index = 0; index < 2000; index++) await other(inputOf(mint()));
sample.set(0, mint());
for (let index = 0; index < 20_000; index++) await other(inputOf(sample.at(0)));
const judge = create(setup);
await judge(inputOf(mint()));
const ask = (token) => judge(inputOf(token));

const before = measureMemory();
let seen = 0;
for (const step of JSON.parse(stepsText)) {
  const started = process.hrtime.bigint();
  for (; seen < step; seen++) {
    const token = mint();
    await ask(token);
    // Reservoir sampling: every token seen so far has the same chance to be in the sample
    const place = seen < sampleSize ? seen : Math.floor(Math.random() * (seen + 1));
    if (place < sampleSize) sample.set(place, token);
  }
  const bytes = measureMemory() - before;
  // Without putting back where there are more tokens than requests: a second request would find its token remembered
  const order = shuffled(Array.from({ length: sampleSize }, (_, index) => index % sample.size));
  const nanoseconds = await measureEach(sampleSize, (index) => ask(sample.at(order[index])));
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  process.send({ step, bytes, nanoseconds, length, seconds });
}
process.exit();
