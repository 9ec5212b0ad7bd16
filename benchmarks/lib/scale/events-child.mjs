// A day of requests in a minute: node --expose-gc events-child.mjs <listener> <file> <steps as JSON>.
// Tells for each step what is kept in memory. Callers, clients, names of operations, issuers and codes keep changing.
import { createSigningKey } from '../issuer/signing-key.mjs';
import { createClaims, resource, scope } from '../issuer/tokens.mjs';
import { createInlineSubject } from '../subjects/in-process.mjs';
import { listeners } from '../subjects/listeners.mjs';
import { measureMemory } from './memory.mjs';

for (const method of ['warn', 'error', 'info']) console[method] = () => undefined;
const [name, file, steps] = process.argv.slice(2);
const issuer = 'https://issuer.example.com';
const key = createSigningKey('ES256', 'bench-1');
const setup = { issuer, jwks: [key.jwk], resource, scope };
// No cache: that tokens are kept is measured elsewhere
const judge = createInlineSubject({ ...listeners[name](file), cache: false }).create(setup);

const pool = Array.from({ length: 2000 }, (_, index) =>
  key.sign(createClaims(issuer, { sub: `user-${index}`, client_id: `client-${index}`, jti: `id-${index}` })),
);
const denied = [
  (index) => key.sign(createClaims(`https://other-${index}.example.com`)),
  (index) => key.sign(createClaims(issuer, { aud: `https://other-${index}.example.com` })),
  (index) => key.sign(createClaims(issuer, { scope: `scope-${index}`, client_id: `made-up-${index}` })),
  (index) => `made-up-${index}`,
];

let asked = 0;
for (const step of JSON.parse(steps)) {
  for (; asked < step; asked++) {
    const token = asked % 5 === 4 ? denied[(asked / 5) & 3](asked) : pool[asked % pool.length];
    try {
      await judge(`Bearer ${token}`);
    } catch {
      // Denied, as it is meant to be
    }
  }
  process.send({ step, bytes: measureMemory() });
}
process.exit();
