// More and more resources in one process: node --expose-gc resources-child.mjs <steps as JSON>.
import { ResourceServer } from '@mcp-auth/core/adapter';
import { NodeRequestHead } from '@mcp-auth/core/node';
import { createSigningKey } from '../issuer/signing-key.mjs';
import { startIssuer } from '../issuer/start-issuer.mjs';
import { createClaims } from '../issuer/tokens.mjs';
import { measureEach, measureMemory } from './memory.mjs';

const key = createSigningKey('ES256', 'bench-1');
const { issuer, close } = await startIssuer([key]);
console.warn = () => undefined;
const headOf = (url, authorization) =>
  new NodeRequestHead({
    ...{ method: 'GET', url, headers: { host: 'mcp.example.com', authorization } },
    rawHeaders: ['authorization', authorization ?? ''],
  });

function build(count) {
  const identifiers = Array.from({ length: count }, (_, index) => `https://mcp.example.com/mcp/${index}`);
  const server = new ResourceServer({
    protectedResources: identifiers.map((resource) => ({
      metadata: { resource, authorizationServers: [{ issuer }] },
    })),
  });
  const gates = identifiers.map((resource) =>
    server.createGate('jwt', { resource, requiredScopes: ['notes:read'] }),
  );
  return { identifiers, server, gates };
}

async function measure(count, requests) {
  const before = measureMemory();
  const started = process.cpuUsage();
  const { identifiers, server, gates } = build(count);
  const { user, system } = process.cpuUsage(started);
  const bytes = measureMemory() - before;
  const tokens = identifiers.map((resource) =>
    Buffer.from(`Bearer ${key.sign(createClaims(issuer, { aud: resource }))}`),
  );
  const authenticate = async (index) => {
    const decision = await gates[index].authenticate(headOf('/mcp', tokens[index].latin1Slice()));
    if (decision.kind !== 'allow') throw new Error(`refused with ${decision.status}`);
  };
  for (let index = 0; index < count; index++) await authenticate(index);
  const place = () => Math.floor(Math.random() * count);
  const nanoseconds = await measureEach(requests, () => {
    const index = place();
    return gates[index].authenticate(headOf('/mcp', tokens[index].latin1Slice()));
  });
  const metadata = await measureEach(requests, () =>
    server.metadataEndpoint.answer(headOf(`/.well-known/oauth-protected-resource/mcp/${place()}`)),
  );
  return { step: count, bytes, nanoseconds, metadata, setUp: (user + system) * 1000 };
}

const [steps, requests] = JSON.parse(process.argv[2]);
await measure(steps[0], requests);
for (const step of steps) process.send(await measure(step, requests));
await close();
process.exit();
