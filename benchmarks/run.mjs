// node run.mjs [suite …] [--quick] [--check] [--write]
//   --quick  fewer and shorter rounds, and no peers where they take long: for a look, and for CI
//   --check  exit 1 when a promise is broken in three runs of its suite
//   --write  all suites, then docs/performance.md and its charts
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createCertificate } from './lib/issuer/certificate.mjs';
import { readArguments } from './lib/read-arguments.mjs';
import { Report } from './lib/report.mjs';
import { runWithTries } from './lib/tries.mjs';

const files = await readdir(new URL('./suites/', import.meta.url));
const suites = files.filter((file) => file.endsWith('.mjs')).map((file) => file.replace('.mjs', ''));
const { problem, chosen, quick, check, write } = readArguments(process.argv.slice(2), suites);
if (problem !== undefined) {
  console.error(problem);
  process.exit(2);
}

const certificate = createCertificate();
process.once('exit', certificate.remove);
const program = fileURLToPath(new URL('./lib/run-suite.mjs', import.meta.url));

async function runSuite(name) {
  const child = fork(program, [name, ...(quick ? ['--quick'] : [])], {
    serialization: 'advanced',
    env: { ...process.env, ...certificate.environment, NODE_ENV: 'production' },
  });
  const report = new Report();
  child.on('message', (found) => Object.assign(report, found));
  const [code] = await once(child, 'close');
  if (code !== 0) process.exit(code ?? 1);
  return report;
}

const say = (broken) => broken.map(({ what }) => what).join('; ');
const reports = {};
const allBroken = [];
for (const name of chosen) {
  const { report, broken } = await runWithTries(() => runSuite(name), {
    tries: check ? 3 : 1,
    onRetry: (missed) => console.error(`\nbroken, so ${name} runs again: ${say(missed)}`),
  });
  reports[name] = report;
  allBroken.push(...broken);
}

if (allBroken.length > 0) console.error(`\nbroken${check ? ' in three runs' : ''}: ${say(allBroken)}`);
if (write) await (await import('./lib/write/write-page.mjs')).writePage(reports);
process.exitCode = check && allBroken.length > 0 ? 1 : 0;
