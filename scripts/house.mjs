import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawFloors, findCircles, findUpwardImports, readCore } from './checks/boundaries/floors.mjs';
import { formatText } from './lib/format-text.mjs';
import { listProjectFiles, readProjectFile as read, root } from './lib/project.mjs';

// The figures of the house, and with --write the table of floors in the documentation: node scripts/house.mjs
const paths = listProjectFiles();
const core = readCore(paths, read);
const lengths = [...core.lines.values()].sort((one, other) => one - other);
const count = (pattern, except = /generated\/|\.d\.ts$/) =>
  paths
    .filter((path) => pattern.test(path) && !except.test(path))
    .reduce((sum, path) => sum + read(path).split('\n').length - 1, 0);

// Code that is neither product, nor a test of it, nor a page or sample; the benchmarks aside
const machinery = {
  'runner and checks': count(/^(scripts\/.*\.m?[jt]s|\.ci\/run)$/, /\.test\.mjs$/),
  'writers of the documentation': count(/^docs\/scripts\/.*\.m?[jt]s$/),
  configuration: count(/^([^/]+\/){0,2}([\w-]+\.config\.[jt]s|build-together\.ts|allow-missing-sdk\.mjs)$/),
};
// The generator is part of the product, which is made of generated code; the site and the runtimes are what these tests are about
const others = {
  'generator of the schemas': count(/^packages\/schemas\/codegen\/.*\.m?[jt]s$/),
  'tests of the site': count(/^docs\/test\/.*\.m?[jt]s$/),
  'tests on other runtimes, from tarballs': count(/^packages\/.*\/test\/.*\.mjs$/, /\/program\.mjs$/),
};
const selfTests = count(/^scripts\/.*\.test\.mjs$/);
const product = count(/^packages\/[^/]+\/(src|codegen)\/.*\.ts$/);
const sum = (kinds) => Object.values(kinds).reduce((all, lines) => all + lines, 0);
const total = sum(machinery);
const ratio = (lines) => `${(lines / product).toFixed(2)} (${lines} / ${product} lines)`;
const [longest] = [...core.lines].sort(([, one], [, other]) => other - one);

console.log(`circles of files        ${findCircles(core).length}`);
console.log(`upward imports          ${findUpwardImports(core).length}`);
console.log(`files of the core       ${core.files.length}, median ${lengths[lengths.length >> 1]} lines`);
console.log(`longest                 ${longest.join(', ')} lines`);
console.log(`machinery per product   ${ratio(total)}`);
for (const [name, lines] of Object.entries(machinery)) console.log(`  ${name.padEnd(38)}${lines}`);
console.log(`with its own tests      ${ratio(total + selfTests)}`);
console.log(`with all of these       ${ratio(total + selfTests + sum(others))}`);
for (const [name, lines] of Object.entries(others)) console.log(`  ${name.padEnd(38)}${lines}`);

if (process.argv.includes('--write')) {
  const page = join(root, 'docs/architecture.md');
  const [before, after] = readFileSync(page, 'utf8').split(/<!-- floors -->[\s\S]*<!-- \/floors -->/);
  const text = `${before}<!-- floors -->\n\n${drawFloors(core)}\n\n<!-- /floors -->${after}`;
  writeFileSync(page, await formatText(page, text));
}
