// What open streams cost on each framework, by how many are open: memory of each, and processor time of an event that one of them gets.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { compareSeries } from '../lib/cpu-rounds.mjs';
import { createSigningKey } from '../lib/issuer/signing-key.mjs';
import { startIssuer } from '../lib/issuer/start-issuer.mjs';
import { createClaims, resource, scope } from '../lib/issuer/tokens.mjs';
import { duration } from '../lib/report.mjs';
import { median, shuffled } from '../lib/rounds.mjs';
import { bare, self } from '../lib/subjects/http/names.mjs';

const frameworks = { express: 'Express', fastify: 'Fastify', hono: 'Hono' };

/** A process that does what it is asked, one thing after the other. */
async function startChild(program, options, execArgv = []) {
  const path = fileURLToPath(new URL(`../lib/streams/${program}.mjs`, import.meta.url));
  const child = fork(path, options, { execArgv });
  const [ready] = await once(child, 'message');
  return {
    ready,
    async ask(task, value) {
      child.send({ task, value });
      const [{ result }] = await once(child, 'message');
      return result;
    },
    async stop() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

async function startServer(framework, name, setup) {
  const options = [framework, String(name === self), JSON.stringify(setup)];
  const server = await startChild('sse-child', options, ['--expose-gc']);
  const clients = await startChild('client-child', [String(server.ready.port)]);
  return {
    ask: server.ask,
    clients,
    async stop() {
      await clients.stop();
      await server.stop();
    },
  };
}

/** Until the server has noticed that everybody left. */
async function waitForEnd(server) {
  for (let tries = 0; (await server.ask('measure')).open > 0; tries++)
    if (tries === 100) throw new Error('Streams that were closed stay open');
}

/** Opens streams at each server; tells what each weighs, and what an event costs. */
async function measureOpen(servers, bearers, { events, rounds }) {
  const count = bearers.length;
  const bytes = {};
  for (const [name, server] of Object.entries(servers)) {
    // Once before, so that what is remembered of their tokens is not taken for a part of the streams
    await server.clients.ask('open', bearers);
    await server.clients.ask('close');
    await waitForEnd(server);
    const before = await server.ask('measure');
    await server.clients.ask('open', bearers);
    bytes[name] = ((await server.ask('measure')).bytes - before.bytes) / count;
  }
  const series = Object.fromEntries(Object.keys(servers).map((name) => [name, { cpu: [] }]));
  const told = Object.fromEntries(Object.keys(servers).map((name) => [name, 1]));
  for (let round = -1; round < rounds; round++) {
    for (const name of shuffled(Object.keys(servers))) {
      const before = await servers[name].ask('cpu');
      await servers[name].ask('tell', events);
      told[name] += events;
      await servers[name].clients.ask('received', told[name] * count);
      const cpu = (await servers[name].ask('cpu')) - before;
      if (round >= 0) series[name].cpu.push(cpu / events / count);
    }
  }
  for (const server of Object.values(servers)) {
    await server.clients.ask('close');
    await waitForEnd(server);
  }
  return compareSeries(series, bare).map((measured) => ({ ...measured, bytes: bytes[measured.name] }));
}

/** Runs the suite. */
export async function run({ quick, report }) {
  const steps = quick ? [100, 1000] : [100, 1000, 10_000];
  const key = createSigningKey('ES256', 'bench-1');
  const issuer = await startIssuer([key]);
  const setup = { issuer: issuer.issuer, resource, scope };
  const bearers = Array.from(
    { length: steps.at(-1) },
    () => `Bearer ${key.sign(createClaims(issuer.issuer))}`,
  );
  const grown = [];
  const weights = [];
  for (const [framework, title] of Object.entries(frameworks)) {
    const servers = {};
    for (const name of [bare, self]) servers[name] = await startServer(framework, name, setup);
    try {
      // Code that gets compiled, and buffers that stay
      await measureOpen(servers, bearers.slice(0, 200), { events: 20, rounds: 2 });
      const found = [];
      for (const count of steps) {
        const events = Math.ceil((quick ? 10_000 : 40_000) / count);
        found.push({
          count,
          measured: await measureOpen(servers, bearers.slice(0, count), { events, rounds: quick ? 5 : 9 }),
        });
      }
      const of = ({ measured }, wanted) => measured.find(({ name }) => name === wanted);
      report.table(`${title}: streams that stay open, each with a token of its own`, [
        ['open', 'memory of a stream, without', 'with', 'an event, without', 'with', 'ratio'],
        ...found.map((step) => [
          step.count.toLocaleString('en-US'),
          `${(of(step, bare).bytes / 1000).toFixed(1)} kB`,
          `${(of(step, self).bytes / 1000).toFixed(1)} kB`,
          duration(of(step, bare).nanoseconds),
          duration(of(step, self).nanoseconds),
          of(step, self).ratio.toFixed(2),
        ]),
      ]);
      report.figures[framework] = found;
      const [first, last] = [found[0], found.at(-1)];
      grown.push(of(last, self).ratio / of(first, self).ratio);
      weights.push((of(last, self).bytes - of(last, bare).bytes) / 1000);
    } finally {
      await Promise.all(Object.values(servers).map((server) => server.stop()));
    }
  }
  await issuer.close();
  const most = steps.at(-1).toLocaleString('en-US');
  report.promises.push(
    {
      what: `an event of one of ${most} open streams, compared with one of 100; median of the frameworks, what they take themselves aside`,
      value: median(grown),
      atMost: 1.2,
    },
    {
      what: `memory of one of ${most} open streams, beyond what the framework takes; the most of all frameworks`,
      value: Math.max(...weights),
      atMost: 1.25,
      unit: 'kB',
    },
  );
}
