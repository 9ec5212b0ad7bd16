// How cost and memory grow: distinct tokens, resources in one process, issuers of one resource.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { duration } from '../lib/report.mjs';
import { baseline, cacheOff, self } from '../lib/subjects/in-process.mjs';

const memory = (bytes) => {
  // Less than a collector lets one tell
  if (bytes < 1000) return '< 1 kB';
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
};
const number = (value) => value.toLocaleString('en-US');

/** Runs a program of lib/scale in a process of its own; resolves with what it reports, one object for each step. */
async function runChild(program, ...options) {
  const path = fileURLToPath(new URL(`../lib/scale/${program}.mjs`, import.meta.url));
  const child = fork(path, options, { execArgv: ['--expose-gc'] });
  const steps = [];
  child.on('message', (step) => steps.push(step));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} fails`);
  return steps;
}

const powers = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index));

async function measureTokens(quick, report) {
  const subjects = quick
    ? { [self]: [1000, 30_000], [cacheOff]: [1000] }
    : {
        [self]: powers(0, 6),
        [cacheOff]: powers(0, 4),
        'fast-jwt with its cache': powers(0, 5),
        [baseline]: powers(0, 4),
      };
  const figures = {};
  for (const [name, steps] of Object.entries(subjects)) {
    figures[name] = await runChild('tokens-child', name, JSON.stringify(steps));
    const { length } = figures[name][0];
    report.table(
      `${name}: distinct tokens (ES256, ${length} characters), each request bears any one of them`,
      [
        ['tokens', 'processor time of a request', 'memory kept'],
        ...figures[name].map(({ step, bytes, nanoseconds }) => [
          number(step),
          duration(nanoseconds),
          memory(bytes),
        ]),
      ],
    );
  }
  report.figures.tokens = figures;
  const ours = figures[self];
  const dense = ours.find(({ step }) => step >= 1000);
  report.promises.push(
    {
      what: `memory for each cached token, with ${number(dense.step)} of them`,
      value: dense.bytes / dense.step / 1000,
      atMost: 4,
      unit: 'kB',
    },
    {
      what: `memory kept after ${number(ours.at(-1).step)} tokens, with the default bounds`,
      value: ours.at(-1).bytes / 1e6,
      atMost: 64,
      unit: 'MB',
    },
    {
      what: `${number(ours.at(-1).step)} tokens, each as likely as the others: a request, compared with one whose token is verified every time`,
      value: ours.at(-1).nanoseconds / figures[cacheOff].at(-1).nanoseconds,
      atMost: 1.2,
    },
  );
}

/** What is flat costs with the last step what it costs with the first, but for the memory of a processor that holds less of it. */
function promiseFlat(report, what, values) {
  report.promises.push({ what, value: values.at(-1) / values[0], atMost: 1.5 });
}

async function measureRules(quick, report) {
  const steps = [1, 10, 50, 200];
  const found = await runChild('rules-child', JSON.stringify([steps, quick ? 20_000 : 100_000]));
  report.table('Rules of one route: reading and judging one call', [
    ['rules', 'a tool by its name', 'a resource by its template'],
    ...found.map(({ step, tools, templates }) => [number(step), duration(tools), duration(templates)]),
  ]);
  report.figures.rules = found;
  for (const [kind, name] of Object.entries({ tools: 'names of tools', templates: 'templates of URIs' }))
    promiseFlat(
      report,
      `200 rules by ${name}: a call, compared with one rule`,
      found.map((step) => step[kind]),
    );
}

/** Runs the suite. */
export async function run({ quick, report }) {
  await measureTokens(quick, report);

  const requests = quick ? 20_000 : 100_000;
  const resources = await runChild('resources-child', JSON.stringify([powers(0, 3), requests]));
  report.table('Resources in one process, each with a token that was seen before', [
    ['resources', 'setting up', 'processor time of a request', 'metadata document', 'memory', 'per resource'],
    ...resources.map(({ step, bytes, nanoseconds, metadata, setUp }) => [
      number(step),
      duration(setUp),
      duration(nanoseconds),
      duration(metadata),
      memory(bytes),
      memory(bytes / step),
    ]),
  ]);
  promiseFlat(
    report,
    '1,000 resources in one process: a request, compared with one resource',
    resources.map(({ nanoseconds }) => nanoseconds),
  );

  const issuers = await runChild('issuers-child', JSON.stringify([powers(0, 2), requests]));
  report.table('Discovered issuers that one resource trusts', [
    ['issuers', 'a token seen before', 'first sight', 'memory', 'per issuer'],
    ...issuers.map(({ step, bytes, nanoseconds, firstSight }) => [
      number(step),
      duration(nanoseconds),
      duration(firstSight),
      memory(bytes),
      memory(bytes / step),
    ]),
  ]);
  promiseFlat(
    report,
    '100 discovered issuers of one resource: a request, compared with one issuer',
    issuers.map(({ nanoseconds }) => nanoseconds),
  );
  await measureRules(quick, report);
  Object.assign(report.figures, { resources, issuers });
}
