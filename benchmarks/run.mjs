// node run.mjs [suite …] [--quick] [--check] [--write]
//   --quick  fewer and shorter rounds, and no peers where they take long: for a look, and for CI
//   --check  exit 1 when a promise is broken beyond its tolerance
//   --write  all suites, then docs/performance.md and its charts
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Report } from './lib/report.mjs';

process.env.NODE_ENV = 'production';

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const quick = options.includes('--quick');
const write = options.includes('--write');

const files = await readdir(new URL('./suites/', import.meta.url));
const suites = files.filter((file) => file.endsWith('.mjs')).map((file) => file.replace('.mjs', ''));
const unknown = wanted.filter((name) => !suites.includes(name));
const unknownOptions = options.filter((option) => !['--quick', '--check', '--write'].includes(option));
if (unknown.length > 0 || unknownOptions.length > 0) {
  console.error(`No such thing: ${[...unknown, ...unknownOptions].join(', ')}. Suites: ${suites.join(', ')}`);
  process.exit(2);
}
if (write && (quick || wanted.length > 0)) {
  console.error('--write takes all suites in full: numbers of one page come from one run.');
  process.exit(2);
}

/** Runs a suite here, and tells the process that asked for it what it found. */
async function runHere(name) {
  console.log(`\n# ${name} (Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown processor'})`);
  const { run } = await import(`./suites/${name}.mjs`);
  // What subjects have to say is no part of a table
  console.warn = () => undefined;
  const report = new Report();
  await run({ quick, report });
  report.printPromises();
  if (process.send !== undefined) await new Promise((sent) => process.send({ ...report }, sent));
  return report;
}

/** Runs a suite in a process of its own: what a compiler and a heap have been through colours what comes after. */
async function runApart(name) {
  const child = fork(fileURLToPath(import.meta.url), [name, ...(quick ? ['--quick'] : [])], {
    serialization: 'advanced',
  });
  const report = new Report();
  child.on('message', (found) => Object.assign(report, found));
  const [code] = await once(child, 'close');
  if (code !== 0) process.exit(code ?? 1);
  return report;
}

const chosen = wanted.length > 0 ? wanted : suites;
const reports = {};
for (const name of chosen) reports[name] = await (chosen.length === 1 ? runHere : runApart)(name);

const broken = Object.values(reports).flatMap((report) => report.broken);
if (broken.length > 0) console.error(`\nbroken: ${broken.map(({ what }) => what).join('; ')}`);
if (write) await (await import('./lib/write/write-page.mjs')).writePage(reports);
// Servers of peers may hold timers or sockets
process.exit(broken.length > 0 && options.includes('--check') ? 1 : 0);
