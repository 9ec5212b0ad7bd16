// What it costs that the owner hears of requests: with nobody who listens, with the log, a listener, OpenTelemetry, an audit log.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { calibrateCalls, compareCpu, compareSeries } from '../lib/cpu-rounds.mjs';
import { createRequest } from '../lib/http/load.mjs';
import { startServer } from '../lib/http/start-server.mjs';
import { createSigningKey } from '../lib/issuer/signing-key.mjs';
import { createClaims, resource, scope } from '../lib/issuer/tokens.mjs';
import { shuffled } from '../lib/rounds.mjs';
import { createInlineSubject } from '../lib/subjects/in-process.mjs';
import { byDefault, listeners, listening, recording, silent } from '../lib/subjects/listeners.mjs';

const issuer = 'https://issuer.example.com';

/** Remembered tokens, which cost the least, so that what is added weighs the most. */
async function measureInProcess({ setup, key, file, rounds, milliseconds }) {
  const bytes = Array.from({ length: 16 }, () => Buffer.from(`Bearer ${key.sign(createClaims(issuer))}`));
  const contenders = {};
  for (const [name, create] of Object.entries(listeners)) {
    const judge = createInlineSubject(create(file)).create(setup);
    const work = async (calls) => {
      for (let index = 0; index < calls; index++) {
        const decision = judge(bytes[index % 16].latin1Slice());
        if (decision instanceof Promise) await decision;
      }
    };
    const operations = await calibrateCalls(work, milliseconds);
    contenders[name] = { operations, work: () => work(operations) };
  }
  return compareCpu(contenders, { baseline: silent, rounds });
}

async function measureOnFastify({ setup, key, file, rounds, batch }) {
  const requests = Array.from({ length: 16 }, () =>
    createRequest(`Bearer ${key.sign(createClaims(issuer))}`),
  );
  const servers = {};
  try {
    for (const name of Object.keys(listeners)) {
      servers[name] = await startServer('fastify-listeners', name, { ...setup, file });
      await servers[name].measure(4 * batch, (index) => requests[index % 16]);
    }
    const series = Object.fromEntries(Object.keys(servers).map((name) => [name, { cpu: [] }]));
    for (let round = 0; round < rounds; round++) {
      for (const name of shuffled(Object.keys(servers))) {
        const { cpu, statuses } = await servers[name].measure(batch, (index) => requests[index % 16]);
        if (statuses.get(200) !== batch) throw new Error(`${name} refused requests`);
        series[name].cpu.push(cpu);
      }
    }
    return compareSeries(series, silent);
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
  }
}

/** Memory that is kept after a share of the requests and after all: a day of callers, clients, routes and mistakes. */
async function measureGrowth(name, file, steps) {
  const child = fork(
    fileURLToPath(new URL('../lib/scale/events-child.mjs', import.meta.url)),
    [name, file, JSON.stringify(steps)],
    { execArgv: ['--expose-gc'] },
  );
  const found = [];
  child.on('message', (step) => found.push(step));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`events-child fails with ${name}`);
  return found;
}

/** Runs the suite. */
export async function run({ quick, report }) {
  const folder = await mkdtemp(join(tmpdir(), 'mcp-auth-bench-'));
  const key = createSigningKey('ES256', 'bench-1');
  const setup = { alg: 'ES256', issuer, jwks: [key.jwk], resource, scope };
  const common = { setup, key, file: join(folder, 'audit.jsonl') };

  const inProcess = await measureInProcess({
    ...common,
    ...(quick ? { rounds: 15, milliseconds: 20 } : { rounds: 40, milliseconds: 60 }),
  });
  report.comparison('In process: a request with a token seen before', inProcess, 'processor time');
  const of = (measured, name) => measured.find((each) => each.name === name);

  const onFastify = await measureOnFastify({
    ...common,
    ...(quick ? { rounds: 15, batch: 500 } : { rounds: 40, batch: 1500 }),
  });
  report.comparison('Fastify: a request with a token seen before', onFastify, 'processor time');

  const steps = quick ? [20_000, 60_000] : [100_000, 400_000];
  const kept = [];
  for (const name of [byDefault, listening, recording])
    kept.push([name, await measureGrowth(name, common.file, steps)]);
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  report.table('Memory kept after so many requests, one in five of them denied', [
    ['', ...steps.map((step) => step.toLocaleString('en-US'))],
    ...kept.map(([name, found]) => [name, ...found.map(({ bytes }) => megabytes(bytes))]),
  ]);

  report.promises.push(
    {
      what: 'the log, an allowed request in process compared with none',
      value: of(inProcess, byDefault).ratio,
      atMost: 1.02,
    },
    {
      what: 'a listener, for each request in process',
      value: (of(inProcess, listening).nanoseconds - of(inProcess, silent).nanoseconds) / 1000,
      atMost: 1,
      unit: 'µs',
    },
    {
      what: 'OpenTelemetry on Fastify, a request compared with none',
      value: of(onFastify, recording).ratio,
      atMost: 1.08,
    },
    ...kept.map(([name, [first, last]]) => ({
      what: `${name}: memory kept between ${steps[0].toLocaleString('en-US')} and ${steps[1].toLocaleString('en-US')} requests`,
      value: Math.max(0, last.bytes - first.bytes) / 1e6,
      atMost: 2,
      unit: 'MB',
    })),
  );
  await rm(folder, { recursive: true });
}
