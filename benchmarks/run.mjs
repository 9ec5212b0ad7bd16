// node run.mjs [suite …] [--quick] [--check]
//   --quick  fewer and shorter rounds: for a look, and for CI
//   --check  exit 1 when a promise is broken beyond its tolerance
import { readdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { printPromises } from './lib/report.mjs';

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const quick = options.includes('--quick');

const files = await readdir(new URL('./suites/', import.meta.url));
const suites = files.filter((file) => file.endsWith('.mjs')).map((file) => file.replace('.mjs', ''));
const unknown = wanted.filter((name) => !suites.includes(name));
if (unknown.length > 0) {
  console.error(`No suite called ${unknown.join(', ')}. There are: ${suites.join(', ')}`);
  process.exit(2);
}

let broken = 0;
for (const name of wanted.length > 0 ? wanted : suites) {
  console.log(`\n# ${name} (Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown processor'})`);
  const { run } = await import(`./suites/${name}.mjs`);
  broken += printPromises(await run({ quick }));
}
if (broken > 0) console.error(`\n${broken} broken`);
process.exitCode = broken > 0 && options.includes('--check') ? 1 : 0;
