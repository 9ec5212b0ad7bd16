// What a client without a token can cost the others, in real time and over real connections, on each adapter.
// node benchmarks/floods.mjs [--seconds=20] [express|fastify|hono]
import { parseArgs } from 'node:util';
import { manners, startAuthorizationServer } from './lib/floods/authorization-server.mjs';
import { servers } from './lib/floods/servers.mjs';

process.env.NODE_ENV = 'production';
const resource = 'http://127.0.0.1/mcp';
const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string', default: '20' } },
  allowPositionals: true,
});
const seconds = Number(values.seconds);
const adapters = positionals.length === 0 ? Object.keys(servers) : positionals;
const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let made = 0;
const opaque = () => `made-up-${made++}`;

/** Begins something a number of times a second, and waits for nothing but the end. */
async function everySecond(rate, forSeconds, send) {
  const results = [];
  const end = performance.now() + forSeconds * 1000;
  for (let count = 0; performance.now() < end; count++) {
    results.push(send(count));
    await delay(Math.max(0, end - forSeconds * 1000 + ((count + 1) * 1000) / rate - performance.now()));
  }
  return Promise.all(results);
}

async function withServer(adapter, run) {
  const authorization = await startAuthorizationServer();
  const server = await servers[adapter]({
    resource,
    authorizationServers: [
      {
        issuer: authorization.issuer,
        introspection: {
          clientAuthentication: { method: 'client_secret_basic', clientId: 'mcp', clientSecret: 'secret' },
        },
      },
    ],
  });
  const ask = async (path, token) => {
    const began = performance.now();
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    await response.body?.cancel();
    return { status: response.status, ms: performance.now() - began };
  };
  try {
    await run({ authorization, ask });
  } finally {
    await server.close();
    await authorization.close();
  }
}

function describe(results) {
  const passed = results.filter(({ status }) => status === 200).length;
  const times = results.map(({ ms }) => ms).sort((a, b) => a - b);
  const others = [...new Set(results.map(({ status }) => status))].filter((status) => status !== 200);
  const share = ((100 * passed) / results.length).toFixed(1);
  const said = others.length === 0 ? '' : `, others told ${others.join(', ')}`;
  return `${share} % of ${results.length} pass${said}, 99th percentile ${times[Math.floor(times.length * 0.99)].toFixed(0)} ms`;
}

for (const adapter of adapters) {
  console.log(`\n${adapter}`);
  for (const [manner, rate] of [
    ...Object.keys(manners).map((name) => [name, 12]),
    ['active: false after 20 ms', 500],
  ]) {
    await withServer(adapter, async ({ authorization, ask }) => {
      const tokens = Array.from({ length: 20 }, (_, index) => `honest-${index}`);
      for (const token of tokens) {
        authorization.opaque(token, resource);
        await ask('/opaque', token);
      }
      authorization.answerUnknown(manner);
      const before = authorization.counts.introspection;
      const [honest] = await Promise.all([
        everySecond(20, seconds, (count) => ask('/opaque', tokens[count % tokens.length])),
        everySecond(rate, seconds, () => ask('/opaque', opaque())),
      ]);
      const calls = (authorization.counts.introspection - before - honest.length) / seconds;
      console.log(
        `  ${rate} made-up opaque tokens a second, answered with ${manner}: of those active before ${describe(honest)}; ${calls.toFixed(1)} calls a second about others`,
      );
    });
  }
  for (const rate of [0.2, 100]) {
    await withServer(adapter, async ({ authorization, ask }) => {
      await ask('/jwt', await authorization.jwt(resource));
      const flood = everySecond(rate, seconds, async (count) =>
        ask('/jwt', await authorization.jwt(resource, { kid: `made-up-${count}` })),
      );
      await delay(2000);
      await authorization.rotate();
      const token = await authorization.jwt(resource);
      const began = performance.now();
      const before = authorization.counts.keys;
      const told = new Set();
      for (let tries = 0; tries < 600; tries++) {
        const { status } = await ask('/jwt', token);
        if (status === 200) break;
        told.add(status);
        await delay(100);
      }
      const took = ((performance.now() - began) / 1000).toFixed(1);
      await flood;
      console.log(
        `  ${rate} made-up key ids a second: a new key passes after ${took} s, until then ${[...told].join(', ') || 'nothing'}; ${authorization.counts.keys - before} fetches in ${seconds} s`,
      );
    });
  }
  await withServer(adapter, async ({ authorization, ask }) => {
    authorization.setDown(true);
    const token = await authorization.jwt(resource);
    await everySecond(20, seconds, () => ask('/jwt', token));
    authorization.setDown(false);
    const began = performance.now();
    for (let tries = 0; tries < 600 && (await ask('/jwt', token)).status !== 200; tries++) await delay(50);
    console.log(
      `  an authorization server that was away for ${seconds} s from the start: a good token passes ${((performance.now() - began) / 1000).toFixed(1)} s after its return`,
    );
  });
}
