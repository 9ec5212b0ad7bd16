// What a shared Redis adds to a request: processor time of a server that shares claims, compared with one that remembers them itself.
// node benchmarks/redis.mjs [--rounds=31] [--requests=1000]    (needs redis-server, or another by REDIS_SERVER_PATH)
// That many processes are one server is shown by tests: npm run soak:redis
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createBoundClient } from './lib/issuer/bound-client.mjs';
import { createSigningKey } from './lib/issuer/signing-key.mjs';
import { startIssuer } from './lib/issuer/start-issuer.mjs';
import { createClaims } from './lib/issuer/tokens.mjs';
import { compareSeries } from './lib/cpu-rounds.mjs';
import { findFreePort } from '../scripts/lib/free-port.mjs';
import { quantile, shuffled } from './lib/rounds.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '31' }, requests: { type: 'string', default: '1000' } },
});
const rounds = Number(values.rounds);
const requests = Number(values.requests);
const program = process.env.REDIS_SERVER_PATH ?? 'redis-server';
const resource = 'http://127.0.0.1/mcp';
const warmups = 3;

async function startRedis() {
  const port = await findFreePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of server.stdout) if (/ready to accept/i.test(String(chunk))) break;
  server.stdout.resume();
  return { port, stop: () => server.kill('SIGKILL') };
}

async function startServer(issuer, redisPort) {
  const path = fileURLToPath(new URL('./lib/redis/server-child.mjs', import.meta.url));
  const server = fork(path, [issuer, resource, String(redisPort)], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const failed = once(server, 'exit').then(() => Promise.reject(new Error('a server does not start')));
  failed.catch(() => undefined);
  const [{ port }] = await Promise.race([once(server, 'message'), failed]);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  return {
    get: (headers) => get(port, agent, headers),
    /** Milliseconds of processor time so far. */
    spent: async () => {
      const answered = once(server, 'message');
      server.send('spent');
      return (await answered)[0].cpuMs;
    },
    stop: async () => {
      agent.destroy();
      server.disconnect();
      await once(server, 'exit');
    },
  };
}

function get(port, agent, headers) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: '/mcp', headers, agent }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({ status: response.statusCode, nonce: response.headers['dpop-nonce'] }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Sends one round of requests, eight at a time, and returns what each took. */
async function sendRound(server, clients, isProven) {
  const before = await server.spent();
  const waits = [];
  let next = 0;
  const work = async () => {
    while (next < requests) {
      const client = clients[next++ % clients.length];
      const headers = isProven
        ? { authorization: `DPoP ${client.token}`, dpop: client.prove(client.nonce) }
        : { authorization: `Bearer ${client.plain}` };
      const started = performance.now();
      const { status, nonce } = await server.get(headers);
      waits.push(performance.now() - started);
      if (nonce !== undefined) client.nonce = nonce;
      if (status !== 200) throw new Error(`a request was answered with ${status}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return { cpu: ((await server.spent()) - before) / requests, waits };
}

async function compare(servers, clientsOf, isProven) {
  const series = Object.fromEntries(Object.keys(servers).map((name) => [name, { cpu: [], waits: [] }]));
  for (let round = 0; round < warmups + rounds; round++) {
    for (const name of shuffled(Object.keys(servers))) {
      const { cpu, waits } = await sendRound(servers[name], clientsOf[name], isProven);
      if (round < warmups) continue;
      series[name].cpu.push(cpu * 1e6);
      series[name].waits.push(...waits);
    }
  }
  for (const { name, nanoseconds, ratio, low, high } of compareSeries(series, 'alone')) {
    const [wait, slow] = [0.5, 0.99].map((share) => quantile(series[name].waits, share).toFixed(2));
    console.log(
      `  ${name.padEnd(10)} ${(nanoseconds / 1000).toFixed(1)} µs of processor time, ${ratio.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)}), answered in ${wait} ms, 99 % in ${slow} ms`,
    );
  }
}

const issuerKey = createSigningKey('ES256', 'redis');
const authorization = await startIssuer([issuerKey], { isSecure: false });
const { issuer } = authorization;
const redis = await startRedis();
const servers = { alone: await startServer(issuer, 0), 'with Redis': await startServer(issuer, redis.port) };
// No key has more live proofs than it may
const clientCount = Math.ceil(((rounds + warmups) * requests) / 800);
const sign = (more) => issuerKey.sign(createClaims(issuer, { aud: resource, ...more }));
try {
  const clientsOf = {};
  for (const [name, server] of Object.entries(servers)) {
    clientsOf[name] = Array.from({ length: clientCount }, () => ({
      ...createBoundClient(sign, { htm: 'GET', htu: resource }),
      plain: sign(),
      nonce: undefined,
    }));
    for (const client of clientsOf[name]) {
      const { nonce } = await server.get({ authorization: `DPoP ${client.token}`, dpop: client.prove() });
      client.nonce = nonce;
    }
  }
  console.log('a bound token seen before, with a new proof');
  await compare(servers, clientsOf, true);
  console.log('a bearer token seen before');
  await compare(servers, clientsOf, false);
} finally {
  for (const server of Object.values(servers)) await server.stop();
  redis.stop();
  await authorization.close();
}
