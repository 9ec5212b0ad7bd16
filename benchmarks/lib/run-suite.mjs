// A suite in a process of its own: node run-suite.mjs <suite> [--quick]. What a compiler and a heap have been through colours what comes
// after. Tells the process that asked what it found.
import { cpus } from 'node:os';
import { Report } from './report.mjs';

const [name, ...options] = process.argv.slice(2);
console.log(`\n# ${name} (Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown processor'})`);
const { run } = await import(`../suites/${name}.mjs`);
// What subjects have to say is no part of a table
console.warn = () => undefined;
const report = new Report();
const started = performance.now();
await run({ quick: options.includes('--quick'), report });
report.printPromises();
console.log(`\n${name} took ${((performance.now() - started) / 1000).toFixed(0)} s`);
await new Promise((sent) => process.send({ ...report }, sent));
// Servers of peers may hold timers or sockets
process.exit();
