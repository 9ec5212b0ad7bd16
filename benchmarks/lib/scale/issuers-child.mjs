// More and more issuers that one resource trusts, each discovered: node --expose-gc issuers-child.mjs <steps as JSON>.
import { setTimeout as delay } from 'node:timers/promises';
import { ResourceServer } from '@mcp-auth/core/adapter';
import { NodeRequestHead } from '@mcp-auth/core/node';
import { createSigningKey } from '../issuer/signing-key.mjs';
import { startTenants } from '../issuer/start-issuer.mjs';
import { createClaims, resource, scope } from '../issuer/tokens.mjs';
import { measureEach, measureMemory } from './memory.mjs';

const headOf = (authorization) =>
  new NodeRequestHead({
    ...{ method: 'POST', url: '/mcp', headers: { authorization } },
    rawHeaders: ['authorization', authorization],
  });

/** Issuers run in this very process, and all are asked at once: on a busy machine one may be late the first time. */
async function waitUntilAllowed(ask) {
  for (let tries = 0; tries < 20; tries++) {
    const { kind } = await ask();
    if (kind === 'allow') return;
    await delay(1000);
  }
  throw new Error('refused');
}

async function measure(count, requests) {
  const keys = Array.from({ length: count }, (_, index) => createSigningKey('ES256', `key-${index}`));
  const tenants = await startTenants(keys);
  const issuers = tenants.issuers.map((issuer, index) => ({ issuer, key: keys[index] }));
  const mint = ({ issuer, key }) => Buffer.from(`Bearer ${key.sign(createClaims(issuer))}`);
  const tokens = issuers.map(mint);
  const firstTokens = Array.from({ length: Math.max(count, 500) }, (_, index) =>
    mint(issuers[index % count]),
  );
  const before = measureMemory();
  const server = new ResourceServer({ resource, authorizationServers: tenants.issuers });
  const gate = server.createGate({ requiredScopes: [scope] });
  for (const token of tokens) await waitUntilAllowed(() => gate.authenticate(headOf(token.latin1Slice())));
  // Documents and keys too, which every issuer has been asked for by now
  const bytes = measureMemory() - before;
  const nanoseconds = await measureEach(requests, () =>
    gate.authenticate(headOf(tokens[Math.floor(Math.random() * count)].latin1Slice())),
  );
  const firstSight = await measureEach(firstTokens.length, (index) =>
    gate.authenticate(headOf(firstTokens[index].latin1Slice())),
  );
  await tenants.close();
  return { step: count, bytes, nanoseconds, firstSight };
}

console.warn = () => undefined;
const [steps, requests] = JSON.parse(process.argv[2]);
await measure(steps[0], requests);
for (const step of steps) process.send(await measure(step, requests));
process.exit();
