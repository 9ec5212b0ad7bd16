// Several processes with one Redis: replays, how long a revocation takes, what Redis adds to a request, outages, growth.
// node benchmarks/redis.mjs [--replays=100000] [--requests=20000] [--processes=2] [--soak=0]    (needs redis-server)
// A soak in pieces: node benchmarks/redis.mjs --processes=4 --soak=1000000
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createSigningKey } from './lib/issuer/signing-key.mjs';
import { startIssuer } from './lib/issuer/start-issuer.mjs';

const { values } = parseArgs({
  options: {
    replays: { type: 'string', default: '100000' },
    requests: { type: 'string', default: '20000' },
    processes: { type: 'string', default: '2' },
    soak: { type: 'string', default: '0' },
  },
});
const program = process.env.REDIS_SERVER_PATH ?? 'redis-server';
const resource = 'http://127.0.0.1/mcp';
const key = createSigningKey('ES256', 'redis');
const authorization = await startIssuer([key]);
const child = fileURLToPath(new URL('./lib/redis/server-child.mjs', import.meta.url));
const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

async function startRedis() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const start = async () => {
    const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const chunk of server.stdout) if (/ready to accept/i.test(String(chunk))) break;
    server.stdout.resume();
    return server;
  };
  let server = await start();
  return {
    port,
    freeze: () => server.kill('SIGSTOP'),
    thaw: () => server.kill('SIGCONT'),
    kill: () => server.kill('SIGKILL'),
    restart: async () => (server = await start()),
  };
}

async function startServer(redisPort) {
  const server = fork(child, [authorization.issuer, resource, String(redisPort)], {
    execArgv: ['--expose-gc'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const failed = once(server, 'exit').then(() => Promise.reject(new Error('a server does not start')));
  failed.catch(() => undefined);
  const [{ port }] = await Promise.race([once(server, 'message'), failed]);
  return {
    get: (path, token) => get(port, path, token),
    spent: async () => JSON.parse((await get(port, '/spent')).text),
    stop: async () => {
      server.disconnect();
      await once(server, 'exit');
    },
  };
}

function get(port, path, token) {
  return new Promise((resolve, reject) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    request({ host: '127.0.0.1', port, path, headers, agent }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, text, endedAt: performance.now() }));
    })
      .on('error', reject)
      .end();
  });
}

function sign(subject) {
  const iat = Math.floor(Date.now() / 1000);
  return key.sign({
    iss: authorization.issuer,
    aud: resource,
    sub: subject,
    client_id: 'b',
    iat,
    exp: iat + 3000,
  });
}

/** So many at a time, until all are done. */
async function times(count, atATime, act) {
  let next = 0;
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      while (next < count) await act(next++);
    }),
  );
}

const percentile = (list, share) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const round = (value) => Math.round(value * 10) / 10;

/** Every identifier goes to two processes at the same time, which are other ones each time. */
async function tryReplays(servers, count, prefix = 'r') {
  const outcomes = new Map();
  let passedTwice = 0;
  let unclaimed = 0;
  await times(count, 32, async (index) => {
    const path = `/claim?holder=key-${prefix}-${index % 2000}&id=${index}`;
    const [one, two] = [servers[index % servers.length], servers[(index + 1) % servers.length]];
    const both = await Promise.all([one.get(path), two.get(path)]);
    const claimed = both.filter(({ text }) => text === 'claimed').length;
    if (claimed > 1) passedTwice++;
    if (claimed === 0) unclaimed++;
    for (const { text } of both) outcomes.set(text, (outcomes.get(text) ?? 0) + 1);
  });
  return { count, passedTwice, unclaimed, outcomes: Object.fromEntries(outcomes) };
}

async function measureRevocations(servers, rounds = 20) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const subject = `user-${round}-${process.pid}`;
    const token = await sign(subject);
    const open = servers.map((server) => server.get('/stream', token));
    await delay(100 + Math.random() * 250);
    const started = performance.now();
    await servers[0].get(`/revoke?subject=${subject}`);
    times.push((await Promise.all(open)).map(({ endedAt }) => endedAt - started));
  }
  const [own, others] = [times.map(([first]) => first), times.flatMap(([, ...rest]) => rest)];
  return {
    own: { median: round(percentile(own, 0.5)), slowest: round(Math.max(...own)) },
    others: { median: round(percentile(others, 0.5)), slowest: round(Math.max(...others)) },
  };
}

async function measureCost(server, path, tokens, count) {
  await times(1000, 8, (index) => server.get(path, tokens[index % tokens.length]));
  const before = await server.spent();
  const waits = [];
  await times(count, 8, async (index) => {
    const started = performance.now();
    const { status } = await server.get(path, tokens[index % tokens.length]);
    if (status !== 200) throw new Error(`${path} was answered with ${status}`);
    waits.push(performance.now() - started);
  });
  const after = await server.spent();
  return {
    cpuUs: round(((after.cpuMs - before.cpuMs) * 1000) / count),
    waitMs: { median: round(percentile(waits, 0.5)), p99: round(percentile(waits, 0.99)) },
  };
}

async function tryOutages(redis, servers) {
  const outages = {
    frozen: [() => redis.freeze(), () => redis.thaw()],
    killed: [() => redis.kill(), () => redis.restart()],
  };
  const token = await sign('steady');
  const told = {};
  for (const [name, [begin, end]] of Object.entries(outages)) {
    const waits = [];
    let wrong = 0;
    let running = true;
    const load = Promise.all(
      servers.map(async (server, place) => {
        for (let index = 0; running; index++) {
          const started = performance.now();
          const [bearer, claim] = await Promise.all([
            server.get('/mcp', token),
            server.get(`/claim?holder=outage&id=${name}-${place}-${index}`),
          ]);
          waits.push(performance.now() - started);
          if (bearer.status !== 200 || !['claimed', 'holder-full', 'no answer'].includes(claim.text)) wrong++;
        }
      }),
    );
    await delay(500);
    await begin();
    await delay(2000);
    await end();
    await delay(2000);
    running = false;
    await load;
    told[name] = { requests: waits.length, wrong, slowestMs: round(Math.max(...waits)) };
  }
  told.phases = await Promise.all(servers.map(async (server) => (await server.spent()).phases.length));
  return told;
}

const redis = await startRedis();
const servers = [];
try {
  for (let index = 0; index < Number(values.processes); index++) servers.push(await startServer(redis.port));
  if (Number(values.soak) > 0) {
    const pieces = 10;
    for (let piece = 1; piece <= pieces; piece++) {
      const result = await tryReplays(servers, Math.ceil(Number(values.soak) / pieces / 2), `s${piece}`);
      const heaps = await Promise.all(servers.map(async (server) => round((await server.spent()).heapMb)));
      console.log(`piece ${piece}: ${JSON.stringify(result)}, heaps ${heaps.join(' ')} MB`);
    }
  } else {
    console.log('replays', JSON.stringify(await tryReplays(servers, Number(values.replays))));
    console.log('revocation to open streams, ms', JSON.stringify(await measureRevocations(servers)));
    const alone = await startServer(0);
    const tokens = await Promise.all(['a', 'b', 'c', 'd'].map(sign));
    for (const round of [1, 2]) {
      const count = Number(values.requests);
      for (const path of ['/mcp', '/proof']) {
        for (const [name, server] of [
          ['alone', alone],
          ['with Redis', servers[0]],
        ]) {
          console.log(
            `${path} ${round}, ${name}`,
            JSON.stringify(await measureCost(server, path, tokens, count)),
          );
        }
      }
    }
    await alone.stop();
    console.log('outages', JSON.stringify(await tryOutages(redis, servers)));
  }
} finally {
  for (const server of servers) await server.stop();
  redis.kill();
  await authorization.close?.();
  agent.destroy();
}
process.exit(0);
