// What open streams that end with their right cost, and when they end, in real time and over real connections.
// node benchmarks/streams.mjs [--streams=10000]    (needs twice as many open files: ulimit -n)
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createSigningKey } from './lib/issuer/signing-key.mjs';
import { startIssuer } from './lib/issuer/start-issuer.mjs';

const { values } = parseArgs({ options: { streams: { type: 'string', default: '10000' } } });
const count = Number(values.streams);
const toleranceSeconds = 5;
const resource = 'http://127.0.0.1/mcp';
const key = createSigningKey('ES256', 'streams');
const authorization = await startIssuer([key], { isSecure: false });
const child = fileURLToPath(new URL('./lib/streams/server-child.mjs', import.meta.url));
const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function sign(index, exp) {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss: authorization.issuer, aud: resource, sub: `user-${index}`, client_id: 'benchmark' };
  return key.sign({ ...claims, scope: 'read', jti: `token-${index}-${exp}`, iat, exp });
}

async function start(isGuarded) {
  const server = fork(child, [authorization.issuer, resource, String(isGuarded)], {
    execArgv: ['--expose-gc'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [{ port }] = await once(server, 'message');
  return {
    port,
    ask: async (task) => {
      server.send({ task });
      const [{ result }] = await once(server, 'message');
      return result;
    },
    stop: async () => {
      server.disconnect();
      await once(server, 'exit');
    },
  };
}

/** Opens the streams a few at a time, and notes when each ends and with what. */
async function openAll(port, exp) {
  const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
  const ends = [];
  const texts = [];
  let gone = () => undefined;
  const allGone = new Promise((resolve) => (gone = resolve));
  const openOne = (index) =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${sign(index, exp)}`, accept: 'text/event-stream' };
      const request = get({ host: '127.0.0.1', port, path: '/mcp', headers, agent }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`answered ${response.statusCode}`));
        let text = '';
        response.once('data', () => resolve(request));
        response.on('data', (chunk) => (text = chunk.toString()));
        response.on('error', () => undefined);
        response.on('end', () => {
          ends.push(Date.now());
          texts.push(text);
          if (ends.length === count) gone();
        });
      });
      request.on('error', reject);
    });
  const requests = [];
  for (let index = 0; index < count; index += 100) {
    const many = Array.from({ length: Math.min(100, count - index) }, (_none, at) => openOne(index + at));
    requests.push(...(await Promise.all(many)));
  }
  return {
    ends,
    allGone,
    texts,
    leave: () => requests.forEach((request) => request.destroy()),
  };
}

const isClean = (texts) => texts.every((text) => /retry: [1-5]\d{3}\n\n$/.test(text));

async function measureMemory(isGuarded) {
  const server = await start(isGuarded);
  const warmUp = await openAll(server.port, Math.floor(Date.now() / 1000) + 3600);
  warmUp.leave();
  await delay(500);
  const before = await server.ask('measure');
  const streams = await openAll(server.port, Math.floor(Date.now() / 1000) + 3601);
  const { heap, open } = await server.ask('measure');
  const cpuBefore = await server.ask('cpu');
  await delay(5000);
  const cpuAfter = await server.ask('cpu');
  const cpuMs = (cpuAfter.user + cpuAfter.system - cpuBefore.user - cpuBefore.system) / 1000;
  return { server, streams, cpuMs, bytes: (heap - before.heap) / open };
}

const plain = await measureMemory(false);
plain.streams.leave();
await plain.server.stop();
const guarded = await measureMemory(true);
console.log(`${count} open streams, a token each`);
console.log(
  `memory: ${plain.bytes.toFixed(0)} bytes of heap each without, ${guarded.bytes.toFixed(0)} with: ${(guarded.bytes - plain.bytes).toFixed(0)} bytes more`,
);
console.log(
  `processor time of 5 seconds in which nothing happens: ${plain.cpuMs.toFixed(0)} ms without, ${guarded.cpuMs.toFixed(0)} ms with`,
);

const began = Date.now();
const { streams, ms } = await guarded.server.ask('revoke');
await guarded.streams.allGone;
console.log(
  `revocation: revoke() took ${ms.toFixed(0)} ms for ${streams}; the last client saw the end after ${Math.max(...guarded.streams.ends) - began} ms; cleanly ended: ${isClean(guarded.streams.texts)}`,
);
await guarded.server.stop();

const again = await start(true);
const exp = Math.ceil(Date.now() / 1000) + Math.ceil(count / 250) + 3;
const expiring = await openAll(again.port, exp);
if (Date.now() > exp * 1000)
  throw new Error('Opening them took longer than their tokens live: a busy machine');
await expiring.allGone;
const ends = expiring.ends.map((at) => at / 1000 - exp).sort((a, b) => a - b);
const perTenth = new Map();
for (const end of ends) perTenth.set(Math.floor(end * 10), (perTenth.get(Math.floor(end * 10)) ?? 0) + 1);
console.log(
  `expiry: they end ${ends[0].toFixed(2)} to ${ends.at(-1).toFixed(2)} s after exp (tolerance ${toleranceSeconds} s), at most ${Math.max(...perTenth.values())} in a tenth of a second; cleanly ended: ${isClean(expiring.texts)}`,
);
await again.stop();
await authorization.close();
