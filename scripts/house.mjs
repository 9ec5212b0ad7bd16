import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawFloors, findCircles, findUpwardImports, readCore } from './checks/boundaries/floors.mjs';
import { readProjectFile as read } from './checks/boundaries/workspace.mjs';
import { root } from './lib/bootstrap.mjs';
import { listProjectFiles } from './lib/project-files.mjs';

// The figures of the house, and with --write the table of floors in the documentation: node scripts/house.mjs
const paths = await listProjectFiles();
const core = readCore(paths, read);
const lengths = [...core.lines.values()].sort((one, other) => one - other);
const count = (pattern) =>
  paths
    .filter((path) => pattern.test(path) && !/(generated|\.test\.|\/test\/|\.d\.ts)/.test(path))
    .reduce((sum, path) => sum + read(path).split('\n').length - 1, 0);
const machinery = count(/^(scripts|docs\/scripts|docs\/test|packages\/schemas\/codegen)\/.*\.m?[jt]s$/);
const product = count(/^packages\/[^/]+\/src\/.*\.ts$/);
const [longest] = [...core.lines].sort(([, one], [, other]) => other - one);

console.log(`circles of files        ${findCircles(core).length}`);
console.log(`upward imports          ${findUpwardImports(core).length}`);
console.log(`files of the core       ${core.files.length}, median ${lengths[lengths.length >> 1]} lines`);
console.log(`longest                 ${longest.join(', ')} lines`);
console.log(`machinery per product   ${(machinery / product).toFixed(2)} (${machinery} / ${product} lines)`);

if (process.argv.includes('--write')) {
  const page = join(root, 'docs/architecture.md');
  const [before, after] = readFileSync(page, 'utf8').split(/<!-- floors -->[\s\S]*<!-- \/floors -->/);
  writeFileSync(page, `${before}<!-- floors -->\n\n${drawFloors(core)}\n\n<!-- /floors -->${after}`);
}
