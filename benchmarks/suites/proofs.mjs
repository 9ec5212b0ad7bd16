// What proofs of possession cost (DPoP): a request with a token seen before and a proof that nobody has seen, and what is kept of it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ResourceServer } from '@mcp-auth/core/adapter';
import { compareCpu } from '../lib/cpu-rounds.mjs';
import { createBoundClient } from '../lib/issuer/bound-client.mjs';
import { createClaims } from '../lib/issuer/tokens.mjs';
import { createSigningKey } from '../lib/issuer/signing-key.mjs';
import { startIssuer } from '../lib/issuer/start-issuer.mjs';
import { duration } from '../lib/report.mjs';
import { createBareVerify } from '../lib/subjects/in-process.mjs';

const origin = 'https://mcp.example.com';
const resource = `${origin}/mcp`;
const bare = 'crypto.verify of the proof, bare';
const self = 'a bound token seen before, a new proof';
const bearer = 'a bearer token seen before';

/** A client, and what it sends. */
function createClient(issuerKey, issuer) {
  const client = createBoundClient((binding) => issuerKey.sign(createClaims(issuer, binding)), {
    htu: resource,
  });
  return { ...client, authorization: Buffer.from(`DPoP ${client.token}`) };
}

/** A request whose headers come as new strings, as from an HTTP parser. */
const headOf = (authorization, proof) => ({
  method: 'POST',
  target: '/mcp',
  host: 'mcp.example.com',
  rawHeaders: undefined,
  header: (name) =>
    name === 'authorization'
      ? authorization.latin1Slice()
      : name === 'dpop'
        ? proof?.latin1Slice()
        : undefined,
});

async function measureProofs({ rounds, batch, warmups }) {
  const issuerKey = createSigningKey('RS256', 'bench-1');
  const { issuer, close } = await startIssuer([issuerKey]);
  const server = new ResourceServer({
    protectedResources: [
      { metadata: { resource, authorizationServers: [{ issuer }] }, dpop: { mode: 'dpop-optional' } },
    ],
    // More than clients need: all of these come in a few seconds
    proofs: { maxPerKey: 60_000 },
  });
  const gate = server.createGate('jwt', { requiredScopes: ['notes:read'] });
  const ask = async (authorization, proof) => {
    const decision = await gate.authenticate(headOf(authorization, proof));
    if (decision.kind !== 'allow') throw new Error(`refused: ${decision.status} ${decision.body}`);
  };
  const clients = Array.from({ length: 16 }, () => createClient(issuerKey, issuer));
  const plain = clients.map(() => Buffer.from(`Bearer ${issuerKey.sign(createClaims(issuer))}`));
  const proofs = Array.from({ length: rounds + warmups }, () =>
    Array.from({ length: batch }, (_, index) => clients[index % clients.length].prove()),
  );
  const received = proofs.map((some) => some.map((proof) => Buffer.from(proof)));
  const checks = proofs.map((some) =>
    some.map((proof, index) => createBareVerify(clients[index % clients.length].key, proof)),
  );
  const contenders = {
    [bare]: {
      operations: batch,
      work: (round) => {
        for (const check of checks[round]) check();
      },
    },
    [self]: {
      operations: batch,
      work: async (round) => {
        for (const [index, proof] of received[round].entries())
          await ask(clients[index % clients.length].authorization, proof);
      },
    },
    [bearer]: {
      operations: batch,
      work: async () => {
        for (let index = 0; index < batch; index++) await ask(plain[index % plain.length]);
      },
    },
  };
  const found = await compareCpu(contenders, { baseline: bare, rounds, warmups });
  await close();
  return found;
}

async function measureClaims(quick, report) {
  const steps = quick ? [1000, 100_000] : [1000, 10_000, 100_000, 1_000_000];
  const path = fileURLToPath(new URL('../lib/scale/claims-child.mjs', import.meta.url));
  const child = fork(path, [JSON.stringify(steps)], { execArgv: ['--expose-gc'] });
  const found = [];
  child.on('message', (step) => found.push(step));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('claims-child fails');
  report.table('Proofs that are remembered, in the memory of one process', [
    ['live', 'processor time of one more', 'memory of each'],
    ...found.map(({ step, nanoseconds, bytes }) => [
      step.toLocaleString('en-US'),
      duration(nanoseconds),
      `${bytes.toFixed(0)} bytes`,
    ]),
  ]);
  const last = found.at(-1);
  const live = last.step.toLocaleString('en-US');
  report.promises.push(
    { what: `remembering a proof, with ${live} live`, value: last.nanoseconds / 1000, atMost: 2, unit: 'µs' },
    {
      what: `memory of a remembered proof, with ${live} live`,
      value: last.bytes,
      atMost: 150,
      unit: 'bytes',
    },
  );
}

/** Runs the suite. */
export async function run({ quick, report }) {
  const found = await measureProofs(
    // Compilers wait for a path that has run often
    quick ? { rounds: 25, batch: 150, warmups: 20 } : { rounds: 41, batch: 400, warmups: 50 },
  );
  report.comparison('One request with a proof of an ES256 key', found, 'processor time');
  report.figures.proofs = found;
  report.promises.push({
    what: 'a bound token seen before with a new ES256 proof: processor time, compared with one crypto.verify',
    value: found.find(({ name }) => name === self).ratio,
    atMost: 1.15,
  });
  await measureClaims(quick, report);
}
